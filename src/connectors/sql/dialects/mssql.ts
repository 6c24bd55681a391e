/** What is particular about Microsoft SQL Server (2017 and later)? Compiled and reviewed only: this version does not open it yet. */

import { sql } from '../compile/fragment.ts'
import type { Dialect } from './dialect.ts'

export const mssql: Dialect = {
  name: 'mssql',
  quotes: ['[', ']'],
  placeholder: index => `@p${index}`,
  // 2,100, of which the driver keeps two for itself.
  bindings: 2098,

  wholeNumbersOf64Bits: true,
  casts: {
    uuid: ['cast(', ' as uniqueidentifier)'],
    int: ['cast(', ' as bigint)'],
    double: ['cast(', ' as float)'],
    single: ['cast(', ' as real)'],
    boolean: ['cast(', ' as bit)'],
    date: ['convert(date, ', ', 23)'],
    time: ['cast(', ' as time(7))'],
    clock: ['convert(datetime2(7), ', ', 121)'],
    instant: ['todatetimeoffset(convert(datetime2(7), ', ", 121), '+00:00')"],
  },
  decimals: { digits: 38, places: 10 },
  fraction: 7,
  reads: {},
  asText: ['cast(', ' as nvarchar(max))'],
  numbersPrintShort: false,
  looseTypes: false,

  // Case is forgiven by the usual collations, blanks at the end even by binary ones.
  exact: {
    column: ['cast(cast(', ' as nvarchar(max)) as varbinary(max))'],
    value: ['cast(cast(', ' as nvarchar(max)) as varbinary(max))'],
    back: ['cast(', ' as nvarchar(max))'],
    besides: true,
  },
  search: { column: ['', ' collate Latin1_General_100_CI_AS_KS_WS_SC'], operator: 'like', special: /[!%_[]/g },
  emptyTextIsNull: false,

  lists: 'single',
  longestList: 1024,
  keysAtOnce: 1024,
  tuples: false,

  nulls: 'first',
  nullsKeyword: false,
  paging: 'top',
  emptyOrder: '(select null)',

  // The driver would make floats of decimals, and Dates without an offset of everything that is a time.
  selects: {
    padded: ['rtrim(', ')'],
    uuid: ['lower(convert(char(36), ', '))'],
    int: ['convert(varchar(41), ', ')'],
    decimal: ['convert(varchar(60), ', ')'],
    double: ['convert(varchar(40), ', ', 3)'],
    single: ['convert(varchar(40), ', ', 3)'],
    date: ['convert(char(10), ', ', 23)'],
    time: ['cast(', ' as varchar(16))'],
    clock: ['convert(varchar(33), ', ', 126)'],
    instant: ['convert(varchar(40), ', ', 127)'],
  },
  sums: {
    int: ['convert(varchar(41), sum(cast(', ' as decimal(38, 0))))'],
    decimal: ['convert(varchar(60), sum(', '))'],
  },
  // An average of whole numbers would be a whole number.
  averages: {
    int: ['avg(cast(', ' as float))'],
    decimal: ['avg(cast(', ' as float))'],
    double: ['avg(', ')'],
    single: ['avg(cast(', ' as float))'],
  },
  extremes: { boolean: ['cast(', ' as int)'] },

  geometry: {
    out: ['', '.STAsBinary()'],
    srid: ['', '.STSrid'],
    wkbSaysSrid: false,
    filter: {
      by: 'area',
      touches: (column, area, srid) => sql`${column}.STIntersects(geometry::STGeomFromWKB(${area}, ${srid}).MakeValid()) = 1`,
    },
  },
}
