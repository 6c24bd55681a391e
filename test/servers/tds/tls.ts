/** How does TLS begin in the middle of a conversation? Its handshake travels in PRELOGIN packets (MS-TDS 3.3.5.2), the rest as it is. */

import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { Certificate } from './certificate.ts'
import { kinds, PacketReader, packetsOf } from './packets.ts'

/** First byte of a record that holds data; a packet of a handshake begins with the number of PRELOGIN. */
const isPacket = (byte: number | undefined): boolean => byte === kinds.prelogin

/** From now on the socket is encrypted; what it says and hears goes through what is returned. */
export function encrypted(socket: Socket, { key, cert }: Certificate): TLSSocket {
  let shaking = true
  const packets = new PacketReader()
  const carrier = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, written) {
      const bytes = shaking ? Buffer.concat(packetsOf(kinds.prelogin, chunk)) : chunk
      socket.write(bytes, error => written(error ?? null))
    },
  })
  carrier.on('error', () => {})
  socket.removeAllListeners('data')
  socket.on('data', chunk => {
    // The client speaks first once hands are shaken.
    if (shaking && !isPacket(chunk[0])) shaking = false
    if (!shaking) return void carrier.push(chunk)
    for (const { body } of packets.push(chunk)) carrier.push(body)
  })
  socket.on('close', () => carrier.destroy())
  return new TLSSocket(carrier, { isServer: true, key, cert, maxVersion: 'TLSv1.2' })
}

/** TDS 8: encrypted from the first byte on. */
export function encryptedAtOnce(socket: Socket, { key, cert }: Certificate): TLSSocket {
  return new TLSSocket(socket, { isServer: true, key, cert, ALPNProtocols: ['tds/8.0'] })
}
