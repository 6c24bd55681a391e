/** What does a database tell of its tables, in the same words whatever its dialect? */

import type { SourceAccount } from '../../../model/index.ts'
import type { Fragment } from '../compile/fragment.ts'
import type { Dialect } from '../dialects/index.ts'
import type { Place } from '../place.ts'

/** Asks one select; its cells come as texts. */
export type Ask = (piece: Fragment) => Promise<readonly TextRow[]>
export type TextRow = readonly (string | null)[]

/** A table or view. */
export interface Relation {
  /** Absent: the schema in which the account stands. */
  readonly schema?: string
  readonly name: string
  readonly what: 'table' | 'view'
  readonly title?: string
  readonly about?: string
  /** As the statistics of the database have it; nothing is counted for it. */
  readonly rows?: number
}

export interface CatalogueColumn {
  readonly name: string
  /** In the words of the database. */
  readonly stored: string
  readonly nullable?: boolean
  readonly about?: string
  /** EPSG number of a geometry, where it is declared. */
  readonly srid?: number
  /** The only values that the database lets in. */
  readonly values?: readonly string[]
}

/** Without conditions and without expressions in front: one that serves every row. */
export interface Index {
  readonly name: string
  readonly primary: boolean
  readonly unique: boolean
  /** In the order of the index. */
  readonly columns: readonly string[]
}

export interface Described {
  readonly relation: Relation
  readonly columns: readonly CatalogueColumn[]
  /** Absent: unknown, or not of this relation: views have none of their own. */
  readonly indexes?: readonly Index[]
}

export interface Catalogue {
  /** Tables and views that the account may read something of. */
  list(ask: Ask): Promise<readonly Relation[]>
  /** `undefined`: there is no such table or view, or none that the account may know of. */
  describe(place: Place, ask: Ask): Promise<Described | undefined>
  /** Absent: such a source knows no accounts. */
  account?(ask: Ask): Promise<SourceAccount>
}

/** Catalogues by dialect; that of a server is known once it was asked what it is. */
export type CatalogueOf = (dialect: Dialect) => Catalogue

/** A row that begins with schema, name, `table` or `view`, comment, number of rows. */
export function relationOf([schema, name, what, about, rows]: TextRow): Relation {
  return {
    ...(schema && { schema }),
    name: name ?? '',
    what: what === 'view' ? 'view' : 'table',
    ...(about && { about }),
    ...(rows !== null && rows !== undefined && { rows: Number(rows) }),
  }
}

/** Rows of index, `1` for that of the primary key, `1` for a unique one, column; in the order of the index. */
export function indexesOf(rows: readonly TextRow[]): readonly Index[] {
  const byName = Map.groupBy(rows, ([name]) => name)
  return [...byName].map(([name, parts]) => ({
    name: name ?? '',
    primary: parts[0]?.[1] === '1',
    unique: parts[0]?.[2] === '1',
    columns: parts.map(([, , , column]) => column ?? ''),
  }))
}

/** Rows of table and column, as what an account may read. */
export function readsOf(rows: readonly TextRow[]): SourceAccount['reads'] {
  const byTable = Map.groupBy(rows, ([table]) => table ?? '')
  return [...byTable].map(([table, parts]) => ({ table, columns: [...new Set(parts.map(([, column]) => column ?? ''))] }))
}

/** `1`, `0`, or not known. */
export function flag(cell: string | null | undefined): boolean | undefined {
  return cell === '1' ? true : cell === '0' ? false : undefined
}
