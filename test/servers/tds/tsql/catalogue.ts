/** Which tables are there? */

import type { SqlType } from '../types.ts'

export interface TableColumn {
  readonly name: string
  readonly type: SqlType
}

export interface Table {
  readonly name: string
  /** Its name in SQLite. */
  readonly kept: string
  readonly columns: readonly TableColumn[]
  /** Columns that the account may not read. */
  readonly denied: readonly string[]
}

/** By schema and name in small letters, `dbo.baum`: the database's own collation forgives case. */
export type Catalogue = ReadonlyMap<string, Table>
