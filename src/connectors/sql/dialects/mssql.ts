/** What is particular about Microsoft SQL Server (2016 and later)? Reviewed, and run against a stand-in for the server; never against a real one. */

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
    // As datetime2 the third of a millisecond that datetime keeps would show, and .003 would not be .003.
    ticks: ['convert(datetime, ', ', 121)'],
    instant: ['todatetimeoffset(convert(datetime2(7), ', ", 121), '+00:00')"],
  },
  decimals: { digits: 38, places: 10 },
  fraction: 7,
  reads: {},
  asText: ['cast(', ' as nvarchar(max))'],
  trim: ['ltrim(rtrim(', '))'],
  numbersPrintShort: false,
  looseTypes: false,

  // Case is forgiven by the usual collations, blanks at the end even by binary ones.
  exact: {
    column: ['cast(cast(', ' as nvarchar(max)) as varbinary(max))'],
    value: ['cast(cast(', ' as nvarchar(max)) as varbinary(max))'],
    back: ['cast(', ' as nvarchar(max))'],
    besides: true,
  },
  // Letters are folded by the rules of a language, and then compared one by one: a language would take ß for ss, and find 🌳 everywhere,
  // because the collations know no weight for it.
  search: {
    column: ['lower(cast(', ' as nvarchar(max)) collate Latin1_General_100_CI_AS_SC) collate Latin1_General_100_BIN2'],
    operator: 'like',
    special: /[!%_[]/g,
  },
  emptyTextIsNull: false,

  lists: 'single',
  longestList: 1024,
  keysAtOnce: 1024,
  tuples: false,

  nulls: 'first',
  nullsKeyword: false,
  paging: 'top',
  emptyOrder: '(select null)',

  // The driver would make floats of decimals, and Dates without an offset of everything that is a time; floats it carries as they are.
  selects: {
    padded: ['rtrim(', ')'],
    uuid: ['lower(convert(char(36), ', '))'],
    int: ['convert(varchar(41), ', ')'],
    // The style is for money, which would lose two of its four digits without it; decimals have no styles.
    decimal: ['convert(varchar(60), ', ', 2)'],
    date: ['convert(char(10), ', ', 23)'],
    time: ['cast(', ' as varchar(16))'],
    clock: ['convert(varchar(33), ', ', 126)'],
    ticks: ['convert(varchar(33), ', ', 126)'],
    instant: ['convert(varchar(40), ', ', 127)'],
    // XML, the old long texts, and whatever else prints itself.
    other: ['cast(', ' as nvarchar(max))'],
  },
  sums: {
    int: ['convert(varchar(41), sum(cast(', ' as decimal(38, 0))))'],
    decimal: ['convert(varchar(60), sum(', '), 2)'],
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
      ownSrid: true,
      touches: (column, area, srid) => sql`${column}.STIntersects(geometry::STGeomFromWKB(${area}, ${srid}).MakeValid()) = 1`,
    },
  },
}
