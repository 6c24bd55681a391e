/** Does the gateway answer over rows at hand as PostgreSQL does over the same rows, whatever the rows and the question? */

import fc from 'fast-check'
import pg from 'pg'
import { localEngine } from '../../src/connectors/index.ts'
import {
  type Cell,
  type Column,
  type Condition,
  type Connector,
  type Geometry,
  geometryTypes,
  type Measure,
  type OpenField,
  type Order,
  type Row,
  type Scalar,
  type SourceRequest,
  wallClock,
} from '../../src/model/index.ts'
import { metres } from '../contract/reference.ts'
import { engine, open } from '../support/columns.ts'
import { patient } from '../support/waiting.ts'
import { type Lab, openLab, tableAs } from './sql/lab.ts'
import { describeWith, noPostgres, postgresServer } from './sql/servers.ts'

const id = engine('id', 'int')
const words = open('wort', 'text')
const codes = open('schluessel', 'code')
const numbers = open('zahl', 'int')
const big = open('gross', 'bigint')
const amounts = open('betrag', 'decimal')
const ratios = open('anteil', 'float')
const flags = open('ja', 'boolean')
const days = open('tag', 'date')
const times = open('uhr', 'time')
const clocks = open('ortszeit', 'datetime', { zone: 'Europe/Berlin' })
const instants = open('wann', 'datetime')
const places = open('ort', 'point', { crs: 'EPSG:25832' })
const shapes = open('flaeche', 'polygon', { crs: 'EPSG:25832' })
const fields = [words, codes, numbers, big, amounts, ratios, flags, days, times, clocks, instants, places, shapes]
const columns: readonly Column[] = [id, ...fields]
const isShape = (column: Column) => geometryTypes.some(type => type === column.type)
const scalars = fields.filter(field => !isShape(field))

/**
 * Texts in the column of the table follow the alphabet that the gateway uses: German, as in ICU. In a column with another collation
 * PostgreSQL puts texts into another order; everything else about them is the same.
 */
const table = `create table dinge (id int primary key, wort text collate "de-x-icu", schluessel text collate "de-x-icu", zahl int, gross bigint,
  betrag numeric, anteil double precision, ja boolean, tag date, uhr time, ortszeit timestamp, wann timestamptz,
  ort geometry(Point, 25832), flaeche geometry(Polygon, 25832))`

// Letters whose lower case is one letter in every place; İ and the final sigma are not, and PostgreSQL and Unicode differ there.
const letters = [
  'a',
  'A',
  'ä',
  'Ä',
  'o',
  'Ö',
  'ö',
  's',
  'ß',
  'ẞ',
  'SS',
  'z',
  'Z',
  'é',
  ' ',
  '-',
  '%',
  '_',
  "'",
  '\\',
  '*',
  '1',
  '10',
  '🌳',
  '𝄞',
]
const text = fc.oneof(
  fc.constantFrom('', ' ', 'Straße', 'STRASSE', 'straße', 'Öl', 'öl', 'Ol', 'Ärger', 'ärger', 'Zebra', '🌳 Linde', '007', '7'),
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 4 }),
)
const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
  .map(([minus, digits, point]) => trimmed(minus && digits > 0n, String(digits).padStart(point + 1, '0'), point))
const seconds = (from: string, count: number) => fc.integer({ min: 0, max: count }).map(step => Date.parse(from) + step * 900_000)
const instant = fc
  .tuple(
    // Quarters of an hour around both changes of the clock, and any time at all.
    fc.oneof(seconds('2026-03-29T00:00:00Z', 12), seconds('2026-10-25T02:00:00Z', 8), seconds('1970-01-01T00:00:00Z', 3_000_000)),
    fc.constantFrom('', '.5', '.123456'),
  )
  .map(([at, fraction]) => new Date(at).toISOString().replace(/\.000Z$/, `${fraction}Z`))

