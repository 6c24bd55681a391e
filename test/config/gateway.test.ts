/** What is the gateway like when a city says next to nothing, and when it says everything? */

import { city, datasetFile, type Files, gatewayFile, gatewayOf } from './support.ts'

test('every default is one a small city can live with', async () => {
  const {
    city: konstanz,
    language,
    server,
    limits,
    cache,
    secret,
  } = await gatewayOf({
    'gateway.yml': 'city: { name: konstanz, title: { de: Stadt Konstanz, en: City of Konstanz }, operator: Stadt Konstanz }\n',
  })
  expect({ konstanz, language, server, limits, cache, secret }).toEqual({
    konstanz: {
      name: 'konstanz',
      title: { de: 'Stadt Konstanz', en: 'City of Konstanz' },
      operator: 'Stadt Konstanz',
      outside: 'flag',
      zone: 'Europe/Berlin',
    },
    language: 'de',
    server: { host: '127.0.0.1', port: 4000, origins: ['*'] },
    limits: {
      pageSize: 1000,
      defaultPageSize: 20,
      depth: 10,
      aliases: 30,
      cost: 20_000,
      bodyBytes: 100_000,
      headerBytes: 16_000,
      requestsAtOnce: 1000,
      requestMs: 10_000,
      exportMs: 600_000,
      exportsAtOnce: 8,
      groups: 1000,
      filterValues: 1000,
    },
    cache: { memoryBytes: 64_000_000, answerBytes: 32_000_000, prefix: 'stadttor' },
    secret: undefined,
  })
})

test('a gateway without a secret says what that means', async () => {
  const gateway = await gatewayOf({ 'gateway.yml': 'city: { name: konstanz, title: Konstanz, operator: Stadt }\n' })
  expect(gateway.notices.map(({ code }) => code)).toEqual(['SECRET_ABSENT'])
})

test('everything that can be said is heard', async () => {
  const text = `city: { name: konstanz, title: Konstanz, operator: Stadt, contact: daten@konstanz.example, zone: Europe/Zurich, extent: [9.08, 47.65, 9.22, 47.77] }
language: en
secret: "0123456789abcdef0123456789abcdef"
server: { host: 0.0.0.0, port: 0, origins: ["https://www.konstanz.example"] }
limits: { pageSize: 500, defaultPageSize: 50, depth: 6, aliases: 0, cost: 5000, body: 50 kB, header: 8 KiB, request: 1500 ms, groups: 10, filterValues: 50 }
cache: { memory: 1 GB, redis: "redis://:geheim@cache:6379/2", prefix: kn }
audiences: { internal: { title: Verwaltung }, partner: { includes: [] } }
`
  const gateway = await gatewayOf({ 'gateway.yml': text })
  expect(gateway).toMatchObject({
    city: { zone: 'Europe/Zurich', extent: [9.08, 47.65, 9.22, 47.77], contact: 'daten@konstanz.example' },
    language: 'en',
    server: { host: '0.0.0.0', port: 0, origins: ['https://www.konstanz.example'] },
    limits: { pageSize: 500, aliases: 0, bodyBytes: 50_000, headerBytes: 8192, requestMs: 1500 },
    cache: { memoryBytes: 1e9, answerBytes: 32_000_000, redis: 'redis://:geheim@cache:6379/2', prefix: 'kn' },
  })
  expect([...gateway.audiences.values()]).toEqual([
    { name: 'public', includes: [] },
    { name: 'internal', title: { de: 'Verwaltung', en: 'Verwaltung' }, includes: ['public'] },
    { name: 'partner', includes: [] },
  ])
  expect([...gateway.models.keys()]).toEqual(['public', 'internal', 'partner'])
})

test('audiences that include each other in a circle see the same', async () => {
  const files = {
    ...city,
    'gateway.yml': `${gatewayFile}  one: { includes: [two] }\n  two: { includes: [one, public] }\n`,
    'datasets/umwelt/baeume.yml': datasetFile('audience: two'),
  }
  const gateway = await gatewayOf(files, { unapproved: true })
  expect(['public', 'internal', 'one', 'two'].filter(audience => gateway.models.get(audience)?.datasets.has('baeume'))).toEqual([
    'one',
    'two',
  ])
})

const baeume = 'datasets/umwelt/baeume.yml'
const dataset = async (more: string, fields?: string, files: Files = city) =>
  (await gatewayOf({ ...files, [baeume]: datasetFile(more, fields) }, { unapproved: true })).models.get('public')?.datasets.get('baeume')

