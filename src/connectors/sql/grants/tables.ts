/** Which columns of which tables are needed, all datasets of a source together? */

import type { NeededColumns } from '../../../model/index.ts'
import { type Place, place } from '../place.ts'

export interface NeededTable extends Place {
  /** Each once, by name. */
  readonly columns: readonly string[]
}

/** What the printed statements begin from. */
export interface GrantsFor {
  readonly user: string
  readonly database: string
  /** Connections that the gateway makes at most. */
  readonly connections: number
  readonly tables: readonly NeededTable[]
}

/** Tables by name; two datasets of one table need what both need. */
export function tablesOf(needed: readonly NeededColumns[]): readonly NeededTable[] {
  const byTable = new Map<string, { place: Place; columns: Set<string> }>()
  for (const { place: given, columns } of needed) {
    const at = place.parse(given)
    const key = JSON.stringify([at.schema ?? '', at.table])
    const known = byTable.get(key) ?? { place: at, columns: new Set<string>() }
    for (const column of columns) known.columns.add(column)
    byTable.set(key, known)
  }
  return [...byTable].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { place: at, columns }]) => ({ ...at, columns: [...columns].sort() }))
}

/** Schemas that tables are named with. */
export function schemasOf(tables: readonly NeededTable[]): readonly string[] {
  return [...new Set(tables.flatMap(({ schema }) => schema ?? []))]
}

/** A name in quotes, which double within it. */
export function quoted(name: string, [open, close]: readonly [string, string]): string {
  return open + name.replaceAll(close, close + close) + close
}

/** A text in quotes. Control characters have no business in the name of an account. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A line of a comment stays one line, whatever a name holds. */
export function comment(text: string): string {
  return `-- ${text.replace(/\p{Cc}/gu, ' ')}`
}
