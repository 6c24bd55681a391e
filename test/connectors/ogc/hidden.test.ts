/** A property that a service publishes and nobody has released is out of reach, though the service would answer every question about it. */

import { ogcFeatures } from '../../../src/connectors/ogc/index.ts'
import type { SourceCall } from '../../../src/model/index.ts'
import { datasetsOf, type Fit, hiddenColumn, hiddenMark, tableOf, town } from '../../contract/town.ts'
import { noMapServer, startMapServer } from '../../servers/mapserver.ts'
import { startOgcServer } from '../../servers/ogc/index.ts'
import { everyKindOfRequest } from '../../support/requests.ts'

const fit: Fit = { kind: 'ogc-features', place: table => ogcFeatures.place.parse({ collection: table }) }
const trees = datasetsOf(town, fit).trees!
const table = tableOf(town, 'trees', fit)
const context = () => ({ signal: new AbortController().signal, deadline: Date.now() + 30_000 })

interface Service {
  readonly url: string
  readonly asked: readonly string[]
  stop(): Promise<void>
}

const services: readonly { readonly name: string; readonly missing?: string | undefined; readonly start: () => Promise<Service> }[] = [
  {
    name: 'MapServer',
    missing: noMapServer,
    start: async () => {
      const server = await startMapServer({ tables: [table] })
      return { ...server, url: server.ogcUrl }
    },
  },
  { name: 'a service with CQL2', start: () => startOgcServer({ tables: [table] }) },
  { name: 'a service with property filters', start: () => startOgcServer({ tables: [table], cql: false }) },
  { name: 'a service that describes nothing', start: () => startOgcServer({ tables: [table], described: false }) },
]

test.each(['filter="pruefer" = \'GEHEIM-01\'', 'pruefer=GEHEIM-01'])(
  'the tests’ own service filters by it for anyone: %s',
  async question => {
    const server = await startOgcServer({ tables: [table] })
    const answer = await fetch(`${server.url}/collections/trees/items?limit=1&${encodeURI(question)}`)
    expect(await answer.text()).toContain(`${hiddenMark}-01`)
    await server.stop()
  },
)

test.each(services)(
  'is in no question to $name, and in no answer',
  async ({ missing, start }) => {
    if (missing !== undefined && process.env.CI !== 'true') return
    const server = await start()
    const calls: SourceCall[] = []
    const warnings: unknown[] = []
    const limits = { connections: 2, statementMs: 20_000, queue: 50, bytes: 10_000_000 }
    const source = {
      id: 'karte',
      kind: 'ogc-features',
      title: 'Karte',
      connection: ogcFeatures.connection.parse({ url: server.url }),
      limits,
    }
    const connector = ogcFeatures.open(source, { folder: '/', call: call => calls.push(call), warn: (...said) => warnings.push(said) })
    const answers = []
    for (const request of everyKindOfRequest(trees, connector.capabilities)) answers.push(await connector.read(request, context()))
    await connector.close()
    await server.stop()
    expect(answers.length).toBeGreaterThan(60)
    expect(JSON.stringify([answers, calls, warnings])).not.toMatch(new RegExp(`${hiddenColumn}|${hiddenMark}`))
    expect(server.asked.length).toBeGreaterThan(60)
    expect(server.asked.filter(question => question.includes(hiddenColumn))).toEqual([])
  },
  60_000,
)
