/** What does SQL Server know that SQLite does not? Functions that the translation calls. */

import type Sqlite from 'better-sqlite3'
import { type SqlType, typeOf } from '../types.ts'
import { folding, keys, likePattern } from './compare.ts'
import { converted } from './convert.ts'
import { added } from './decimal.ts'
import { intersects, shapeOf, sridOf } from './geometry.ts'
import { fromStored, type Stored, toStored } from './stored.ts'

type KeyName = keyof typeof keys

export function addFunctions(sqlite: Sqlite.Database): void {
  /** Missing as soon as one of the values is. */
  const known = (name: string, work: (...values: never[]) => unknown): void => {
    sqlite.function(name, { deterministic: true, varargs: true }, (...values) =>
      values.includes(null) ? null : (work as (...values: unknown[]) => unknown)(...values),
    )
  }
  known('tsql_convert', (value: Stored, from: string, to: string, style: bigint) => {
    const [before, after] = [remembered(from), remembered(to)]
    return toStored(converted(fromStored(value, before), before, after, Number(style)), after)
  })
  known('tsql_key', (value: string, key: KeyName) => keys[key](value))
  known('tsql_lower', (text: string) => text.toLowerCase())
  known('tsql_upper', (text: string) => text.toUpperCase())
  sqlite.function('tsql_like', { deterministic: true }, (value, pattern, freeing, binary) =>
    value === null || pattern === null ? null : Number(like(String(value), String(pattern), freeing as string | null, binary === 1n)),
  )
  known('tsql_srid', (shape: Uint8Array) => sridOf(shape))
  known('tsql_shape', (wkb: Uint8Array, srid: bigint) => shapeOf(wkb, srid))
  known('tsql_intersects', (a: Uint8Array, b: Uint8Array) => intersects(a, b))
  sqlite.aggregate<string | null>('tsql_sum', {
    start: null,
    step: (sum, value) => (value === null ? sum : sum === null ? String(value) : added(sum, String(value))),
  })
  addExtreme(sqlite, 'tsql_min', (key, best) => key < best)
  addExtreme(sqlite, 'tsql_max', (key, best) => key > best)
}

/** Least and greatest where a value is compared by its key. */
function addExtreme(sqlite: Sqlite.Database, name: string, better: (key: string, best: string) => boolean): void {
  sqlite.aggregate<string | null>(name, {
    start: null,
    step: (best: string | null, value: Stored, key?: Stored) => {
      if (value === null) return best
      const weigh = keys[key as KeyName]
      return best === null || better(weigh(String(value)), weigh(best)) ? String(value) : best
    },
  })
}

const types = new Map<string, SqlType>()
function remembered(text: string): SqlType {
  const type = types.get(text) ?? typeOf(text)
  types.set(text, type)
  return type
}

const patterns = new Map<string, RegExp>()
/** @param freeing character that takes the meaning of the next one */
function like(value: string, pattern: string, freeing: string | null, binary: boolean): boolean {
  const id = `${binary}${freeing}${pattern}`
  const found = patterns.get(id) ?? likePattern(binary ? pattern : folding(pattern), freeing ?? undefined)
  patterns.set(id, found)
  return found.test(binary ? value : folding(value))
}
