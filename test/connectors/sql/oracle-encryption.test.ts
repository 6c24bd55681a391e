/** Is an encrypted connection to Oracle Database (TCPS) as good as an open one, and is a stranger's certificate refused? */

import { type AddressInfo, connect as dial } from 'node:net'
import { createServer, getCACertificates, type Server, setDefaultCACertificates } from 'node:tls'
import { type Certificate, makeCertificate } from '../../servers/tds/index.ts'
import { engine } from '../../support/columns.ts'
import { failure, patient } from '../../support/waiting.ts'
import { rowsOf, tableAs } from './lab.ts'
import { account, type OracleLab, openOracleLab } from './oracle-lab.ts'
import { describeWith } from './servers.ts'
import { connect } from './towns.ts'

const made = makeCertificate()
const limits = { connections: 1, statementMs: 5_000, queue: 10, bytes: 1_000_000 }
const dataset = tableAs('DINGE', engine('ID', 'int'))
const request = rowsOf(dataset, [engine('ID', 'int')])

/** What Oracle's listener does for tcps: decrypt, and pass on. */
async function front(port: number, { key, cert }: Certificate): Promise<Server> {
  const server = createServer({ key, cert }, client => {
    const behind = dial(port, '127.0.0.1')
    client.pipe(behind).pipe(client)
    client.on('error', () => behind.destroy())
    behind.on('error', () => client.destroy())
    client.on('close', () => behind.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

describeWith(made === undefined ? 'no openssl here' : undefined, 'TCPS', () => {
  let lab: OracleLab
  let server: Server
  beforeEach(async () => {
    lab = await openOracleLab()
    lab.table('DINGE', {}, [[], []])
    server = await front(lab.server.port, made!)
  })
  afterEach(async () => {
    await new Promise(resolve => server.close(resolve))
    await lab.tidyUp()
    expect(lab.server.troubles).toEqual([])
  })
  const opened = () =>
    connect('oracle', { ...account, connectString: `tcps://localhost:${(server.address() as AddressInfo).port}/STADT` }, limits).connector

  test('a certificate that nobody here knows is refused before anything is said', async () => {
    const connector = opened()
    const error = await failure(connector.read(request, patient()))
    expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', log: expect.stringMatching(/NJS-506.*NODE_EXTRA_CA_CERTS/s) })
    expect(lab.server.notes).toEqual([])
    await connector.close()
  })

  test('with a known one it answers, is broken off and says goodbye', async () => {
    const known = getCACertificates('default')
    setDefaultCACertificates([...known, made!.cert])
    try {
      const connector = opened()
      expect((await connector.read(request, patient())).rows).toEqual([[1], [2]])
      lab.server.disturb = () => ({ hang: true })
      const leaving = new AbortController()
      setTimeout(() => leaving.abort(new Error('gone')), 50)
      await expect(connector.read(request, { signal: leaving.signal, deadline: Date.now() + 20_000 })).rejects.toThrow('gone')
      lab.server.disturb = () => undefined
      expect((await connector.read(request, patient())).rows).toEqual([[1], [2]])
      await connector.close()
      expect(lab.seen('break')).toHaveLength(1)
      expect(lab.seen('logoff')).toHaveLength(1)
    } finally {
      setDefaultCACertificates(known)
    }
  })
})
