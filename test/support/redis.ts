/** Is there a real Redis for the tests, and how is it made to hang or die? */

import { connect, createServer, type Socket } from 'node:net'

/** A test that needs Redis is skipped with the reason where there is none; under CI it must be there. */
export async function redisServer(url: string): Promise<{ readonly there: boolean; readonly reason: string }> {
  const { hostname, port } = new URL(url)
  const there = await new Promise<boolean>(resolve => {
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: 1_000 })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.once('timeout', () => done(false))
  })
  if (!there && process.env.CI === 'true') throw new Error(`no Redis at ${hostname}:${port}`)
  return { there, reason: `no Redis at ${hostname}:${port}` }
}

/** A wire to a real Redis that can fall silent and be cut. */
export async function relayTo(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let mode: 'pass' | 'hang' | 'cut' = 'pass'
  let swallowedBytes = 0

  const server = createServer(near => {
    if (mode === 'cut') return void near.destroy()
    const far = connect(Number(port || 6379), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    far.on('data', data => near.write(data))
    near.on('data', data => {
      if (mode === 'pass') far.write(data)
      else swallowedBytes += data.length
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()

  const cut = () => {
    mode = 'cut'
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    /** From now on nothing is handed on, and the connections stay open. */
    async hang() {
      // What Redis was asked before is still answered: the test is about what comes next.
      await new Promise(resolve => setImmediate(resolve))
      mode = 'hang'
    },
    cut,
    heal: () => {
      mode = 'pass'
    },
    /** Bytes that were sent into the silence. */
    swallowed: () => swallowedBytes,
    async end() {
      cut()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
