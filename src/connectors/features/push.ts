/** Which part of a condition can the service be asked, so that no row is lost? Pure. */

import type { Column, Condition, Scalar } from '../../model/index.ts'
import { compared, equal, type Leaf, mostValues } from './comparison.ts'
import { always, every, everything, type Known, type Pushed, some } from './pushed.ts'

/**
 * The part of a condition that can be asked. Negations are carried down to the comparisons first (SQL's three values allow it), so
 * that the service never sees one.
 */
export function push(condition: Condition | undefined, known: Known): Pushed {
  return condition ? weaken(condition, false, known) : always
}

function weaken(condition: Condition, negated: boolean, known: Known): Pushed {
  switch (condition.op) {
    case 'not':
      return weaken(condition.of, !negated, known)
    case 'and':
    case 'or': {
      const parts = condition.of.map(part => weaken(part, negated, known))
      return (condition.op === 'and') !== negated ? every(parts) : some(parts)
    }
    case 'keys':
      return negated ? everything : someKeys(condition.columns, condition.keys, known)
    default:
      return compared(negated ? opposite(condition) : condition, known)
  }
}

/** What is true when a comparison is false, for a value that is there; undefined when there are no words for it. */
function opposite(condition: Leaf): Leaf | undefined {
  const opposites = { eq: 'ne', ne: 'eq', lt: 'gte', gte: 'lt', gt: 'lte', lte: 'gt', in: 'notIn', notIn: 'in' } as const
  switch (condition.op) {
    case 'isNull':
      return { ...condition, value: !condition.value }
    case 'in':
    case 'notIn':
      return { ...condition, op: opposites[condition.op] }
    case 'contains':
    case 'startsWith':
    case 'bbox':
    case 'within':
    case 'near':
      return undefined
    default:
      return { ...condition, op: opposites[condition.op] }
  }
}

function someKeys(columns: readonly Column[], keys: readonly (readonly Scalar[])[], known: Known): Pushed {
  if (keys.length > mostValues) return everything
  return some(keys.map(key => every(columns.map((column, at) => equal(column, key[at]!, known)))))
}