/** Metres apart by some fifty, with every border of an area half-way between. */
const step = 0.001
const spot = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
const degrees = (place: number, from: number) => Math.round((from + place * step) * 1e7) / 1e7
const point = spot.map(([x, y]): Geometry => ({ type: 'Point', coordinates: [degrees(x, 9.17), degrees(y, 47.66)] }))
const square = spot.map(([x, y]): Geometry => {
  const [west, south, size] = [degrees(x, 9.1699), degrees(y, 47.6599), 0.0002]
  return { type: 'Polygon', coordinates: [ring(west, south, west + size, south + size)] }
})

const missing = { nil: null, freq: 5 } as const
const row: fc.Arbitrary<Row> = fc.tuple(
  fc.option(text, missing),
  fc.option(fc.constantFrom('1', '2', 'x', 'X', ''), missing),
  fc.option(fc.integer({ min: -3, max: 3 }), missing),
  fc.option(fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: 0n, max: 2n })).map(String), missing),
  fc.option(fc.oneof(decimal, fc.constantFrom('0', '0.1', '10', '-0.5')), missing),
  fc.option(fc.constantFrom(0, 0.1, -2.5e-7, 1.5e20, 3), missing),
  fc.option(fc.boolean(), missing),
  fc.option(fc.constantFrom('2026-03-29', '2024-02-29', '1999-12-31', '0001-01-01'), missing),
  fc.option(fc.constantFrom('07:30:00', '00:00:00', '23:59:59.5'), missing),
  // A wall clock cannot tell the second pass of the doubled hour.
  fc.option(
    instant.filter(at => !at.startsWith('2026-10-25T01')),
    missing,
  ),
  fc.option(instant, missing),
  fc.option(point, missing),
  fc.option(square, missing),
)

describeWith(noPostgres, 'small datasets and PostgreSQL', () => {
  let lab: Lab
  let connector: Connector
  let admin: pg.Client

  beforeAll(async () => {
    lab = await openLab('postgres')
    await lab.run('create extension postgis', table)
    connector = lab.open().connector
    admin = new pg.Client({ ...postgresServer, database: String(lab.connection.database) })
    await admin.connect()
  }, 60_000)
  afterAll(async () => {
    await admin?.end()
    await lab?.tidyUp()
  })

  const runs = Number(process.env.ALIKE_RUNS ?? 120)

  test('filters, orders, pages, keys, groups and figures are the same', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), fc.array(requests, { minLength: 6, maxLength: 6 }), async (some, asked) => {
        const rows = some.map((cells, at): Row => [at + 1, ...cells])
        await fill(admin, rows)
        for (const request of asked) {
          if (onTheRim(request, rows)) continue
          const { rows: there } = await connector.read(request, patient())
          expect(plain(there, request)).toEqual(plain(localEngine.answer(request, columns, rows), request))
          compared += 1
        }
      }),
      { numRuns: runs, seed: 20_261_126 },
    )
    expect(compared).toBeGreaterThan(runs * 5)
  }, 300_000)
})

async function fill(admin: pg.Client, rows: readonly Row[]): Promise<void> {
  await admin.query('delete from dinge')
  const shape = (at: number) => `ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON($${at}), 4326), 25832)`
  const values = columns.map((column, at) => (isShape(column) ? shape(at + 1) : `$${at + 1}`)).join(', ')
  for (const cells of rows) {
    await admin.query(
      `insert into dinge values (${values})`,
      cells.map((cell, at) => stored(cell, columns[at]!)),
    )
  }
}

function stored(cell: Cell, column: Column): unknown {
  if (cell === null || typeof cell === 'boolean') return cell
  if (typeof cell === 'object') return JSON.stringify(cell)
  return column.type === 'datetime' && column.zone ? wallClock(String(cell), column.zone) : String(cell)
}

// ---- questions ----

