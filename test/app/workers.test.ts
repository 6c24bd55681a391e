/** `serve --workers`: do several processes on one port behave as one gateway? */

import { execFile } from 'node:child_process'
import { createServer as createHttpServer, type Server } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { approveAll, datasetText, writeFolder } from '../support/city.ts'
import { type GatewayProcess, serveInProcess } from '../support/process.ts'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

const dataset = (id: string, type: string, source: string) =>
  datasetText(
    id,
    type,
    source,
    `key: [{ column: nr, type: int }]
freshFor: 0 s
fields: { art: { column: art, type: text, title: Art, use: [read, filter] } }`,
  )

let slow: Server
let folder: string
let gateway: GatewayProcess

beforeAll(async () => {
  slow = createHttpServer((_request, response) =>
    setTimeout(() => response.setHeader('content-type', 'application/json').end('[{"nr":1,"art":"Linde"}]'), 3_000),
  )
  await new Promise<void>(done => slow.listen(0, '127.0.0.1', done))
  folder = await writeFolder({
    'gateway.yml':
      'city: { name: t, title: T, operator: T }\nsecret: 0123456789abcdef0123456789abcdef\nserver: { port: 0 }\nmetrics: { port: 0 }\n',
    'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
    'sources/dienst.yml': `id: dienst\nkind: http\ntitle: Dienst\nconnection: { url: "http://127.0.0.1:${(slow.address() as AddressInfo).port}" }\n`,
    'datasets/amt/baeume.yml': dataset('baeume', 'Baum', '{ use: datei, path: baeume.csv }'),
    'datasets/amt/baenke.yml': dataset('baenke', 'Bank', '{ use: dienst, path: baenke.json }'),
    'baeume.csv': 'nr;art\n1;Linde\n2;Ahorn\n',
  })
  await approveAll(folder)
})

afterAll(() => {
  slow?.closeAllConnections()
  slow?.close()
})

describe('three processes on one port', () => {
  let metricsPort: number

  beforeAll(async () => {
    // The metrics lie one port above.
    const port = await freePair()
    metricsPort = port + 1
    gateway = await serveInProcess(folder, '--workers', '3', '--port', String(port))
    await until(async () => (await idsOfWorkers()).size === 3)
  })

  afterAll(() => void gateway?.child.kill('SIGKILL'))

  test('ids that one made are known to all', async () => {
    const { data } = await ask('{ baeume(first: 1) { nodes { id } } }')
    const id = data.baeume?.nodes?.[0]?.id
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(`{ node(id: "${id}") { ... on Baum { art } } }`)))
    expect(answers.map(({ data }) => data.node?.art)).toEqual(Array(12).fill('Linde'))
  })

  test('their metrics are added up at one address', async () => {
    const before = await requests()
    await Promise.all(Array.from({ length: 30 }, () => ask('{ baeume { nodes { art } } }')))
    expect((await requests()) - before).toBe(30)
    expect(await metrics()).toMatch(/^stadttor_source_breaker\{source="datei"\} 0$/m)
  })

  test('one that dies is replaced, and the others answer meanwhile', async () => {
    const before = await idsOfWorkers()
    process.kill([...before][0]!, 'SIGKILL')
    await until(async () => gateway.log().some(({ msg }) => msg === 'a process that serves has ended and is replaced'))
    for (let n = 0; n < 10; n++) expect((await ask('{ baeume { nodes { art } } }')).data.baeume?.nodes).toHaveLength(2)
    await until(async () => (await idsOfWorkers()).size === 3)
  })

  test('told to stop, all answer a hundred requests in flight and end, and the whole ends with 0', async () => {
    const asked = Array.from({ length: 100 }, () => ask('{ baenke { nodes { art } } }'))
    await sleep(1_500)
    const ids = [...(await idsOfWorkers())]
    const since = performance.now()
    // As a supervisor does: to the whole group.
    for (const id of [gateway.child.pid!, ...ids]) process.kill(id, 'SIGTERM')
    expect((await Promise.all(asked)).map(({ data }) => data)).toEqual(Array(100).fill({ baenke: { nodes: [{ art: 'Linde' }] } }))
    expect(await gateway.ended).toBe(0)
    expect(performance.now() - since).toBeLessThan(20_000)
    expect(ids.filter(isAlive)).toEqual([])
  })

  async function metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  }

  async function requests(): Promise<number> {
    return Number(/^stadttor_http_requests_total\{status="200"\} (\d+)$/m.exec(await metrics())?.[1] ?? 0)
  }
})

test('when the first process is killed, the others do not stay behind', async () => {
  gateway = await serveInProcess(folder, '--workers', '2', '--port', '0')
  await until(async () => (await idsOfWorkers()).size === 2)
  const ids = [...(await idsOfWorkers())]
  gateway.child.kill('SIGKILL')
  await until(async () => ids.every(id => !isAlive(id)))
})

test.each<[string, readonly string[], Record<string, string>, number, RegExp]>([
  ['no secret is configured', ['--port', '0'], { 'gateway.yml': 'city: { name: t, title: T, operator: T }\n' }, 2, /need a "secret"/],
  ['the number makes no sense', ['--workers', '0'], {}, 2, /1 … 64/],
  ['the configuration has a mistake', ['--port', '0'], { 'gateway.yml': 'city: { name: t }\n' }, 3, /is not valid/],
])('it says once what is wrong and does not open when %s', async (_what, more, files, code, words) => {
  const broken = await writeFolder(files)
  expect(await refused('--workers', '2', '--config', broken, ...more)).toEqual({ code, said: expect.stringMatching(words) })
})

test('a port that is taken is told once', async () => {
  const { port } = slow.address() as AddressInfo
  const { code, said } = await refused('--workers', '3', '--config', folder, '--port', String(port))
  expect(code).toBe(2)
  expect(said.match(/is taken/g)).toHaveLength(1)
})

interface Answered {
  readonly data: Readonly<Record<string, { readonly nodes?: readonly Node[]; readonly art?: string }>>
}

interface Node {
  readonly id: string
  readonly art: string
}

async function ask(query: string): Promise<Answered> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as Answered
}

/** Processes that the gateway's first process has started. */
async function idsOfWorkers(): Promise<ReadonlySet<number>> {
  const listed = await new Promise<string>(done => execFile('ps', ['-A', '-o', 'pid=,ppid=,stat='], (_error, stdout) => done(stdout)))
  const rows = listed.split('\n').map(line => line.trim().split(/\s+/))
  return new Set(
    rows.filter(([, parent, state]) => Number(parent) === gateway.child.pid && !state?.startsWith('Z')).map(([id]) => Number(id)),
  )
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

function refused(...args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise(done =>
    execFile(process.execPath, [main, 'serve', ...args], { env: { ...process.env, NO_COLOR: '1', LANG: 'en' } }, (error, _stdout, said) =>
      done({ code: Number(error?.code ?? 0), said }),
    ),
  )
}

/** A port that is free together with the next one. */
async function freePair(): Promise<number> {
  for (;;) {
    const [one, next] = [createServer(), createServer()]
    try {
      const port = await new Promise<number>(done => one.listen(0, '127.0.0.1', () => done((one.address() as AddressInfo).port)))
      await new Promise<void>((done, fail) => next.once('error', fail).listen(port + 1, '127.0.0.1', done))
      return port
    } catch {
      // Taken: another pair.
    } finally {
      one.close()
      next.close()
    }
  }
}

/** Looks again; the test's own time-out is the limit. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50)
}
