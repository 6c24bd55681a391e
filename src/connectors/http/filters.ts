/** Which part of a question can the service answer by itself, and does it? */

import type { Cell, Column, Condition, Scalar, SourceRequest } from '../../model/index.ts'
import type { Table } from '../shared/table.ts'
import type { HttpPlace } from './options.ts'
import type { Parameters } from './request.ts'

/** Rows with one value in a column, which the service has a parameter for. */
export interface Equality {
  readonly column: Column
  readonly parameter: string
  readonly value: Scalar
}

/**
 * Equalities that every row of the answer must meet and that the service has parameters for. Rows are checked again all the same.
 *
 * Only texts and whole numbers: how a service writes other values in a parameter is nobody's to guess.
 */
export function equalities(request: SourceRequest, { filters }: Pick<HttpPlace, 'filters'>): readonly Equality[] {
  if (!filters) return []
  const asked = [...(request.where ? equal(request.where) : []), ...(request.kind === 'keyed' ? ofKeys(request.match, request.keys) : [])]
  const found = new Map<string, Equality>()
  for (const { column, value } of asked) {
    const parameter = Object.hasOwn(filters, column.column) ? filters[column.column] : undefined
    if (parameter !== undefined && pushable.has(column.type) && plain.test(String(value)))
      found.set(parameter, { column, parameter, value })
  }
  return [...found.values()]
}

/** Commas, stars and the like mean more than themselves to some services: such values are looked for here. */
const plain = /^-?[\p{L}\p{N}]([\p{L}\p{N} _.:-]*[\p{L}\p{N}])?$/u

const pushable: ReadonlySet<string> = new Set(['text', 'code', 'int', 'bigint'])

type Pinned = Pick<Equality, 'column' | 'value'>

function equal(condition: Condition): readonly Pinned[] {
  switch (condition.op) {
    case 'and':
      return condition.of.flatMap(equal)
    case 'eq':
      return [{ column: condition.column, value: condition.value }]
    case 'in':
      return condition.values.length === 1 ? [{ column: condition.column, value: condition.values[0]! }] : []
    case 'keys':
      return ofKeys(condition.columns, condition.keys)
    default:
      return []
  }
}

function ofKeys(columns: readonly Column[], keys: readonly (readonly Scalar[])[]): readonly Pinned[] {
  return keys.length === 1 ? columns.map((column, at) => ({ column, value: keys[0]![at]! })) : []
}

/** Parameters of a call for rows that meet the equalities. */
export function parametersOf(equalities: readonly Equality[]): Parameters {
  return Object.fromEntries(equalities.map(({ parameter, value }) => [parameter, String(value)]))
}

/** A value that no row has: a service that finds rows all the same does not read the filter. */
export function impossible({ column, parameter }: Equality): Parameters {
  return { [parameter]: column.type === 'int' || column.type === 'bigint' ? '-987654321' : 'stadttor-gibt-es-nicht' }
}

/** A value that rows of a page have, and how many of them. */
export interface Trial {
  readonly value: Scalar
  readonly count: number
}

/**
 * What the service can be tried with. None where a value is written otherwise than it is read (`007` for 7): the service compares
 * what is written, and would miss rows that we find.
 */
export function trialsOf({ column }: Equality, table: Table): readonly Trial[] {
  if (table.names && !table.names.has(column.column)) return []
  const counts = new Map<Scalar, number>()
  for (let row = 0; row < table.size; row++) {
    const raw = table.raw(column.column, row)
    const cell = table.convert(raw, column)
    if (cell === null || cell === undefined) continue
    if (typeof cell === 'object' || String(raw) !== String(cell)) return []
    if (cell !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  const rising = [...counts].sort(([, one], [, other]) => one - other)
  return [...new Set([rising[0], rising.at(-1)])].flatMap(trial => (trial ? [{ value: trial[0], count: trial[1] }] : []))
}

/** Rows of a table that have a value in a column. */
export function countOf({ column }: Equality, value: Scalar, table: Table): number {
  let count = 0
  for (let row = 0; row < table.size; row++) {
    const cell: Cell | undefined = table.convert(table.raw(column.column, row), column)
    if (cell === value) count++
  }
  return count
}