function someValue(field: OpenField): fc.Arbitrary<Scalar> {
  const at = fields.indexOf(field)
  return row.map(cells => cells[at]).filter(cell => cell !== null && typeof cell !== 'object') as fc.Arbitrary<Scalar>
}

function comparison(field: OpenField): fc.Arbitrary<Condition> {
  const value = someValue(field)
  const ordered = field === flags || field === codes ? ([] as const) : (['lt', 'lte', 'gt', 'gte'] as const)
  const column = fc.constant(field)
  const search = fc.record({
    op: fc.constantFrom('contains' as const, 'startsWith' as const),
    column,
    value: fc.oneof(text, fc.constantFrom(...letters)),
  })
  return fc.oneof(
    fc.record({ op: fc.constantFrom('eq' as const, 'ne' as const, ...ordered), column, value }),
    fc.record({ op: fc.constantFrom('in' as const, 'notIn' as const), column, values: fc.array(value, { maxLength: 4 }) }),
    fc.record({ op: fc.constant('isNull' as const), column, value: fc.boolean() }),
    ...(field === words ? [{ weight: 3, arbitrary: search }] : []),
  )
}

function around(field: OpenField): fc.Arbitrary<Condition> {
  const column = fc.constant(field)
  const corners = fc.tuple(spot, spot).map(([[a, b], [c, d]]) => {
    const edge = (place: number, from: number) => degrees(place - 0.5, from)
    return [
      edge(Math.min(a, c), 9.17),
      edge(Math.min(b, d), 47.66),
      edge(Math.max(a, c) + 1, 9.17),
      edge(Math.max(b, d) + 1, 47.66),
    ] as const
  })
  const area = corners.map((box): Geometry => ({ type: 'Polygon', coordinates: [ring(...box)] }))
  return fc.oneof(
    fc.record({ op: fc.constant('bbox' as const), column, box: corners }),
    fc.record({ op: fc.constant('within' as const), column, area }),
    fc.record({ op: fc.constant('isNull' as const), column, value: fc.boolean() }),
    ...(field === places
      ? [
          fc.record({
            op: fc.constant('near' as const),
            column,
            longitude: fc.constantFrom(9.17, 9.1745),
            latitude: fc.constantFrom(47.66, 47.6645),
            metres: fc.constantFrom(50, 130, 333, 600),
          }),
        ]
      : []),
  )
}

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  // Texts are what systems differ in most.
  { weight: 4, arbitrary: comparison(words) },
  ...scalars.map(comparison),
  around(places),
  around(shapes),
  fc.record({
    op: fc.constant('keys' as const),
    columns: fc.constant([codes, numbers]),
    keys: fc.uniqueArray(fc.tuple(fc.constantFrom('1', '2', 'x', ''), fc.integer({ min: -3, max: 3 })), { maxLength: 4, selector: String }),
  }),
)
const { tree: conditions } = fc.letrec<{ tree: Condition }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('tree') }),
  ),
}))
const maybe = fc.option(conditions, { nil: undefined }).map(where => (where ? { where } : {}))

const order: fc.Arbitrary<Order> = fc.record({
  column: fc.constantFrom(...scalars),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  nulls: fc.constantFrom('first' as const, 'last' as const),
})
const orders = fc
  .uniqueArray(order, { maxLength: 3, selector: ({ column }) => column.column })
  .map((some): readonly Order[] => [...some, { column: id, direction: 'asc', nulls: 'last' }])

/** From the start, after some rows, or after a row that was there or never was. */
const positions = (orderBy: readonly Order[]) =>
  fc.oneof(
    fc.constant({}),
    fc.integer({ min: 0, max: 5 }).map(skip => ({ position: { skip } })),
    fc.tuple(row, fc.integer({ min: 0, max: 31 })).map(([cells, at]) => {
      const whole: Row = [at, ...cells]
      return { position: { after: orderBy.map(({ column }) => whole[columns.indexOf(column)]!) } }
    }),
  )

const dataset = tableAs('dinge')
const shown = fc.subarray(scalars).map((some): readonly Column[] => [id, ...some])

