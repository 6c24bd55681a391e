/** Many times more than a process can answer, with little memory: some are told to come back, the others are answered, and it lives. */

import { Agent, request as ask } from 'node:http'
import { approveAll, datasetText, writeFolder } from '../support/city.ts'
import { type GatewayProcess, serveInProcess } from '../support/process.ts'

const rows = 3_000
/** More than the gateway lets in while its processor has no pause. */
const callers = 160
let gateway: GatewayProcess

beforeAll(async () => {
  const columns = ['art', 'botanisch', 'strasse', 'pflege', 'zustand', 'standort', 'bemerkung']
  const folder = await writeFolder({
    'gateway.yml': `city: { name: t, title: T, operator: T }
secret: 0123456789abcdef0123456789abcdef
server: { port: 0 }
limits: { pageSize: ${rows}, cost: 100000, request: 60 s }
`,
    'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: { folder: . }\nlimits: { queue: 1000, statement: 60 s }\n',
    'datasets/amt/baeume.yml': datasetText(
      'baeume',
      'Baum',
      '{ use: datei, path: baeume.csv }',
      `key: [{ column: nr, type: int }]\nfreshFor: 0 s\nfields:\n${columns.map(name => `  ${name}: { column: ${name}, type: text, title: ${name} }`).join('\n')}`,
    ),
    'baeume.csv': `nr;${columns.join(';')}\n${Array.from({ length: rows }, (_, nr) => `${nr};${columns.map(name => `${name} ${nr}`).join(';')}`).join('\n')}\n`,
  })
  await approveAll(folder)
  gateway = await serveInProcess(folder, '--port', '0')
})

afterAll(() => void gateway?.child.kill('SIGKILL'))

test('callers who come back at once are answered or told when to come back; afterwards all is well', async () => {
  const agent = new Agent({ keepAlive: true })
  const until = Date.now() + 5_000
  const outcomes = new Set<string>()
  const caller = async (_: unknown, number: number): Promise<void> => {
    // No two ask the same, or they would share an answer.
    for (let turn = 0; Date.now() < until; turn++)
      outcomes.add(await outcome(agent, (number % 2 ? 10 : rows - 1_000) + ((number + turn) % 500)))
  }
  await Promise.all(Array.from({ length: callers }, caller))
  agent.destroy()
  expect(outcomes).toEqual(new Set(['answered', '503 GATEWAY_BUSY, again in 2 s']))
  expect(gateway.child.exitCode ?? gateway.child.signalCode).toBeNull()
  const calm = new Agent()
  while ((await outcome(calm, 100)) !== 'answered') await new Promise(done => setTimeout(done, 100))
  for (let turn = 0; turn < 20; turn++) expect(await outcome(calm, 100 + turn)).toBe('answered')
  expect(gateway.log().filter(({ level }) => Number(level) >= 50)).toEqual([])
}, 60_000)

function outcome(agent: Agent, first: number): Promise<string> {
  const url = `${gateway.url}/graphql?query=${encodeURIComponent(`{ baeume(first: ${first}) { nodes { art botanisch strasse pflege zustand standort bemerkung } } }`)}`
  return new Promise(done => {
    const question = ask(url, { agent }, response => {
      // Looked at as little as possible: the callers must not be what is slow.
      let [begin, bytes] = ['', 0]
      response.on('data', (piece: Buffer) => {
        begin ||= piece.toString('utf8', 0, 300)
        bytes += piece.length
      })
      response.on('error', error => done(error.message))
      response.on('end', () => {
        if (begin.startsWith('{"data":{"baeume":{"nodes":[{') && bytes > first * 100) return done('answered')
        done(`${response.statusCode} ${/"code":"(\w+)"/.exec(begin)?.[1]}, again in ${response.headers['retry-after']} s`)
      })
    })
    question.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    question.end()
  })
}
