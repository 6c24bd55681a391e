/** Which requests are compiled for every dialect and reviewed as text? */

import type { ColumnFacts, Dialect, Stored } from '../../../src/connectors/sql/dialects/index.ts'
import type { Column, Condition, Dataset, KeyedRequest, Order, RowsRequest, SourceRequest } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'

export interface Named {
  readonly name: string
  readonly request: SourceRequest
}

const id = engine('BAUM_ID')
const nummer = open('nummer', 'text', { column: 'BAUM_NR' })
const art = open('art', 'text', { column: 'ART_DE' })
export const year = open('pflanzjahr', 'int', { column: 'PFLANZJAHR' })
const gross = open('laufend', 'bigint', { column: 'LFD' })
const hoehe = open('hoehe', 'decimal', { column: 'HOEHE_CM' })
const umfang = open('umfang', 'float', { column: 'UMFANG' })
const gefaellt = open('gefaellt', 'boolean', { column: 'GEFAELLT' })
const tag = open('tag', 'date', { column: 'TAG' })
const uhrzeit = open('uhrzeit', 'time', { column: 'UHRZEIT' })
const kontrolle = open('kontrolle', 'datetime', { column: 'KONTROLLE', zone: 'Europe/Berlin' })
const geaendert = open('geaendert', 'datetime', { column: 'GEAENDERT' })
const zustand = open('zustand', 'code', { column: 'VITALITAET' })
const strasse = open('strasse', 'code', { column: 'STRASSE_NR' })
/** Columns that their source writes in its own way. */
const artOderNichts = open('art', 'text', { column: 'ART_DE', written: { missing: ['', 'k. A.'] } })
const nummerKnapp = open('nummer', 'text', { column: 'BAUM_NR', written: { trim: true, missing: ['N/A'] } })
const strasseBekannt = open('strasse', 'code', { column: 'STRASSE_NR', written: { missing: ['000'] } })
const gesund = open('gesund', 'boolean', { column: 'BAUM_NR', written: { true: ['J', 'ja'], false: ['N', ''] } })
const jahrBekannt = open('pflanzjahr', 'int', { column: 'PFLANZJAHR', written: { missing: ['-9999', '0'] } })
const stand = open('stand', 'datetime', { column: 'LFD', written: { epoch: 'ms', missing: ['0'] } })
const standDort = open('stand', 'datetime', { column: 'LFD', zone: 'Europe/Berlin', written: { epoch: 's' } })
const lage = open('lage', 'point', { column: 'GEOM', crs: 'EPSG:25832' })
const umring = open('umring', 'polygon', { column: 'UMRING' })

const title = { de: 'Baum', en: 'Tree' }
export const dataset: Dataset = {
  id: 'baeume',
  title,
  owner: { department: 'Amt' },
  licence: 'dl-de/by-2-0',
  themes: [],
  names: { type: 'Baum', one: 'baum', many: 'baeume' },
  source: { id: 'gruen', kind: 'sql', title: 'Grün' },
  place: { table: 'GRUEN.V_BAUM' },
  can: { filter: {}, sort: [], group: [], aggregate: [], paging: 'keyset' },
  key: [id],
  fields: [],
  relations: [],
  freshForSeconds: 0,
  staleForSeconds: 0,
  hash: '1',
}

/** How each database would keep these columns. */
export function factsIn(dialect: Dialect): (column: Column) => ColumnFacts {
  const usual: Readonly<Record<string, Stored>> = {
    BAUM_ID: 'int',
    BAUM_NR: 'text',
    ART_DE: 'text',
    PFLANZJAHR: 'int',
    LFD: 'int',
    HOEHE_CM: 'decimal',
    UMFANG: 'double',
    GEFAELLT: 'boolean',
    TAG: 'date',
    UHRZEIT: 'time',
    KONTROLLE: 'clock',
    GEAENDERT: 'instant',
    VITALITAET: 'int',
    STRASSE_NR: 'padded',
    GEOM: 'geometry',
    UMRING: 'geometry',
  }
  const own: Partial<Record<Dialect['name'], Readonly<Record<string, Stored>>>> = {
    mysql: { GEFAELLT: 'int', STRASSE_NR: 'text' },
    mariadb: { GEFAELLT: 'int', STRASSE_NR: 'text' },
    sqlite: {
      GEFAELLT: 'decimal',
      STRASSE_NR: 'text',
      TAG: 'text',
      UHRZEIT: 'text',
      KONTROLLE: 'text',
      GEAENDERT: 'text',
      GEOM: 'bytes',
      UMRING: 'bytes',
    },
    // NUMBER for every number, DATE for every day, no type for a time of day.
    oracle: { BAUM_ID: 'decimal', GEFAELLT: 'decimal', TAG: 'seconds', KONTROLLE: 'seconds', UHRZEIT: 'clock' },
  }
  return ({ column }) => ({
    stored: own[dialect.name]?.[column] ?? usual[column] ?? 'other',
    // BAUM_NR is a VARCHAR and STRASSE_NR a CHAR; ART_DE is an NVARCHAR.
    ...(dialect.name === 'mssql' && (column === 'BAUM_NR' || column === 'STRASSE_NR') && { narrow: true }),
    ...(column === 'UMRING' && { srid: 31_467 }),
  })
}