test('a dataset has its defaults', async () => {
  expect(await dataset('')).toMatchObject({
    freshForSeconds: 600,
    staleForSeconds: 0,
    themes: [],
    owner: { department: 'Umwelt' },
    relations: [],
  })
  expect((await dataset(''))?.rowRule).toBeUndefined()
})

test.each([
  ['60 s', 60],
  ['10 min', 600],
  ['2 h', 7200],
  ['2 d', 172_800],
  ['0 s', 0],
  ['90s', 90],
])('fresh for %s are %d seconds', async (text, seconds) => expect((await dataset(`freshFor: ${text}`))?.freshForSeconds).toBe(seconds))

test.each([
  ['0.01', -2],
  ['0.1', -1],
  ['10', 1],
  ['1000', 3],
  ['1e-7', -7],
])('a scale of %s moves the point by %d', async (scale, shift) =>
  expect((await dataset('', `  x: { column: X, type: decimal, scale: ${scale} }`))?.fields[0]?.shift).toBe(shift),
)

test.each([
  ['date', 'month', { to: 'month' }],
  ['datetime', 'hour', { to: 'hour' }],
  ['point', '100 m', { toMetres: 100 }],
  ['point', '1.5 km', { toMetres: 1500 }],
  ['int', '5', { toMultipleOf: 5 }],
  ['decimal', '0.5', { toMultipleOf: 0.5 }],
])('a %s is coarsened to %s', async (type, to, expected) =>
  expect((await dataset('', `  x: { column: X, type: ${type}, coarsen: { to: ${to} } }`))?.fields[0]?.coarsen).toEqual(expected),
)

test.each([
  ['STATUS: aktiv', { op: 'eq', column: { column: 'STATUS', type: 'text' }, value: 'aktiv' }],
  ['STATUS: 1', { op: 'eq', column: { column: 'STATUS', type: 'int' }, value: 1 }],
  ['STATUS: "1"', { op: 'eq', column: { column: 'STATUS', type: 'text' }, value: '1' }],
  ['STATUS: { eq: 1, type: text }', { op: 'eq', column: { column: 'STATUS', type: 'text' }, value: '1' }],
  ['PREIS: { lt: 1.50 }', { op: 'lt', column: { column: 'PREIS', type: 'decimal' }, value: '1.5' }],
  ['AKTIV: true', { op: 'eq', column: { column: 'AKTIV', type: 'boolean' }, value: true }],
  ['AB: { gte: 2020-01-01, type: date }', { op: 'gte', column: { column: 'AB', type: 'date' }, value: '2020-01-01' }],
  [
    'AB: { gte: 2026-07-01 12:00, type: datetime, zone: Europe/Berlin }',
    { op: 'gte', column: { column: 'AB', type: 'datetime', zone: 'Europe/Berlin' }, value: '2026-07-01T10:00:00Z' },
  ],
  [
    'NR: { eq: 12345678901234567890, type: decimal }',
    { op: 'eq', column: { column: 'NR', type: 'decimal' }, value: '12345678901234567890' },
  ],
  ['NR: { eq: 1234567890123456789, type: bigint }', { op: 'eq', column: { column: 'NR', type: 'bigint' }, value: '1234567890123456789' }],
  ['UM: { eq: "07:30:00", type: time }', { op: 'eq', column: { column: 'UM', type: 'time' }, value: '07:30:00' }],
  ['X: { isNull: false }', { op: 'isNull', column: { column: 'X', type: 'text' }, value: false }],
  ['X: { in: [a, b] }', { op: 'in', column: { column: 'X', type: 'text' }, values: ['a', 'b'] }],
  ['X: { in: [1, b] }', { op: 'in', column: { column: 'X', type: 'text' }, values: ['1', 'b'] }],
  ['X: { startsWith: a }', { op: 'startsWith', column: { column: 'X', type: 'text' }, value: 'a' }],
  [
    'JAHR: { gte: 2000, lt: 2010 }',
    {
      op: 'and',
      of: [
        { op: 'lt', value: 2010 },
        { op: 'gte', value: 2000 },
      ],
    },
  ],
  ['ART: 007', { op: 'eq', column: { column: 'ART', type: 'text' }, value: '007' }],
])('the row rule %s is meant as it stands', async (rule, expected) =>
  expect((await dataset(`rows: { ${rule} }`, '  art: { column: ART, type: text }'))?.rowRule).toMatchObject(expected),
)

test('a key takes its type from the field over the same column', async () => {
  expect((await dataset('joinable: [{ column: NR, type: int }]', '  art: { column: BAUM_ID, type: bigint }'))?.key).toEqual([
    { column: 'BAUM_ID', type: 'bigint' },
  ])
})
