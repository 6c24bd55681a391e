/** Which columns does a request name? */

import type { Column, Condition, SourceRequest } from '../../model/index.ts'

/** Every column that a request names anywhere, each object once: to read, to filter, to order, to group or to match by. */
export function columnsNamed(request: SourceRequest): Column[] {
  return [...new Set([...columnsAsked(request), ...(request.where ? columnsIn(request.where) : [])])]
}

/** Every column that a condition names. */
export function columnsIn(condition: Condition): readonly Column[] {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.of.flatMap(columnsIn)
    case 'not':
      return columnsIn(condition.of)
    case 'keys':
      return condition.columns
    default:
      return [condition.column]
  }
}

function columnsAsked(request: SourceRequest): readonly Column[] {
  if (request.kind === 'aggregate') return [...request.groupBy, ...request.measures.flatMap(({ column }) => (column ? [column] : []))]
  const ordered = request.orderBy.map(({ column }) => column)
  return [...request.columns, ...ordered, ...(request.kind === 'keyed' ? request.match : [])]
}
