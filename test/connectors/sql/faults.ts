/** What does a bad database server look like from outside? */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A listening port, and how to end it. */
export interface Station {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Takes every connection and says nothing. */
export function silence(): Promise<Station> {
  return station(() => {})
}

/** Answers everything with bytes that mean nothing in any protocol. */
export function garbage(): Promise<Station> {
  return station(socket => {
    socket.write(Buffer.from('HTTP/1.1 200 OK\r\n\r\n\xff\xfe\x00\x00\x01\x02\x03\x04\xff\xff\xff\xff', 'latin1'))
    socket.on('data', () => socket.write(Buffer.alloc(64, 0xa5)))
  })
}

/** A port that nobody listens on. */
export async function nobody(): Promise<Station> {
  const once = await station(() => {})
  await once.close()
  return { port: once.port, close: async () => {} }
}

/** Passes everything on to a real server and cuts the line after so many bytes of its answers. */
export function cutAfter(bytes: number, server: { readonly host: string; readonly port: number }): Promise<Station> {
  return station(socket => {
    const behind = connect(server.port, server.host)
    let passed = 0
    behind.on('data', chunk => {
      passed += chunk.length
      if (passed < bytes) return void socket.write(chunk)
      socket.write(chunk.subarray(0, chunk.length - (passed - bytes)), () => socket.destroy())
      behind.destroy()
    })
    socket.on('data', chunk => behind.write(chunk))
    socket.on('close', () => behind.destroy())
    behind.on('close', () => socket.destroy())
    behind.on('error', () => socket.destroy())
  })
}

async function station(serve: (socket: Socket) => void): Promise<Station> {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    serve(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
