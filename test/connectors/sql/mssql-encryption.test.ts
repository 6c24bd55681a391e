/** Who can read what we say to SQL Server, and who can pretend to be it? */

import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'
import { makeCertificate } from '../../servers/tds/index.ts'
import { open } from '../../support/columns.ts'
import { failure } from '../../support/waiting.ts'
import { account, certificate, connectionTo } from './mssql-bench.ts'
import { connectorTo, later, place, read, tidyUp } from './mssql-lab.ts'
import { describeWith } from './servers.ts'

const columns = { ID: 'int', NAME: 'nvarchar(100)' }
const rows = [[1n, 'eins']] as const
const name = open('NAME', 'text')
const without = certificate === undefined ? 'no openssl here' : undefined
if (without !== undefined && process.env.CI === 'true') throw new Error(without)

afterEach(tidyUp)

/** How a login looks on the line: half bytes swapped, bits turned, in UTF-16. */
function onTheLine(password: string): Buffer {
  return Buffer.from(Buffer.from(password, 'utf16le').map(byte => (((byte << 4) & 0xf0) | (byte >> 4)) ^ 0xa5))
}

/** Somebody on the way who writes down what we say, and may change what the server says. */
async function listener(port: number, change = (said: Buffer): Buffer => said): Promise<{ port: number; heard: () => Buffer }> {
  const heard: Buffer[] = []
  const lines = new Set<Socket>()
  const server = createServer(line => {
    const behind = dial(port, '127.0.0.1')
    for (const socket of [line, behind]) lines.add(socket.on('error', () => {}))
    line.on('data', chunk => {
      heard.push(chunk)
      behind.write(chunk)
    })
    behind.on('data', chunk => void line.write(change(chunk)))
    line.on('close', () => behind.destroy())
    behind.on('close', () => line.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  later(async () => {
    for (const line of lines) line.destroy()
    await new Promise(resolve => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, heard: () => Buffer.concat(heard) }
}

/** Byte of a PRELOGIN answer that says whether the server encrypts; the packet's header has eight bytes. */
function saysOf(answer: Buffer, encryption: number): Buffer {
  const changed = Buffer.from(answer)
  for (let at = 8; changed[at] !== 0xff && at < changed.length; at += 5) {
    if (changed[at] === 1) changed[8 + changed.readUInt16BE(at + 1)] = encryption
  }
  return changed
}

describeWith(without, 'a line to SQL Server', () => {
  test('is encrypted without a word about it in the source file, and shows neither password nor question', async () => {
    const there = await place(columns, rows)
    const between = await listener(there.port)
    const connector = connectorTo(connectionTo(between.port))
    expect(await read(connector, [name])).toEqual([['eins']])
    expect(there.server.events.find(event => event.what === 'login')).toMatchObject({ encrypted: true })
    for (const secret of [onTheLine(account.password), Buffer.from('select', 'utf16le')])
      expect(between.heard().includes(secret)).toBe(false)
  })

  test('shows both when it is not encrypted, so the test above can fail', async () => {
    const there = await place(columns, rows, { options: { encryption: 'off' } })
    const between = await listener(there.port)
    const plain = { ...connectionTo(between.port), encrypt: false }
    const connector = connectorTo(plain)
    expect(await read(connector, [name])).toEqual([['eins']])
    for (const secret of [onTheLine(account.password), Buffer.from('select', 'utf16le')])
      expect(between.heard().includes(secret)).toBe(true)
  })

  test('gets no login from us when the server says that it cannot encrypt', async () => {
    const { connector, server } = await place(columns, rows, { options: { encryption: 'off' } })
    const error = await failure(read(connector, [name]))
    expect(error.code).toBe('SOURCE_REFUSED')
    expect(error.log).toBe('ENCRYPTION_REFUSED: the server does not encrypt; the login was not sent; while connecting')
    // Once, and nothing that a password could be taken from.
    expect(server.count('connected')).toBe(1)
    expect(server.count('login')).toBe(0)
  })

  test.each([
    ['cannot encrypt', 0x02],
    ['encrypts nothing but the login', 0x00],
    ['does something that nobody has heard of', 0x07],
  ])('gets no login from us when somebody on the way says that the server %s', async (_what, said) => {
    const there = await place(columns, rows)
    const between = await listener(there.port, answer => (answer[0] === 0x04 ? saysOf(answer, said) : answer))
    const connector = connectorTo(connectionTo(between.port))
    const error = await failure(read(connector, [name]))
    expect(error.code).toBe('SOURCE_REFUSED')
    expect(between.heard().includes(onTheLine(account.password))).toBe(false)
    expect(there.server.count('login')).toBe(0)
  })

  test.each([
    ['nobody vouches for', {}, 'SELF_SIGNED_CERT|UNABLE_TO_VERIFY|DEPTH_ZERO'],
    ['another authority vouches for', { ca: makeCertificate()?.cert }, 'SELF_SIGNED_CERT|UNABLE_TO_VERIFY|DEPTH_ZERO'],
    ['is another server’s', { ca: certificate?.cert, serverName: 'db.stadt.example' }, 'ALTNAME_INVALID'],
  ])('gets no login from us when the certificate %s', async (_what, trust, reason) => {
    for (const encrypt of [true, 'strict'] as const) {
      const { server, port } = await place(columns, rows, { options: { encryption: encrypt === true ? 'required' : 'strict' } })
      const connection = { host: 'localhost', port, ...account, encrypt, ...trust }
      const connector = connectorTo(connection)
      const error = await failure(read(connector, [name]))
      expect(error.code).toBe('SOURCE_UNAVAILABLE')
      expect(error.log).toMatch(new RegExp(reason))
      expect(server.count('login')).toBe(0)
    }
  })

  test('takes any certificate only when the source file says so', async () => {
    const { port } = await place(columns, rows)
    const connection = { host: 'localhost', port, ...account, trustServerCertificate: true }
    const connector = connectorTo(connection)
    expect(await read(connector, [name])).toEqual([['eins']])
  })

  test('is encrypted from its first byte on when TDS 8 is asked for', async () => {
    const there = await place(columns, rows, { options: { encryption: 'strict' } })
    const between = await listener(there.port)
    const connection = { ...connectionTo(between.port), encrypt: 'strict' }
    const connector = connectorTo(connection)
    expect(await read(connector, [name])).toEqual([['eins']])
    const [first] = between.heard()
    // A handshake of TLS, not a packet of TDS.
    expect(first).toBe(0x16)
  })

  test('is not begun with a server that does not know TDS 8, when that is asked for', async () => {
    const { connector, server } = await place(columns, rows, { connection: { encrypt: 'strict' }, limits: { statementMs: 500 } })
    expect((await failure(read(connector, [name]))).code).toBe('SOURCE_UNAVAILABLE')
    expect(server.count('login')).toBe(0)
  })

  test('is refused by a server that insists on encryption when the source file forbids it', async () => {
    const { port } = await place(columns, rows)
    const connection = { host: 'localhost', port, ...account, encrypt: false }
    const connector = connectorTo(connection)
    const error = await failure(read(connector, [name]))
    expect(error.code).toBe('SOURCE_REFUSED')
    expect(error.log).toMatch(/^EENCRYPT: Server requires encryption/)
  })
})

test('a source file cannot ask for a certificate that is checked and not checked', () => {
  const open = (more: Record<string, unknown>) => () => connectorTo({ host: 'a', ...account, ...more })
  expect(open({ trustServerCertificate: true, encrypt: 'strict' })).toThrow('immer geprüft')
  expect(open({ trustServerCertificate: true, ca: 'PEM' })).toThrow('immer geprüft')
  expect(open({ port: 1433, instance: 'SQLEXPRESS' })).toThrow('entweder port oder instance')
  expect(open({ encrypt: 'yes' })).toThrow('true, false oder strict')
})