const list = orders.chain(orderBy =>
  fc
    .tuple(maybe, shown, fc.constantFrom(1, 3, 100), positions(orderBy))
    .map(([where, columns, limit, at]): SourceRequest => ({ kind: 'rows', dataset, columns, orderBy, limit, ...where, ...at })),
)

const keyed = fc
  .record({ where: maybe, orderBy: orders, perKey: fc.constantFrom(1, 2, 50), match: fc.constantFrom(words, codes, numbers, days, big) })
  .chain(({ where, orderBy, perKey, match }) =>
    fc.tuple(fc.uniqueArray(someValue(match), { maxLength: 6 }), positions(orderBy)).map(
      ([keys, at]): SourceRequest => ({
        kind: 'keyed',
        dataset,
        columns: [match, id],
        match: [match],
        keys: keys.map(key => [key]),
        orderBy,
        perKey,
        ...where,
        ...at,
      }),
    ),
  )

const measures: readonly Measure[] = [
  { function: 'count' },
  ...fields.map(column => ({ function: 'count', column }) as const),
  ...scalars.map(column => ({ function: 'countDistinct', column }) as const),
  ...[numbers, big, amounts].map(column => ({ function: 'sum', column }) as const),
  ...[numbers, amounts].map(column => ({ function: 'avg', column }) as const),
  ...[numbers, big, amounts, ratios, days, clocks, instants].flatMap(column => [
    { function: 'min', column } as const,
    { function: 'max', column } as const,
  ]),
]

const figures = fc
  .tuple(maybe, fc.subarray(scalars, { maxLength: 2 }), fc.constantFrom(1, 2, 1000))
  .map(([where, groupBy, limit]): SourceRequest => ({ kind: 'aggregate', dataset, groupBy, measures, limit, ...where }))

const requests = fc.oneof(list, keyed, figures)

// ---- comparing ----

/** Keys come in any order, the rows of each in theirs; an average is a float, whose last digits may be rounded differently. */
function plain(rows: readonly Row[], request: SourceRequest): unknown {
  if (request.kind === 'keyed') return Object.groupBy(rows, ([key]) => String(key))
  if (request.kind === 'rows') return rows
  const average = new Set(request.measures.flatMap((measure, at) => (measure.function === 'avg' ? [request.groupBy.length + at] : [])))
  return rows.map(row => row.map((cell, at) => (average.has(at) && cell !== null ? Number(cell).toPrecision(10) : cell)))
}

/** Ellipsoid and sphere differ by half a per cent: a circle whose rim is that close to a point may be seen either way. */
function onTheRim(request: SourceRequest, rows: readonly Row[]): boolean {
  const circles = nearIn(request.where)
  return rows.some(cells => {
    const place = cells[columns.indexOf(places)]
    if (!place || typeof place !== 'object' || place.type !== 'Point') return false
    return circles.some(({ longitude, latitude, metres: radius }) => {
      const distance = metres(place.coordinates, [longitude, latitude])
      return Math.abs(distance - radius) <= radius * 0.01
    })
  })
}

function nearIn(condition: Condition | undefined): Extract<Condition, { op: 'near' }>[] {
  if (!condition) return []
  if (condition.op === 'near') return [condition]
  if (condition.op === 'and' || condition.op === 'or') return condition.of.flatMap(nearIn)
  return condition.op === 'not' ? nearIn(condition.of) : []
}

function ring(west: number, south: number, east: number, north: number) {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

function trimmed(minus: boolean, digits: string, point: number): string {
  const whole = digits.slice(0, digits.length - point).replace(/^0+(?=\d)/, '')
  const fraction = digits.slice(digits.length - point).replace(/0+$/, '')
  const unsigned = fraction === '' ? whole : `${whole}.${fraction}`
  return minus && /[1-9]/.test(unsigned) ? `-${unsigned}` : unsigned
}