const byKey: readonly Order[] = [{ column: id, direction: 'asc', nulls: 'last' }]
export const page: RowsRequest = { kind: 'rows', dataset, columns: [nummer, year], orderBy: byKey, limit: 51 }
const everything = [nummer, art, year, gross, hoehe, umfang, gefaellt, tag, kontrolle, geaendert, zustand, strasse, lage, umring]

function where(name: string, condition: Condition): Named {
  return { name: `where ${name}`, request: { ...page, columns: [nummer], where: condition } }
}

function after(direction: 'asc' | 'desc', nulls: 'first' | 'last', value: string | null): Named {
  const orderBy: Order[] = [{ column: year, direction, nulls }, ...byKey]
  return {
    name: `page after ${value === null ? 'a missing value' : 'a value'}, ${direction}, nulls ${nulls}`,
    request: { ...page, orderBy, position: { after: [value === null ? null : Number(value), '4711'] } },
  }
}

function keyed(name: string, more: Partial<KeyedRequest>): Named {
  const request: KeyedRequest = {
    kind: 'keyed',
    dataset,
    columns: [strasse, nummer],
    match: [strasse],
    keys: [['007']],
    orderBy: byKey,
    perKey: 1,
    ...more,
  }
  return { name, request }
}

function numbers(count: number): string[][] {
  return Array.from({ length: count }, (_, at) => [String(at + 1)])
}

const square: Condition = {
  op: 'within',
  column: lage,
  area: {
    type: 'Polygon',
    coordinates: [
      [
        [9.17, 47.66],
        [9.171, 47.66],
        [9.171, 47.661],
        [9.17, 47.66],
      ],
    ],
  },
}

