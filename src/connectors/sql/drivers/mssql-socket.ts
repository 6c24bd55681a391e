/** How does a line to SQL Server refuse to carry a password in clear text? */

import { connect, type Socket } from 'node:net'
import { trouble, troubles } from './mssql-messages.ts'

/** Kind of the packets that come before encryption, its handshake among them (MS-TDS 2.2.3.1.1). */
const prelogin = 0x12

export interface Line {
  readonly socket: Socket
  /** From now on what leaves is encrypted. */
  secured(): void
}

/**
 * A connected socket.
 *
 * tedious 19 asks for encryption and logs in without it when the server says that it has none, or when somebody between the two says
 * so for it. So until encryption is there, nothing but the packets that settle it leaves this socket, whatever the driver believes.
 *
 * @param guarded encryption begins in the middle of the conversation
 */
export async function openLine(host: string, port: number, guarded: boolean): Promise<Line> {
  const socket = connect({ host, port, noDelay: true })
  // The driver listens only part of the time; a failure that it hears nothing of is no reason to end the thread.
  socket.on('error', () => {})
  let secure = !guarded
  const write = socket.write.bind(socket) as (chunk: Uint8Array, ...rest: unknown[]) => boolean
  const guard = (chunk: Uint8Array, ...rest: unknown[]): boolean => {
    if (secure || chunk[0] === prelogin) return write(chunk, ...rest)
    socket.destroy(trouble(troubles.downgrade, 'the server does not encrypt; the login was not sent'))
    return false
  }
  socket.write = guard as Socket['write']
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return {
    socket,
    secured: () => {
      secure = true
    },
  }
}
