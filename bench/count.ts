/** How many statements does a request cost? Counted on the wire, between a peer and PostgreSQL, whoever the peer is. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Counter {
  readonly port: number
  statements: number
  close(): void
}

/** Messages of a client that run something: Query, and Execute of a portal. */
const running = new Set(['Q'.charCodeAt(0), 'E'.charCodeAt(0)])

/** A door to PostgreSQL that counts what goes through. */
export async function countStatements(host: string, port: number): Promise<Counter> {
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const database = connect(port, host)
    for (const socket of [client, database]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        database.destroy()
      })
    }
    const read = reader(() => {
      counter.statements += 1
    })
    client.on('data', chunk => {
      read(chunk)
      database.write(chunk)
    })
    database.pipe(client)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const counter: Counter = {
    port: (server.address() as AddressInfo).port,
    statements: 0,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  return counter
}

/** The first message of a connection has no letter before its length. */
function reader(count: () => void): (chunk: Buffer) => void {
  let left: Buffer = Buffer.alloc(0)
  let started = false
  return chunk => {
    left = left.length > 0 ? Buffer.concat([left, chunk]) : chunk
    for (;;) {
      const head = started ? 1 : 0
      if (left.length < head + 4) return
      const size = head + left.readInt32BE(head)
      if (left.length < size) return
      if (started && running.has(left[0]!)) count()
      // A request for encryption (8 bytes) is followed by the real start.
      if (!started && size > 8) started = true
      left = left.subarray(size)
    }
  }
}
