/** What happens with services that do less than they say, or speak as they did in 2011? */

import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { arcgis } from '../../../src/connectors/arcgis/index.ts'
import type { AggregateRequest, Connector, KeyedRequest, Order, SourceCall } from '../../../src/model/index.ts'
import { ask, calmLimits, datasetAt } from '../../support/ask.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'

/** A service over rows 1 … `count`, and what is wrong with it. */
interface Service {
  readonly count: number
  readonly pageSize?: number
  readonly ignores?: readonly ('filters' | 'pages' | 'order')[]
  /** 2011: no pages, no order, no statistics, and no word about all that. */
  readonly old?: boolean
  /** Groups that a statistics query finds. */
  readonly groups?: number
  readonly token?: string
}

let server: Server
let connector: Connector
let calls: SourceCall[]
let asked: { url: string; parameters: URLSearchParams }[]
let warnings: string[]

afterEach(async () => {
  await connector.close()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

async function start(service: Service, token?: string): Promise<void> {
  asked = []
  calls = []
  warnings = []
  server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://gis')
    const parameters = new URLSearchParams([...url.searchParams, ...new URLSearchParams(await bodyOf(request))])
    asked.push({ url: request.url!, parameters })
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer(service, url.pathname, parameters)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/arcgis/rest/services/Gruen/MapServer`
  connector = arcgis.open(
    { id: 'town', kind: 'arcgis', title: 'GIS', connection: arcgis.connection.parse({ url, ...(token && { token }) }), limits: calmLimits },
    { folder: '/', call: call => calls.push(call), warn: message => warnings.push(message) },
  )
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** A stand-in that answers as little as a real one may; it knows just the filters that these tests ask. */
function answer(service: Service, path: string, parameters: URLSearchParams): object {
  const { count, pageSize = 1000, ignores = [], old = false, groups = 3 } = service
  if (service.token !== undefined && parameters.get('token') !== service.token) return { error: { code: 499, message: 'Token Required' } }
  if (path.endsWith('MapServer')) return { layers: [{ id: 4, name: 'Bäume' }], tables: [{ id: 7, name: 'Kontrollen' }] }
  if (!path.endsWith('/query')) {
    const fields = [
      { name: 'OBJECTID', type: 'esriFieldTypeOID', nullable: false },
      { name: 'NR', type: 'esriFieldTypeInteger' },
      { name: 'Art', type: 'esriFieldTypeString' },
    ]
    return old
      ? { fields }
      : {
          fields,
          maxRecordCount: pageSize,
          advancedQueryCapabilities: { supportsPagination: true, supportsOrderBy: true, supportsStatistics: true },
        }
  }
  const where = parameters.get('where') ?? ''
  let rows = Array.from({ length: count }, (_, at) => ({ OBJECTID: at + 1, NR: (at * 7) % count, Art: at % 2 === 0 ? 'Linde' : 'linde' }))
  if (where.includes('1=0') && !ignores.includes('filters')) rows = []
  const above = /NR > (\d+)/.exec(where)
  if (above && !ignores.includes('filters')) rows = rows.filter(({ NR }) => NR > Number(above[1]))
  if (/NR IS NULL/.test(where) && !ignores.includes('filters')) rows = []
  if (parameters.get('returnCountOnly') === 'true') return { count: rows.length }
  if (parameters.get('returnIdsOnly') === 'true')
    return { objectIdFieldName: 'OBJECTID', objectIds: rows.length ? rows.map(row => row.OBJECTID).reverse() : null }
  if (parameters.has('outStatistics')) {
    return {
      features: Array.from({ length: groups }, (_, at) => ({
        attributes: { ROWS_FOUND: groups - at, MEASURE_0: groups - at, MEASURE_1: at * 1.1 * 3, NR: at },
      })),
    }
  }
  const ids = parameters.get('objectIds')?.split(',').map(Number)
  if (ids)
    return {
      features: rows
        .filter(row => ids.includes(row.OBJECTID))
        .slice(0, pageSize)
        .map(attributes => ({ attributes })),
    }
  if (parameters.get('orderByFields')?.startsWith('NR') && !ignores.includes('order')) rows.sort((a, b) => a.NR - b.NR)
  const skip = ignores.includes('pages') ? 0 : Number(parameters.get('resultOffset') ?? 0)
  const size = Math.min(Number(parameters.get('resultRecordCount') ?? pageSize), pageSize)
  const features = rows.slice(skip, skip + size).map(attributes => ({ attributes }))
  return { features, ...(!old && { exceededTransferLimit: rows.length > skip + size }) }
}

const number = open('number', 'int', { column: 'nr' })
const kind = open('kind', 'text', { column: 'Art' })
const dataset = { ...datasetAt('arcgis', { layer: 4 }), key: [engine('OBJECTID', 'int')] }
const byNumber: Order[] = [
  { column: number, direction: 'asc', nulls: 'last' },
  { column: dataset.key[0]!, direction: 'asc', nulls: 'last' },
]
const numbers = async (more = {}) => (await ask(connector, dataset, [number], { orderBy: byNumber, ...more })).rows.map(([cell]) => cell)
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)
const queries = () => asked.filter(({ url }) => url.includes('/query')).map(({ parameters }) => parameters)

test('pages are fetched until there are enough rows, in the order of the service', async () => {
  await start({ count: 45, pageSize: 10 })
  expect(await numbers({ limit: 25 })).toEqual(upTo(0, 25))
  // The description, the filter that nobody passes, and three pages.
  expect(calls).toHaveLength(5)
  expect(queries().map(query => query.get('resultOffset'))).toEqual([null, '0', '10', '20'])
  expect(queries().at(-1)!.get('outFields')).toBe('NR,OBJECTID')
  expect(queries().at(-1)!.get('returnGeometry')).toBe('false')
})

test('a later page starts where it should, behind those without a value where they come first', async () => {
  await start({ count: 45, pageSize: 10 })
  expect(await numbers({ limit: 5, position: { skip: 30 } })).toEqual(upTo(30, 35))
  expect(queries().at(-1)!.get('resultOffset')).toBe('30')
  const first: Order[] = [{ ...byNumber[0]!, nulls: 'first' }, byNumber[1]!]
  expect(await numbers({ orderBy: first, limit: 5, position: { skip: 30 } })).toEqual(upTo(30, 35))
})

test('a service that ignores filters is asked for everything, and its rows are filtered here', async () => {
  await start({ count: 45, pageSize: 10, ignores: ['filters'] })
  expect(await numbers({ where: { op: 'gt', column: number, value: 40 } })).toEqual(upTo(41, 45))
  expect(
    queries()
      .slice(1)
      .every(query => query.get('where') === '1=1' || query.get('returnCountOnly') === 'true' || query.get('where')!.includes('NULL')),
  ).toBe(true)
  expect(warnings).toHaveLength(1)
})

test('a service that ignores where a page starts is asked by the numbers of its rows', async () => {
  await start({ count: 45, pageSize: 10, ignores: ['pages'] })
  expect(await numbers()).toEqual(upTo(0, 45))
  expect(warnings).toEqual([expect.stringContaining('less than it says')])
  const before = asked.length
  expect(await numbers()).toEqual(upTo(0, 45))
  // Numbers of all rows, then five times ten of them; nobody tries pages again.
  expect(asked.length - before).toBe(6)
})

test('a service that ignores the order is not believed a second time', async () => {
  await start({ count: 45, pageSize: 10, ignores: ['order'] })
  expect(await numbers({ limit: 20 })).toEqual(upTo(0, 20))
  expect(warnings).toEqual([expect.stringContaining('less than it says')])
})

test('a service of 2011 is asked by the numbers of its rows from the beginning', async () => {
  await start({ count: 1300, old: true })
  expect(await numbers({ limit: 5, position: { skip: 1200 } })).toEqual(upTo(1200, 1205))
  expect(
    queries()
      .filter(query => query.has('objectIds'))
      .map(query => query.get('objectIds')!.split(',').length),
  ).toEqual([250, 250, 250, 250, 250, 50])
})

test('more rows than are sorted here are refused before they are fetched', async () => {
  await start({ count: 20_001, ignores: ['order'] })
  await expect(numbers({ limit: 5, position: { after: [1, 1] } })).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' })
  expect(asked.length).toBeLessThan(6)
})

test('many keys are asked for in a few questions, each posted when it is long', async () => {
  await start({ count: 2000 })
  const request: KeyedRequest = {
    kind: 'keyed',
    dataset,
    columns: [number],
    match: [number],
    keys: upTo(0, 1200).map(key => [key]),
    orderBy: byNumber,
    perKey: 1,
  }
  const { rows } = await connector.read(request, patient())
  expect(rows).toHaveLength(1200)
  const lists = queries().map(query => /IN \((.*)\)/.exec(query.get('where')!)?.[1]?.split(', ').length)
  expect(new Set(lists)).toEqual(new Set([undefined, 500, 200]))
  const long = asked.filter(({ parameters }) => (parameters.get('where') ?? '').length > 1800)
  expect(long.length).toBeGreaterThan(1)
  expect(long.every(({ url }) => url.endsWith('/query'))).toBe(true)
})

describe('counts and sums', () => {
  const request: AggregateRequest = { kind: 'aggregate', dataset, groupBy: [], measures: [{ function: 'count' }], limit: 10 }

  test('a count is asked for as a count', async () => {
    await start({ count: 45 })
    const where = { op: 'gt', column: number, value: 40 } as const
    expect((await connector.read({ ...request, where }, patient())).rows).toEqual([[4]])
    expect(queries().at(-1)!.get('returnCountOnly')).toBe('true')
  })

  test('groups come from the service, in whatever case it spells what we called them', async () => {
    await start({ count: 45 })
    const measures = [{ function: 'count' }, { function: 'sum', column: open('n', 'decimal', { column: 'NR' }) }] as const
    const { rows } = await connector.read({ ...request, groupBy: [number], measures }, patient())
    // 1.1 × 3 is 3.3000000000000003 for a service that adds in floating point.
    expect(rows).toEqual([
      [0, 3, '0'],
      [1, 2, '3.3'],
      [2, 1, '6.6'],
    ])
  })

  test('groups that may have been cut off are worked out here', async () => {
    await start({ count: 45, pageSize: 10, groups: 10 })
    const { rows } = await connector.read({ ...request, groupBy: [number], limit: 100 }, patient())
    expect(rows).toHaveLength(45)
    expect(warnings).toHaveLength(1)
  })

  test('texts are told apart here: many databases do not', async () => {
    await start({ count: 45 })
    const { rows } = await connector.read({ ...request, groupBy: [kind] }, patient())
    expect(rows).toEqual([
      ['Linde', 23],
      ['linde', 22],
    ])
    expect(queries().some(query => query.has('outStatistics'))).toBe(false)
  })
})

describe('finding the way', () => {
  test('a layer can be given by its name', async () => {
    await start({ count: 3 })
    const { rows } = await ask(connector, datasetAt('arcgis', { layer: 'Kontrollen' }), [number])
    expect(rows).toHaveLength(3)
    expect(asked.at(-1)!.url).toContain('/MapServer/7/query')
    await expect(ask(connector, datasetAt('arcgis', { layer: 'Gibt es nicht' }), [number])).rejects.toMatchObject({
      code: 'SOURCE_CHANGED',
    })
  })

  test('a token is sent with every call, and in no address', async () => {
    await start({ count: 3, token: 'geheim' }, 'geheim')
    expect(await numbers()).toEqual([0, 1, 2])
    expect(asked.every(({ parameters }) => parameters.get('token') === 'geheim')).toBe(true)
    expect(JSON.stringify([asked.map(({ url }) => url), calls])).not.toContain('geheim')
  })

  test('a wrong token is a refusal', async () => {
    await start({ count: 3, token: 'geheim' }, 'falsch')
    await expect(numbers()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' })
  })

  test.each([
    'https://gis.example/arcgis/rest/services/Gruen/MapServer',
    'https://gis.example/arcgis/rest/services/Gruen/MapServer/',
    'https://gis.example/arcgis/rest/services/Gruen/MapServer/0',
    'https://gis.example/arcgis/rest/services/Gruen/MapServer/0/query?where=1%3D1&token=abc',
    'https://gis.example/arcgis/rest/services/Gruen/MapServer?f=pjson',
  ])('%s is understood', async url => {
    await start({ count: 0 })
    expect(arcgis.connection.parse({ url })).toEqual({ url: 'https://gis.example/arcgis/rest/services/Gruen/MapServer' })
  })

  test.each(['https://gis.example/arcgis/rest/services/Gruen', 'ftp://gis.example/MapServer', 'MapServer', 'https://x y/MapServer'])(
    '%s is not an address of a service',
    async url => {
      await start({ count: 0 })
      expect(arcgis.connection.safeParse({ url }).success).toBe(false)
    },
  )
})
