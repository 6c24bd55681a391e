/** What is particular about PostgreSQL and PostGIS? */

import { sql } from '../compile/fragment.ts'
import type { Dialect } from './dialect.ts'

export const postgres: Dialect = {
  name: 'postgres',
  quotes: ['"', '"'],
  placeholder: index => `$${index + 1}`,
  bindings: 65_535,

  wholeNumbersOf64Bits: true,
  casts: {
    text: ['', '::text'],
    padded: ['', '::bpchar'],
    uuid: ['', '::uuid'],
    int: ['', '::bigint'],
    decimal: ['', '::numeric'],
    double: ['', '::double precision'],
    single: ['', '::real'],
    boolean: ['', '::boolean'],
    date: ['', '::date'],
    time: ['', '::time'],
    clock: ['', '::timestamp'],
    // The session's own zone is UTC.
    instant: ['', '::timestamptz'],
    other: ['', '::text'],
  },
  fraction: 6,
  reads: {},
  asText: ['', '::text'],
  trim: ['btrim(', ')'],
  numbersPrintShort: false,
  looseTypes: false,

  // Deterministic collations compare texts exactly; citext and enums are compared as text.
  search: { column: ['', ''], operator: 'ilike', special: /[!%_]/g },
  emptyTextIsNull: false,

  lists: 'array',
  laterals: 'join',
  longestList: Number.POSITIVE_INFINITY,
  keysAtOnce: 65_536,
  tuples: true,

  nulls: 'last',
  nullsKeyword: true,
  paging: 'limit',
  // A plan for all values is made for a tenth of the rows when it does not know how many are wanted, and so is thrown away for one that is
  // made anew each time, which takes about as long as fetching a page. Where rows are filtered it knows too little in either case, and a plan for
  // few rows is the worse mistake. (https://www.postgresql.org/docs/current/sql-prepare.html, Notes)
  writesCounts: true,

  selects: { padded: ['rtrim(', ')'] },
  // A sum of 32-bit floats would have 32 bits.
  sums: { single: ['sum(', '::double precision)'] },
  averages: {
    int: ['avg(', ')::double precision'],
    decimal: ['avg(', ')::double precision'],
  },
  extremes: { boolean: ['', '::int'], uuid: ['', '::text'] },

  geometry: {
    // Arcs, which cadastres have, come as such: how near their lines are is ours to say, the same for every source.
    out: ['ST_AsEWKB(', '::geometry)'],
    srid: ['ST_SRID(', '::geometry)'],
    wkbSaysSrid: true,
    filter: {
      by: 'area',
      // The first test is the index's and asks no reference system; the second would refuse two different ones, and shapes that cross
      // themselves, of which every cadastre has some.
      touches: (column, area) =>
        sql`(${column}::geometry && ST_GeomFromWKB(${area}) and ST_Intersects(ST_MakeValid(ST_SetSRID(${column}::geometry, 0)), ST_MakeValid(ST_GeomFromWKB(${area}))))`,
    },
  },
}

/** A database whose character type is "C" folds ASCII alone, so the letters of Europe are folded by hand. */
export const postgresWithoutLetters: Dialect = {
  ...postgres,
  search: { ...postgres.search, operator: 'like', column: ['translate(lower(', `), ${pairs()})`] },
}

function pairs(): string {
  const letters = Array.from({ length: 0x17f - 0xc0 + 1 }, (_, at) => String.fromCodePoint(0xc0 + at))
  const upper = letters.filter(letter => letter.toLowerCase() !== letter && letter.toLowerCase().length === 1)
  return `'${upper.join('')}', '${upper.join('').toLowerCase()}'`
}
