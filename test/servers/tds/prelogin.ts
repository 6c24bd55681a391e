/** What do client and server settle before the login? (MS-TDS 2.2.6.5) */

/** What a server says of encryption. */
export const encryption = { off: 0x00, on: 0x01, notSupported: 0x02, required: 0x03 } as const

const options = { version: 0x00, encryption: 0x01, instance: 0x02, threadId: 0x03, mars: 0x04, end: 0xff } as const

/** What the client asks for: one of `encryption`. */
export function askedEncryption(body: Buffer): number {
  for (let at = 0; at + 5 <= body.length && body[at] !== options.end; at += 5) {
    if (body[at] === options.encryption) return body.readUInt8(body.readUInt16BE(at + 1))
  }
  return encryption.notSupported
}

export function preloginAnswer(encrypted: number): Buffer {
  const answers: readonly (readonly [option: number, value: Buffer])[] = [
    [options.version, Buffer.from([16, 0, 0x10, 0, 0, 0])],
    [options.encryption, Buffer.from([encrypted])],
    [options.instance, Buffer.from([0])],
    [options.threadId, Buffer.alloc(0)],
    [options.mars, Buffer.from([0])],
  ]
  let offset = answers.length * 5 + 1
  const heads = answers.map(([option, value]) => {
    const head = Buffer.alloc(5)
    head.writeUInt8(option, 0)
    head.writeUInt16BE(offset, 1)
    head.writeUInt16BE(value.length, 3)
    offset += value.length
    return head
  })
  return Buffer.concat([...heads, Buffer.from([options.end]), ...answers.map(([, value]) => value)])
}
