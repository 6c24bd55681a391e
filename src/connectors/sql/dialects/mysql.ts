/** What is particular about MySQL and MariaDB? */

import { sql } from '../compile/fragment.ts'
import type { Dialect } from './dialect.ts'

/** From MySQL 8 on. */
export const mysql: Dialect = {
  name: 'mysql',
  quotes: ['`', '`'],
  placeholder: () => '?',
  bindings: 65_535,

  // `cast(? as signed)` would lose the upper half of BIGINT UNSIGNED; as a decimal both halves use their index.
  wholeNumbersOf64Bits: false,
  casts: {
    int: ['cast(', ' as decimal(65, 0))'],
    double: ['cast(', ' as double)'],
    single: ['cast(', ' as double)'],
    date: ['cast(', ' as date)'],
    // MySQL takes a placeholder within for a point in time, and makes `01:00:00` of `00:00:00.000001` (seen with 9.7).
    time: ['cast(cast(', ' as char) as time(6))'],
    clock: ['cast(', ' as datetime(6))'],
    // The session's own zone is UTC.
    instant: ['cast(', ' as datetime(6))'],
  },
  decimals: { digits: 65, places: 30 },
  fraction: 6,
  reads: {},
  asText: ['convert(', ' using utf8mb4)'],
  trim: ['trim(', ')'],
  numbersPrintShort: false,
  looseTypes: false,

  // 'Muller' = 'müller ' is true under the usual collations, and blanks at the end are forgiven under all of them.
  exact: {
    column: ['cast(convert(', ' using utf8mb4) as binary)'],
    value: ['cast(', ' as binary)'],
    back: ['convert(', ' using utf8mb4)'],
    besides: true,
  },
  search: { column: ['lower(convert(', ' using utf8mb4)) collate utf8mb4_bin'], operator: 'like', special: /[!%_]/g },
  emptyTextIsNull: false,
  // `0000-00-00`, `2026-00-01` and, with `allow_invalid_dates`, `2026-02-30` are kept, and served as missing.
  isDay: column => sql`dayofmonth(${column}) between 1 and dayofmonth(last_day(${column}))`,

  lists: 'single',
  // From 1,000 on, MariaDB makes a table of a list; with casts in it, version 10.11 crashed as a whole (tried).
  longestList: 512,
  // MariaDB knows no lateral joins.
  laterals: 'union',
  keysAtOnce: 1024,
  tuples: true,

  nulls: 'first',
  nullsKeyword: false,
  paging: 'limit',

  selects: {},
  sums: {},
  // An average of whole numbers would keep four digits only.
  averages: { int: ['avg(', ' + 0e0)'], decimal: ['avg(', ' + 0e0)'] },
  extremes: {},

  geometry: {
    // Degrees would come latitude first, as the register has them.
    out: ['ST_AsBinary(', ", 'axis-order=long-lat')"],
    srid: ['ST_SRID(', ')'],
    wkbSaysSrid: false,
    filter: {
      by: 'area',
      // Two different reference systems would be refused, so both are called none. It costs the index.
      touches: (column, area) => sql`ST_Intersects(ST_SRID(${column}, 0), ST_GeomFromWKB(${area}, 0))`,
    },
  },
}

export const mariadb: Dialect = {
  ...mysql,
  name: 'mariadb',
  geometry: {
    out: ['ST_AsBinary(', ')'],
    srid: ['ST_SRID(', ')'],
    wkbSaysSrid: false,
    filter: {
      by: 'area',
      // The first test is the index's; neither minds different reference systems.
      touches: (column, area, srid) =>
        sql`(MBRIntersects(${column}, ST_GeomFromWKB(${area}, ${srid})) and ST_Intersects(${column}, ST_GeomFromWKB(${area}, ${srid})))`,
    },
  },
}
