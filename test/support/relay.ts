/** A wire between the gateway and one of its servers that can be slow, fall silent, be cut, and heal again. */

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export type RelayMode =
  /** Hands everything on. */
  | 'pass'
  /** Nobody listens; open connections are cut. */
  | 'refuse'
  /** Takes everything and hands nothing on; connections stay open. */
  | 'hang'
  /** Every answer comes three seconds late. */
  | 'slow'
  /** Ends the connection in the middle of an answer. */
  | 'cut'
  /** Answers come byte by byte, for ever in effect. */
  | 'trickle'

export interface Relay {
  readonly port: number
  become(mode: RelayMode): Promise<void>
  /** Cuts what is open; new connections are handed on. */
  kill(): void
  /** Bytes of questions that were taken and not handed on. */
  swallowed(): number
  end(): Promise<void>
}

const lateMs = 3_000
const trickleMs = 100

export async function relayTo(host: string, port: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  let mode: RelayMode = 'pass'
  let swallowed = 0

  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }
  const answer = (near: Socket, data: Buffer): void => {
    if (near.destroyed || mode === 'hang') return
    if (mode === 'slow') later(lateMs, () => near.writable && near.write(data))
    else if (mode === 'cut') near.write(data.subarray(0, Math.ceil(data.length / 2)), () => near.destroy())
    else if (mode === 'trickle') trickle(near, data, 0)
    else near.write(data)
  }
  const trickle = (near: Socket, data: Buffer, at: number): void => {
    if (at >= data.length || !near.writable) return
    near.write(data.subarray(at, at + 1))
    later(trickleMs, () => trickle(near, data, at + 1))
  }
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }

  const server: Server = createServer(near => {
    if (mode === 'refuse') return void near.destroy()
    const far = connect(port, host)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    near.on('close', () => far.destroy())
    far.on('close', () => (mode === 'hang' ? undefined : near.destroy()))
    far.on('data', data => answer(near, data))
    near.on('data', data => {
      if (mode === 'hang') swallowed += data.length
      else far.write(data)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: own } = server.address() as AddressInfo

  const change = async (next: RelayMode): Promise<void> => {
    // What was asked before is still answered: the test is about what comes next.
    await new Promise(resolve => setImmediate(resolve))
    if (mode === next) return
    const before = mode
    mode = next
    if (next === 'refuse') {
      cutAll()
      server.close()
      await once(server, 'close')
    } else if (before === 'refuse') {
      server.listen(own, '127.0.0.1')
      await once(server, 'listening')
    }
  }
  let changing = Promise.resolve()

  return {
    port: own,
    become(next) {
      changing = changing.then(() => change(next))
      return changing
    },
    kill: cutAll,
    swallowed: () => swallowed,
    async end() {
      await changing
      cutAll()
      for (const timer of timers) clearTimeout(timer)
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}
