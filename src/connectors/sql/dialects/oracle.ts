/** What is particular about Oracle Database (12.1 and later)? */

import { type Fragment, sql, type Wrap } from '../compile/fragment.ts'
import type { Dialect } from './dialect.ts'

const digits: Wrap = ['to_char(', ", 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''')"]

export const oracle: Dialect = {
  name: 'oracle',
  quotes: ['"', '"'],
  placeholder: index => `:${index + 1}`,
  bindings: 65_535,

  wholeNumbersOf64Bits: false,
  // `to_number` reads a point because the session's NLS_NUMERIC_CHARACTERS are '.,'.
  casts: {
    // A VARCHAR2 value is never equal to a padded column; two CHARs are compared without their blanks, over the index.
    padded: ['cast(', ' as char(2000))'],
    int: ['to_number(', ')'],
    decimal: ['to_number(', ')'],
    double: ['to_binary_double(', ')'],
    single: ['to_binary_float(', ')'],
    // A DATE has a time of day. Bound as a TIMESTAMP it would convert the whole column.
    seconds: ['to_date(', ", 'YYYY-MM-DD HH24:MI:SS')"],
    clock: ['to_timestamp(', ", 'YYYY-MM-DD HH24:MI:SS.FF9')"],
    instant: ['from_tz(to_timestamp(', ", 'YYYY-MM-DD HH24:MI:SS.FF9'), 'UTC')"],
  },
  fraction: 9,
  reads: {},
  asText: ['to_char(', ')'],
  trim: ['trim(', ')'],
  numbersPrintShort: true,
  looseTypes: false,

  search: { column: ['lower(', ')'], operator: 'like', special: /[!%_]/g },
  // '' is stored as NULL, so "= ''" matches nothing; the caller means "has no value".
  emptyTextIsNull: true,

  lists: 'single',
  // ORA-01795: at most 1,000 expressions in a list.
  longestList: 1000,
  keysAtOnce: 1000,
  tuples: false,

  nulls: 'last',
  nullsKeyword: true,
  paging: 'fetch',
  emptyOrder: 'null',

  // The driver would make floats of numbers, and Dates in the process's own zone of everything that is a time.
  selects: {
    padded: ['rtrim(', ')'],
    int: digits,
    decimal: digits,
    seconds: ['to_char(', ", 'YYYY-MM-DD HH24:MI:SS')"],
    clock: ['to_char(', ", 'YYYY-MM-DD HH24:MI:SS.FF9')"],
    instant: ['to_char(sys_extract_utc(', "), 'YYYY-MM-DD HH24:MI:SS.FF9')"],
  },
  sums: { int: around('sum'), decimal: around('sum') },
  averages: { int: around('avg'), decimal: around('avg') },
  extremes: {},

  geometry: {
    out: wkb,
    srid: ['', '.SDO_SRID'],
    wkbSaysSrid: false,
    filter: {
      by: 'area',
      touches: (column, area, srid) => sql`SDO_ANYINTERACT(${column}, SDO_GEOMETRY(${largeObject(area)}, ${srid})) = 'TRUE'`,
    },
  },
}

/** Two dimensions only: heights make the function fail (ORA-13199), and for a missing geometry it promises nothing. */
function wkb(column: Fragment): Fragment {
  const flat = sql`SDO_UTIL.TO_WKBGEOMETRY(${column})`
  const flattened = sql`SDO_UTIL.TO_WKBGEOMETRY(SDO_CS.MAKE_2D(${column}))`
  return sql`case when ${column}.SDO_GTYPE < 3000 then ${flat} when ${column} is not null then ${flattened} end`
}

/** Bytes that a statement can bind as they are. Longer ones are bound as a large object, which costs three round trips more. */
export const longestRaw = 2_000

/** Bytes for a function that takes large objects only. */
function largeObject(bytes: Fragment): Fragment {
  const isShort = bytes.bindings.every(({ value }) => value instanceof Uint8Array && value.byteLength <= longestRaw)
  return isShort ? sql`to_blob(${bytes})` : bytes
}

function around(name: string): Wrap {
  return [`${digits[0]}${name}(`, `)${digits[1]}`]
}
