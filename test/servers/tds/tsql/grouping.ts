/** Which values does a group of rows have? */

import { errors } from '../errors.ts'
import type { Expression, Select, Sorting, Test } from './syntax.ts'

const aggregateNames = ['count', 'sum', 'avg', 'min', 'max']

/** Whether a value is made of many rows. */
export function aggregates(value: Expression): boolean {
  if (value.is === 'countAll' || (value.is === 'call' && aggregateNames.includes(value.name))) return true
  return value.is !== 'rowNumber' && partsOf(value).some(aggregates)
}

/**
 * What is no group and no aggregate has no single value.
 *
 * @throws SqlError 8120
 */
export function checkGrouped(items: Select['items'], orderBy: readonly Sorting[], groupBy: readonly Expression[]): void {
  const groups = groupBy.map(group => JSON.stringify(group))
  const check = (value: Expression): void => {
    if (groups.includes(JSON.stringify(value)) || value.is === 'countAll') return
    if (value.is === 'call' && aggregateNames.includes(value.name)) return
    if (value.is === 'column') throw errors.notGrouped(value.name)
    partsOf(value).forEach(check)
  }
  for (const { value } of items) check(value)
  for (const { by } of orderBy) check(by)
}

function partsOf(value: Expression): readonly Expression[] {
  switch (value.is) {
    case 'call':
      return value.arguments
    case 'method':
      return typeof value.of === 'string' ? value.arguments : [value.of, ...value.arguments]
    case 'property':
      return [value.of]
    case 'convert':
    case 'collate':
      return [value.value]
    case 'case':
      return [...value.branches.flatMap(({ when, result }) => [...valuesIn(when), result]), value.otherwise]
    default:
      return []
  }
}

function valuesIn(test: Test): readonly Expression[] {
  switch (test.is) {
    case 'and':
    case 'or':
      return [...valuesIn(test.left), ...valuesIn(test.right)]
    case 'not':
      return valuesIn(test.test)
    case 'compare':
      return [test.left, test.right]
    case 'in':
      return [test.value, ...test.list]
    case 'like':
      return [test.value, test.pattern]
    case 'null':
      return [test.value]
  }
}