export const catalogue: readonly Named[] = [
  { name: 'a page', request: page },
  { name: 'every type, as exact text', request: { ...page, columns: everything } },
  { name: 'two columns of one name', request: { ...page, columns: [nummer, nummer] } },
  { name: 'rows without an order', request: { ...page, orderBy: [] } },
  { name: 'a page after so many rows', request: { ...page, position: { skip: 100 } } },
  { name: 'a page after so many rows, without an order', request: { ...page, orderBy: [], position: { skip: 100 } } },

  where('eq on a text', { op: 'eq', column: art, value: "O'Brien" }),
  where('eq on a text of one-byte characters', { op: 'eq', column: nummer, value: '0-17' }),
  where('eq on the empty text', { op: 'eq', column: art, value: '' }),
  where('ne on the empty text', { op: 'ne', column: art, value: '' }),
  where('ne on a text', { op: 'ne', column: art, value: 'Eiche' }),
  where('lt on a text', { op: 'lt', column: art, value: 'Eiche' }),
  where('in on a text', { op: 'in', column: art, values: ['Eiche', 'Linde', ''] }),
  where('notIn on a text', { op: 'notIn', column: art, values: ['Eiche', 'Linde', 'Esche'] }),
  where('in nothing', { op: 'in', column: art, values: [] }),
  where('notIn nothing', { op: 'notIn', column: art, values: [] }),
  where('contains', { op: 'contains', column: art, value: '100%_[!]Öl' }),
  where('startsWith', { op: 'startsWith', column: art, value: 'Öl' }),
  where('startsWith on a padded code', { op: 'startsWith', column: strasse, value: '0' }),
  where('isNull', { op: 'isNull', column: art, value: true }),
  where('not isNull', { op: 'isNull', column: art, value: false }),
  where('eq on a number', { op: 'eq', column: year, value: 1990 }),
  where('in on numbers', { op: 'in', column: year, values: [1990, 1991, 1992] }),
  where('gte on a bigint', { op: 'gte', column: gross, value: '9007199254740993' }),
  where('lt on a decimal', { op: 'lt', column: hoehe, value: '12.50' }),
  where('lt on a decimal of many digits', { op: 'lt', column: hoehe, value: '0.12345678901234567890' }),
  where('gt on a float', { op: 'gt', column: umfang, value: 0.1 }),
  where('eq on a boolean', { op: 'eq', column: gefaellt, value: true }),
  where('in on booleans', { op: 'in', column: gefaellt, values: [true, false] }),
  where('eq on a date', { op: 'eq', column: tag, value: '2026-03-29' }),
  where('lte on a wall clock', { op: 'lte', column: kontrolle, value: '2026-07-01T10:00:00.5Z' }),
  where('gte on a wall clock, in the second pass of the hour that comes twice', {
    op: 'gte',
    column: kontrolle,
    value: '2026-10-25T01:30:00Z',
  }),
  where('lt on an instant', { op: 'lt', column: geaendert, value: '2026-07-01T10:00:00Z' }),
  where('lt on an instant finer than any database keeps', { op: 'lt', column: geaendert, value: '2026-07-01T10:00:00.0123456789Z' }),
  where('eq on a code that is kept as a number', { op: 'eq', column: zustand, value: '2' }),
  where('eq on a code that is no number', { op: 'eq', column: zustand, value: '02' }),
  where('eq on a padded code', { op: 'eq', column: strasse, value: '007' }),
  where('in on padded codes', { op: 'in', column: strasse, values: ['007', '008'] }),
  where('keys of one column', { op: 'keys', columns: [id], keys: [['1'], ['2'], ['keine Zahl'], ['3']] }),
  where('keys of two columns', {
    op: 'keys',
    columns: [strasse, id],
    keys: [
      ['007', '1'],
      ['008', '2'],
      ['009', '3'],
    ],
  }),
  where('and, or, not', {
    op: 'and',
    of: [
      {
        op: 'or',
        of: [
          { op: 'eq', column: year, value: 1990 },
          { op: 'isNull', column: year, value: true },
        ],
      },
      {
        op: 'not',
        of: {
          op: 'and',
          of: [
            { op: 'gt', column: hoehe, value: '1' },
            { op: 'lt', column: hoehe, value: '2' },
          ],
        },
      },
    ],
  }),
  where('nothing at all', { op: 'or', of: [] }),
  where('1,500 values', { op: 'in', column: year, values: Array.from({ length: 1500 }, (_, at) => at) }),

  ...(['asc', 'desc'] as const).flatMap(direction =>
    (['first', 'last'] as const).flatMap(nulls => [after(direction, nulls, '1990'), after(direction, nulls, null)]),
  ),
  {
    name: 'page after a row, by a number that the filter has looked at',
    request: {
      ...page,
      where: { op: 'gte', column: year, value: 1950 },
      orderBy: [{ column: year, direction: 'desc', nulls: 'last' }, ...byKey],
      position: { after: [1990, '4711'] },
    },
  },
  {
    name: 'page after a row, by text',
    request: { ...page, orderBy: [{ column: art, direction: 'asc', nulls: 'last' }, ...byKey], position: { after: ['Eiche', '4711'] } },
  },
  {
    name: 'page after a row, by a wall clock',
    request: {
      ...page,
      orderBy: [{ column: kontrolle, direction: 'desc', nulls: 'last' }, ...byKey],
      position: { after: ['2026-07-01T10:00:00Z', '4711'] },
    },
  },
  { name: 'page after a row, by key alone', request: { ...page, position: { after: ['4711'] } } },

  keyed('rows of one key', {}),
  keyed('the latest 24 of each key', {
    columns: [id, kontrolle],
    match: [id],
    keys: numbers(3),
    orderBy: [
      { column: kontrolle, direction: 'desc', nulls: 'last' },
      { column: nummer, direction: 'asc', nulls: 'last' },
    ],
    perKey: 24,
    where: { op: 'eq', column: gefaellt, value: false },
  }),
  keyed('the next 24 of each key, after so many', { match: [id], columns: [id], keys: numbers(2), perKey: 24, position: { skip: 24 } }),
  keyed('rows of each key without an order', { match: [id], columns: [id], keys: numbers(2), orderBy: [] }),
  keyed('rows of keys of two columns', {
    match: [strasse, id],
    columns: [strasse, id],
    keys: [
      ['007', '1'],
      ['008', '2'],
      ['009', '3'],
    ],
  }),
  keyed('1,000 keys', { match: [id], columns: [id], keys: numbers(1000) }),
  keyed('1,001 keys', { match: [id], columns: [id], keys: numbers(1001) }),
  keyed('2,101 keys', { match: [id], columns: [id], keys: numbers(2101) }),
  keyed('600 keys of two columns', { match: [strasse, id], columns: [strasse, id], keys: numbers(600).map(([key]) => ['007', key!]) }),
  keyed('keys that no row can have', { match: [id], columns: [id], keys: [['x'], ['y']] }),

  { name: 'count', request: { kind: 'aggregate', dataset, groupBy: [], measures: [{ function: 'count' }], limit: 1 } },
  {
    name: 'every measure',
    request: {
      kind: 'aggregate',
      dataset,
      groupBy: [],
      measures: [
        { function: 'count', column: art },
        { function: 'countDistinct', column: art },
        { function: 'sum', column: year },
        { function: 'sum', column: hoehe },
        { function: 'sum', column: umfang },
        { function: 'avg', column: year },
        { function: 'avg', column: hoehe },
        { function: 'avg', column: umfang },
        { function: 'min', column: hoehe },
        { function: 'max', column: kontrolle },
        { function: 'max', column: gefaellt },
        { function: 'min', column: art },
        { function: 'count', column: lage },
      ],
      limit: 1,
    },
  },
  {
    name: 'groups',
    request: {
      kind: 'aggregate',
      dataset,
      groupBy: [art, zustand, tag],
      measures: [{ function: 'count' }, { function: 'sum', column: hoehe }],
      where: { op: 'gt', column: year, value: 1900 },
      limit: 100,
    },
  },

  where('eq on a text with markers of missing ones', { op: 'eq', column: artOderNichts, value: 'Linde' }),
  where('ne on a text with markers of missing ones', { op: 'ne', column: artOderNichts, value: 'Linde' }),
  where('isNull of a text with markers of missing ones', { op: 'isNull', column: artOderNichts, value: true }),
  where('in on a text with blanks around', { op: 'in', column: nummerKnapp, values: ['17', '18'] }),
  where('contains on a text with blanks around', { op: 'contains', column: nummerKnapp, value: 'b' }),
  where('eq on a padded code with markers of missing ones', { op: 'eq', column: strasseBekannt, value: '007' }),
  where('eq on a yes or no', { op: 'eq', column: gesund, value: true }),
  where('not eq on a yes or no', { op: 'not', of: { op: 'eq', column: gesund, value: true } }),
  where('isNull of a yes or no', { op: 'isNull', column: gesund, value: true }),
  where('lt on a number with markers of missing ones', { op: 'lt', column: jahrBekannt, value: 1950 }),
  where('gte on milliseconds since 1970', { op: 'gte', column: stand, value: '2026-07-01T10:00:00.5Z' }),
  where('gt on milliseconds since 1970, finer than they are', { op: 'gt', column: stand, value: '2026-07-01T10:00:00.0005Z' }),
  where('lt on a wall clock as seconds since 1970', { op: 'lt', column: standDort, value: '2026-07-01T10:00:00Z' }),
  {
    name: 'page after a row, by a number with markers of missing ones',
    request: {
      ...page,
      orderBy: [{ column: jahrBekannt, direction: 'asc', nulls: 'last' }, ...byKey],
      position: { after: [1990, '4711'] },
    },
  },
  keyed('rows of keys that have markers of missing ones', { match: [strasseBekannt], columns: [strasseBekannt], keys: [['007'], ['008']] }),
  {
    name: 'groups of values that the source writes in its own way',
    request: {
      kind: 'aggregate',
      dataset,
      groupBy: [artOderNichts, gesund],
      measures: [
        { function: 'count' },
        { function: 'count', column: jahrBekannt },
        { function: 'countDistinct', column: artOderNichts },
        { function: 'avg', column: jahrBekannt },
        { function: 'max', column: stand },
      ],
      limit: 100,
    },
  },
  {
    name: 'measures of values that the source writes in its own way',
    request: {
      kind: 'aggregate',
      dataset,
      groupBy: [],
      measures: [
        { function: 'sum', column: jahrBekannt },
        { function: 'min', column: stand },
      ],
      limit: 1,
    },
  },

  where('bbox', { op: 'bbox', column: lage, box: [9.17, 47.66, 9.171, 47.661] }),
  where('within', square),
  where('near', { op: 'near', column: lage, longitude: 9.17, latitude: 47.66, metres: 50 }),
  where('bbox, in the reference system of the source', { op: 'bbox', column: umring, box: [9.17, 47.66, 9.171, 47.661] }),
  where('not within, where there is a geometry', {
    op: 'and',
    of: [
      { op: 'not', of: square },
      { op: 'isNull', column: lage, value: false },
    ],
  }),
]

/** What only some databases have. */
export const withTimes: Named = where('eq on a time of day', { op: 'eq', column: uhrzeit, value: '07:30:00' })

/** What SQL Server and Oracle are not asked for. */
export const withTotal: Named = {
  name: 'page after a row, and how many rows there are in all',
  request: { ...page, where: { op: 'gte', column: year, value: 1950 }, position: { after: ['4711'] }, total: true },
}
