/** What do statements say that are no select, and what may values of a statement be? */

import { OracleError } from './errors.ts'
import type { BindShape } from './statements.ts'
import { longestText, type OracleType } from './types.ts'

/** How times are printed where no format is said. */
export interface Formats {
  readonly date: string
  readonly timestamp: string
}

/** Those of a server that nobody has told otherwise; the stand-in cannot print them. */
export const usualFormats: Formats = { date: 'DD-MON-RR', timestamp: 'DD-MON-RR HH.MI.SSXFF AM' }

export type Command =
  | { readonly is: 'select' }
  | { readonly is: 'readOnly' }
  | { readonly is: 'settings'; readonly settings: Readonly<Record<string, string>> }

const changes = /^(insert|update|delete|merge|lock|create|drop|truncate|grant)\b/i

/** @throws OracleError for a change, which the account may not make, and for anything unknown */
export function commandOf(sql: string, readOnly: 'transaction' | 'session' | undefined): Command {
  const words = sql.trim().replace(/\s+/g, ' ')
  if (/^select\b/i.test(words)) return { is: 'select' }
  if (/^alter session set /i.test(words)) return { is: 'settings', settings: settingsOf(words) }
  if (/^set transaction read only$/i.test(words)) {
    if (readOnly === 'transaction') throw new OracleError(1453, 'SET TRANSACTION must be first statement of transaction')
    return { is: 'readOnly' }
  }
  if (!changes.test(words)) throw new OracleError(900, 'invalid SQL statement')
  throw refusals[readOnly ?? 'account']()
}

const refusals = {
  account: () => new OracleError(1031, 'insufficient privileges'),
  transaction: () => new OracleError(1456, 'may not perform insert, delete, update operation inside a READ ONLY transaction'),
  session: () => new OracleError(28_193, 'Can perform read operations only'),
} as const

function settingsOf(words: string): Record<string, string> {
  return Object.fromEntries(
    [...words.matchAll(/(\w+) ?= ?(?:'((?:[^']|'')*)'|(\w+))/g)].map(([, name = '', text, word]) => [
      name.toUpperCase(),
      text ?? word ?? '',
    ]),
  )
}

/** Numbers of types on the wire that the client binds or asks for. */
export const wireType = { varchar: 1, number: 2, long: 8, raw: 23, longRaw: 24, char: 96, clob: 112, blob: 113 } as const

export const textTypes: ReadonlySet<number> = new Set([wireType.varchar, wireType.long, wireType.char])

/** @throws OracleError for texts that are too long for a select */
export function bindTypeOf({ type, size }: BindShape): OracleType {
  if (textTypes.has(type)) {
    if (size > longestText) throw new OracleError(1461, 'can bind a LONG value only for insert into a LONG column')
    return { name: 'VARCHAR2', size }
  }
  switch (type) {
    case wireType.number:
      return { name: 'NUMBER' }
    case wireType.raw:
      return { name: 'RAW', size }
    case wireType.clob:
      return { name: 'CLOB' }
    case wireType.blob:
      return { name: 'BLOB' }
    default:
      throw new Error(`no statement of ours binds a value of type ${type}`)
  }
}
