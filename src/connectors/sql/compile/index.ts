/** What text does a database get? A request and a dialect in, statements out; pure. */

import type { Column, Condition, SourceRequest } from '../../../model/index.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { placeOf } from '../place.ts'
import { compileAggregate } from './aggregate.ts'
import type { Context } from './context.ts'
import { compileKeyed, compileRows } from './rows.ts'
import { probeSql, sridSql } from './select.ts'
import { type Compiled, type Probe, type Statement, statementOf } from './statement.ts'

export { type Context, type Facts, tableName } from './context.ts'
export type { Binding, BindingType, Wrap } from './fragment.ts'
export type { Compiled, Probe, Reader, Statement } from './statement.ts'
export { refusal } from './values.ts'

/**
 * @param companions what is known of the tables of the request's companions, in their order
 * @throws GatewayError BAD_USER_INPUT for a value that the source cannot take, SOURCE_CHANGED when a column is not what its field
 *   declares
 */
export function compile(request: SourceRequest, known: Context, companions: readonly Context[] = []): Compiled {
  const context = withPresent(request, known)
  switch (request.kind) {
    case 'rows':
      return compileRows(
        request,
        context,
        companions.map((other, at) => withPresent(request.companions![at]!, other)),
      )
    case 'keyed':
      return compileKeyed(request, context)
    case 'aggregate':
      return compileAggregate(request, context)
  }
}

/** A row that passes a condition on a column has a value there, whatever the table allows: then an index in that order serves as it is. */
function withPresent({ where }: Pick<SourceRequest, 'where'>, context: Context): Context {
  return where ? { ...context, passed: passed(where) } : context
}

function passed(where: Condition): readonly string[] {
  if (where.op === 'and') return where.of.flatMap(passed)
  return !('column' in where) || (where.op === 'isNull' && where.value) ? [] : [where.column.column]
}

/** A statement that is prepared but never run: its columns are these, so the source tells how it keeps them. */
export function compileProbe(columns: readonly Column[], context: Context): Probe {
  const { schema, table } = placeOf(context.dataset.place)
  return { ...statementOf(probeSql(columns, context), context.dialect), schema, table, columns: columns.map(({ column }) => column) }
}

/** Asks one row for the EPSG number of its geometry. */
export function compileSrid(column: Column, context: Context): Statement | undefined {
  const piece = sridSql(column, context)
  return piece && statementOf(piece, context.dialect)
}

/** Every column that a request names, each once. */
export function columnsOf(request: SourceRequest): Column[] {
  const named = new Map<string, Column>()
  everyColumn(request, column => named.set(column.column, column) !== undefined)
  return [...named.values()]
}

/** Whether all columns that a request names are so. */
export function everyColumn(request: SourceRequest, isSo: (column: Column) => boolean): boolean {
  const isNamed =
    request.kind === 'aggregate'
      ? request.groupBy.every(isSo) && request.measures.every(({ column }) => !column || isSo(column))
      : request.columns.every(isSo) &&
        request.orderBy.every(({ column }) => isSo(column)) &&
        (request.kind !== 'keyed' || request.match.every(isSo))
  return isNamed && leavesOf(request.where).every(leaf => (leaf.op === 'keys' ? leaf.columns.every(isSo) : isSo(leaf.column)))
}

/** Geometry columns that are filtered by, and of which the source has to say in which reference system they stand. */
export function unplaced({ where }: SourceRequest, { geometry: { filter } }: Dialect): Column[] {
  const always = filter.by === 'area' && filter.ownSrid === true
  return leavesOf(where)
    .filter(leaf => leaf.op === 'bbox' || leaf.op === 'within' || leaf.op === 'near')
    .map(leaf => leaf.column)
    .filter(column => always || !('crs' in column && column.crs !== undefined))
}

type Leaf = Exclude<Condition, { op: 'and' | 'or' | 'not' }>

function leavesOf(condition: Condition | undefined): readonly Leaf[] {
  if (!condition) return []
  if (condition.op === 'not') return leavesOf(condition.of)
  return 'of' in condition ? condition.of.flatMap(leavesOf) : [condition]
}
