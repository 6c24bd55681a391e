/** Approvals end while the gateway is open: what nobody approves any more is closed at midnight, not at the next restart. */

import { rm } from 'node:fs/promises'
import pino from 'pino'
import { createClient } from 'redis'
import { readCity, startGateway } from '../../src/app.ts'
import { markOf } from '../../src/cache/purges.ts'
import { approve, storeApproval } from '../../src/config/index.ts'
import { datasetText, writeFolder } from '../support/city.ts'
import { redisServer } from '../support/redis.ts'

const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const redis = await redisServer(redisUrl)
const prefix = `approvals-${process.pid}`

const dataset = (id: string, type: string) =>
  datasetText(
    id,
    type,
    '{ use: datei, path: werte.csv }',
    `key: [nr]
fields:
  art: { column: art, type: text, title: Art }`,
  )

test('an approval that ends at midnight closes its dataset at midnight', async () => {
  const folder = await writeFolder({
    'gateway.yml': `city: { name: teststadt, title: Teststadt, operator: Teststadt, zone: Europe/Berlin }
secret: 0123456789abcdef0123456789abcdef
${redis.there ? `cache: { redis: "${redisUrl}", prefix: ${prefix} }` : ''}
`,
    'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
    'datasets/amt/bleibt.yml': dataset('bleibt', 'Bleibt'),
    'datasets/amt/endet.yml': dataset('endet', 'Endet'),
    'werte.csv': 'nr;art\n1;Linde\n',
  })
  const midnight = Date.parse('2026-06-30T22:00:00Z')
  let lead = 60_000
  const started = Date.now()
  const now = () => midnight - lead + (Date.now() - started)
  const written = await readCity(folder, { env: {}, now })
  if (!written.ok) throw new Error('invalid')
  const [stays, ends] = ['bleibt', 'endet'].map(id => written.gateway.exposures.get(id)!)
  await storeApproval(folder, approve(stays!, { by: 'DSB', record: '1', on: '2026-01-01' }))
  await storeApproval(folder, approve(ends!, { by: 'DSB', record: '2', on: '2026-01-01', until: '2026-06-30' }))
  const configuration = await readCity(folder, { env: {}, now })
  if (!configuration.ok) throw new Error('invalid')
  // Five seconds before midnight; the first question is asked well before.
  await import('../../src/http/index.ts')
  lead = Date.now() - started + 5000
  const running = await startGateway(configuration.gateway, { folder, host: '127.0.0.1', port: 0, now, log: pino({ level: 'silent' }) })
  const ask = async (query: string) =>
    (await fetch(`${running.url}/graphql?query=${encodeURIComponent(query)}`)).json() as Promise<{ data?: unknown; errors?: unknown }>
  let asked = 0
  const another = () => `{ bleibt(first: ${++asked}) { nodes { art } } endet(first: ${asked}) { nodes { art } } }`
  const both = '{ bleibt { nodes { art } } endet { nodes { art } } }'
  try {
    expect(await ask(both)).toMatchObject({ data: { bleibt: { nodes: [{ art: 'Linde' }] }, endet: { nodes: [{ art: 'Linde' }] } } })
    if (redis.there) await until(async () => (await ask(another())) && (await keysOf('endet')).length > 0)
    await until(async () => (await ask(both)).errors !== undefined)
    expect(await ask(both)).toMatchObject({ errors: [{ extensions: { code: 'FIELD_UNKNOWN' } }] })
    expect(await ask('{ bleibt { nodes { art } } }')).toMatchObject({ data: { bleibt: { nodes: [{ art: 'Linde' }] } } })
    if (redis.there) {
      // What was released until a moment ago lies nowhere any more.
      await until(async () => (await keysOf('endet')).length === 0)
      expect(await keysOf('bleibt')).not.toEqual([])
    }
  } finally {
    if (redis.there) await forgetAll()
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

/** Names of what is kept in Redis of a dataset. */
const keysOf = (dataset: string) =>
  inRedis(async client => (await client.keys(`${prefix}:*`)).filter(key => key.includes(markOf({ dataset }))))

const forgetAll = () => inRedis(async client => void (await client.del([...(await client.keys(`${prefix}:*`)), 'none'])))

async function inRedis<T>(work: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> {
  const client = createClient({ url: redisUrl })
  await client.connect()
  return work(client as ReturnType<typeof createClient>).finally(() => client.destroy())
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return
    await new Promise(done => setTimeout(done, 100))
  }
  throw new Error('it did not happen within twenty seconds')
}
