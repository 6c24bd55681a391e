/** AES-SIV against the examples of its specification. */

import { Siv } from '../../src/resolvers/siv.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const half = (key: string, at: 0 | 1) => bytes(key).subarray(at * 16, at * 16 + 16)

const examples = [
  {
    where: 'RFC 5297, A.1',
    key: 'fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff',
    purpose: ['10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627'],
    text: '11223344 55667788 99aabbcc ddee',
    sealed: '85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c',
  },
  {
    where: 'RFC 5297, A.2',
    key: '7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f',
    purpose: [
      '00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 77665544 33221100',
      '10203040 50607080 90a0',
      '09f91102 9d74e35b d84156c5 635688c0',
    ],
    text: '74686973 20697320 736f6d65 20706c61 696e7465 78742074 6f20656e 63727970 74207573 696e6720 5349562d 414553',
    sealed:
      '7bdb6e3b 432667eb 06f4d14b ff2fbd0f cb900f2f ddbe4043 26601965 c889bf17 dba77ceb 094fa663 b7a3f748 ba8af829 ea64ad54 4a272e9c 485b62a3 fd5c0d',
  },
]

test.each(examples)('$where', ({ key, purpose, text, sealed }) => {
  const siv = new Siv({ mac: half(key, 0), cipher: half(key, 1) })
  // Twice, because the ciphers within go on from one text to the next.
  for (const _ of [1, 2]) {
    const meant = siv.purpose(purpose.map(bytes))
    expect(siv.close(meant, bytes(text)).toString('hex')).toBe(bytes(sealed).toString('hex'))
    expect(siv.open(meant, bytes(sealed))?.toString('hex')).toBe(bytes(text).toString('hex'))
  }
})

test('nothing shorter than a block is opened', () => {
  const siv = new Siv({ mac: Buffer.alloc(32, 1), cipher: Buffer.alloc(32, 2) })
  const meant = siv.purpose([])
  expect(siv.open(meant, siv.close(meant, Buffer.alloc(0)))).toEqual(Buffer.alloc(0))
  expect(siv.open(meant, Buffer.alloc(15))).toBeUndefined()
})
