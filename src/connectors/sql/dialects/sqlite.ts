/** What is particular about SQLite? The functions that start with `gate_` are our own (see `drivers/sqlite-functions.ts`). */

import type { Dialect } from './dialect.ts'

export const sqlite: Dialect = {
  name: 'sqlite',
  quotes: ['"', '"'],
  placeholder: () => '?',
  bindings: 32_766,

  wholeNumbersOf64Bits: true,
  casts: { int: ['cast(', ' as integer)'], decimal: ['cast(', ' as numeric)'], double: ['cast(', ' as real)'] },
  // There is no type for time: it stands there as text, with `T` or a blank, with or without `Z`, seconds and fractions.
  reads: { date: ['gate_date(', ')'], time: ['gate_time(', ')'], clock: ['gate_clock(', ')'], instant: ['gate_instant(', ')'] },
  asText: ['cast(', ' as text)'],
  trim: ['trim(', ')'],
  numbersPrintShort: true,
  looseTypes: true,

  // A column may be declared `collate nocase`.
  exact: { column: ['', ' collate binary'], value: ['', ''], back: ['', ''], besides: false },
  // `lower` and `like` know the letters of English only.
  search: { column: ['gate_lower(', ')'], operator: 'like', special: /[!%_]/g },
  emptyTextIsNull: false,

  lists: 'json',
  longestList: Number.POSITIVE_INFINITY,
  keysAtOnce: 65_536,
  tuples: true,

  nulls: 'first',
  nullsKeyword: true,
  paging: 'limit',

  selects: {},
  // `sum` stops at 64 bits and adds decimals as floats.
  sums: { int: ['gate_sum(', ')'], decimal: ['gate_sum(', ')'] },
  averages: {},
  extremes: {},

  geometry: {
    out: ['', ''],
    wkbSaysSrid: true,
    filter: { by: 'functions', bbox: 'gate_bbox', within: 'gate_within', near: 'gate_near' },
  },
}
