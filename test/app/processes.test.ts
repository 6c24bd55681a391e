/** Several gateways on one Redis: how often is a source asked for what they all are asked? */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from 'redis'
import { approveAll, datasetText, writeFolder } from '../support/city.ts'
import { type GatewayProcess, serveInProcess, stadttor } from '../support/process.ts'
import { redisServer } from '../support/redis.ts'

const redis = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const { there, reason } = await redisServer(redis)
const withRedis = there ? describe : describe.skip
const prefix = `stadttor-test-${process.pid}-${Date.now()}`

let service: Server
let asked: string[] = []
let gateways: GatewayProcess[] = []
let folder = ''

withRedis(`three gateways on one Redis${there ? '' : ` (skipped: ${reason})`}`, () => {
  const admin = createClient({ url: redis })

  beforeAll(async () => {
    await admin.connect()
    service = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url?.startsWith('/krank')) return void setTimeout(() => response.writeHead(503).end(), 500)
      setTimeout(() => response.setHeader('content-type', 'application/json').end('[{"nr":1,"art":"Linde"}]'), 1_000)
    })
    await new Promise<void>(done => service.listen(0, '127.0.0.1', done))
    const dataset = (id: string, type: string) =>
      datasetText(
        id,
        type,
        `{ use: dienst, path: ${id}.json }`,
        `key: [{ column: nr, type: int }]
freshFor: 10 min
fields: { art: { column: art, type: text, title: Art, use: [read, filter] } }`,
      )
    folder = await writeFolder({
      'gateway.yml': `city: { name: t, title: T, operator: T }
secret: 0123456789abcdef0123456789abcdef
server: { port: 0 }
metrics: { port: 0 }
cache: { redis: "${redis}", prefix: ${prefix} }
`,
      'sources/dienst.yml': `id: dienst\nkind: http\ntitle: Dienst\nconnection: { url: "http://127.0.0.1:${(service.address() as AddressInfo).port}" }\n`,
      'datasets/amt/baeume.yml': dataset('baeume', 'Baum'),
      'datasets/amt/baenke.yml': dataset('baenke', 'Bank'),
      'datasets/amt/krank.yml': dataset('krank', 'Krank'),
    })
    await approveAll(folder)
    gateways = await Promise.all([1, 2, 3].map(() => serveInProcess(folder, '--port', '0')))
    // What one has made the next ones find: so all of them are connected to Redis.
    for (const { url } of gateways) await ask(url, '{ baenke { nodes { art } } }')
    asked = []
  })

  afterAll(async () => {
    for (const { child } of gateways) child.kill('SIGTERM')
    const ends = await Promise.all(gateways.map(({ ended }) => ended))
    service?.closeAllConnections()
    service?.close()
    for await (const keys of admin.scanIterator({ MATCH: `${prefix}:*` })) if (keys.length) await admin.del(keys)
    admin.destroy()
    expect(ends).toEqual([0, 0, 0])
  })

  test('a thousand equal questions that nobody asked before make one call to the source', async () => {
    const answers = await askAll(1_000, '{ baeume { nodes { art } } }')
    expect(new Set(answers.map(({ data }) => JSON.stringify(data)))).toEqual(new Set(['{"baeume":{"nodes":[{"art":"Linde"}]}}']))
    expect(gateways.map(({ log }) => log().filter(({ level }) => Number(level) >= 40))).toEqual([[], [], []])
    expect(asked).toHaveLength(1)
  })

  test('a purge reaches all of them, and only what is meant: the answer at the door, the rows in memory, and what lies in Redis', async () => {
    const [trees, benches] = ['{ baeume { nodes { art } } }', '{ baenke { nodes { art } } }']
    await askAll(3, trees)
    await askAll(3, benches)
    asked = []
    const ended = await stadttor('purge', 'baeume', '--field', 'art', '--config', folder)
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining('"baeume.art" is forgotten: 3 processes heard of it, 1 entries') })
    await askAll(30, trees)
    await askAll(30, benches)
    expect(asked).toEqual(['/baeume.json'])
    expect(await stadttor('purge', 'beume', '--config', folder, '--lang', 'de')).toMatchObject({
      code: 0,
      said: expect.stringContaining('„beume“ steht nicht in der Konfiguration'),
    })
  })

  test('a source that fails is asked once by all of them, and everybody hears of it', async () => {
    asked = []
    const answers = await askAll(300, '{ krank { nodes { art } } }')
    expect(new Set(answers.map(({ errors }) => errors?.[0]?.extensions.code))).toEqual(new Set(['SOURCE_UNAVAILABLE']))
    expect(asked).toHaveLength(1)
  })

  test('no key in Redis is without an end, and none of them tells what was asked', async () => {
    const keys: string[] = []
    for await (const page of admin.scanIterator({ MATCH: `${prefix}:*` })) keys.push(...page)
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) {
      expect(await admin.pTTL(key)).not.toBe(-1)
      if (key !== `${prefix}:v3:purged`) expect(key).toMatch(/:v3:[0-9a-f.]+:\{[0-9a-f]{64}\}(:turn|:failed)?$/)
    }
  })
})

function askAll(times: number, query: string) {
  return Promise.all(Array.from({ length: times }, (_, n) => ask(gateways[n % gateways.length]!.url, query)))
}

async function ask(url: string, query: string): Promise<{ data: unknown; errors?: { extensions: { code: string } }[] }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as Awaited<ReturnType<typeof ask>>
}
