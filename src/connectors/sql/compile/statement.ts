/** What leaves the compiler: statements, and how their answers are read. */

import type { FieldType, Written } from '../../../model/index.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { type Binding, type Fragment, render } from './fragment.ts'
import { refusal } from './values.ts'

/** One `select`, ready for a driver. */
export interface Statement {
  readonly text: string
  readonly bindings: readonly Binding[]
}

/** A select of plain columns, to learn how the source keeps them. */
export interface Probe extends Statement {
  readonly schema: string | undefined
  readonly table: string
  /** As the source spells them, in the order in which they are selected. */
  readonly columns: readonly string[]
}

/** Where a cell of the answer stands in the rows of the statement, and what it is. */
export interface Reader {
  readonly at: number
  readonly type: FieldType
  /** Zone of a wall clock; absent for an instant. */
  readonly zone?: string
  /** How the source writes it, where the answer holds what is stored. */
  readonly written?: Written
  /** Reference system of a geometry, when it is declared. */
  readonly crs?: string
  /** Where the row says the EPSG number of the geometry. */
  readonly sridAt?: number
}

export interface Compiled {
  /** Each asks for its own share of the keys; one for everything else. None: no row can match. */
  readonly statements: readonly Statement[]
  readonly readers: readonly Reader[]
  /** The companions have been left out. */
  readonly alone?: true
}

/** @throws GatewayError BAD_USER_INPUT when the source cannot take so many values */
export function statementOf(piece: Fragment, dialect: Dialect): Statement {
  if (piece.bindings.length > dialect.bindings) {
    throw refusal(`${piece.bindings.length} values in one statement; ${dialect.name} takes ${dialect.bindings}`)
  }
  return { text: render(piece, dialect.placeholder), bindings: piece.bindings }
}
