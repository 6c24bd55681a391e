/** Approvals end while the gateway is open: what nobody approves any more is closed at midnight, not at the next restart. */

import { rm } from 'node:fs/promises'
import pino from 'pino'
import { readCity, startGateway } from '../../src/app.ts'
import { approve, storeApproval } from '../../src/config/index.ts'
import { writeFolder } from '../support/city.ts'

const dataset = (id: string, type: string) => `id: ${id}
title: ${type}
owner: { department: Umweltamt }
licence: dl-de/by-2-0
names: { type: ${type}, one: ${id}Eins, many: ${id} }
source: { use: datei, path: werte.csv }
key: [nr]
fields:
  art: { column: art, type: text, title: Art }
`

test('an approval that ends at midnight closes its dataset at midnight', async () => {
  const folder = await writeFolder({
    'gateway.yml':
      'city: { name: teststadt, title: Teststadt, operator: Teststadt, zone: Europe/Berlin }\nsecret: 0123456789abcdef0123456789abcdef\n',
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
  const both = '{ bleibt { nodes { art } } endet { nodes { art } } }'
  try {
    expect(await ask(both)).toMatchObject({ data: { bleibt: { nodes: [{ art: 'Linde' }] }, endet: { nodes: [{ art: 'Linde' }] } } })
    await until(async () => (await ask(both)).errors !== undefined)
    expect(await ask(both)).toMatchObject({ errors: [{ extensions: { code: 'FIELD_UNKNOWN' } }] })
    expect(await ask('{ bleibt { nodes { art } } }')).toMatchObject({ data: { bleibt: { nodes: [{ art: 'Linde' }] } } })
  } finally {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return
    await new Promise(done => setTimeout(done, 100))
  }
  throw new Error('it did not happen within twenty seconds')
}
