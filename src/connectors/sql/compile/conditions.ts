/** How is a condition said in SQL, with its three-valued logic kept? */

import type { Condition, Scalar } from '../../../model/index.ts'
import type { Context } from './context.ts'
import { bind, type Fragment, join, raw, sql, wrap } from './fragment.ts'
import { touches } from './geometry.ts'
import type { Comparable } from './kind.ts'
import { asListed, oneOfKeys } from './lists.ts'
import { comparable, presence } from './served.ts'
import { exactBound, exactly, needsBoth, printed } from './text.ts'
import { bound, type Placed, placeOf, refusal } from './values.ts'

export const nothing = raw('1 = 0')
const everything = raw('1 = 1')

/**
 * A condition as a piece of SQL that is true, false or null exactly where the condition is true, false or unknown.
 *
 * @throws GatewayError BAD_USER_INPUT for a value the source cannot take, SOURCE_CHANGED for a column that cannot be compared
 */
export function conditionSql(condition: Condition, context: Context): Fragment {
  switch (condition.op) {
    case 'and':
    case 'or': {
      const parts = condition.of.map(part => conditionSql(part, context))
      if (parts.length === 0) return condition.op === 'and' ? everything : nothing
      return parts.length === 1 ? parts[0]! : sql`(${join(parts, ` ${condition.op} `)})`
    }
    case 'not':
      return sql`not (${conditionSql(condition.of, context)})`
    case 'isNull':
      return isNull(presence(condition.column, context), condition.value)
    case 'bbox':
    case 'within':
    case 'near':
      return touches(condition, context)
    case 'keys':
      return oneOfKeys(condition.columns, condition.keys, context) ?? nothing
    case 'in':
    case 'notIn':
      return listed(comparable(condition.column, context), condition.values, condition.op === 'notIn', context)
    case 'contains':
    case 'startsWith':
      return searched(condition, context)
    default:
      return compared(condition.op, comparable(condition.column, context), condition.value, context)
  }
}

export function isNull(expression: Fragment, wanted: boolean): Fragment {
  return wanted ? sql`${expression} is null` : sql`${expression} is not null`
}

export type Comparison = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'

/** One comparison. Equality of texts is exact; order is the engine's own, as in `order by`. */
export function compared(op: Comparison, column: Comparable, value: Scalar, context: Context): Fragment {
  if (value === '' && context.dialect.emptyTextIsNull) return comparedWithEmpty(op, column)
  const placed = placeOf(value, column, context.dialect)
  if (placed.is === 'impossible') throw refusal(placed.why)
  if (op === 'eq' || op === 'ne') {
    if (placed.is === 'at') return equal(op, column, placed.text, context)
    return op === 'eq' ? never(column) : always(column)
  }
  if (placed.is === 'nowhere') throw refusal(placed.why)
  return ordered(placed.is === 'at' ? op : beside[placed.is][op], column, placed.text, context)
}

/** A value that the column cannot hold lies between two that it can: everything after it is at or after its neighbour. */
const beside = {
  before: { gt: 'gte', gte: 'gte', lt: 'lt', lte: 'lt' },
  after: { gt: 'gt', gte: 'gt', lt: 'lte', lte: 'lte' },
} as const satisfies Record<string, Record<string, Comparison>>

const signs = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

function ordered(op: keyof typeof signs, column: Comparable, text: string, { dialect }: Context): Fragment {
  return sql`${column.expression} ${raw(signs[op])} ${bound(text, column, dialect)}`
}

function equal(op: 'eq' | 'ne', column: Comparable, text: string, context: Context): Fragment {
  const exact = sql`${exactly(column, context)} ${raw(op === 'eq' ? '=' : '<>')} ${exactBound(text, column, context)}`
  if (op === 'ne' || !needsBoth([column], context)) return exact
  return sql`(${column.expression} = ${bound(text, column, context.dialect)} and ${exact})`
}

/** Oracle keeps no empty text: asking for it means asking for rows without a value. */
function comparedWithEmpty(op: Comparison, column: Comparable): Fragment {
  if (op === 'eq' || op === 'ne') return isNull(column.expression, op === 'eq')
  // Every text that is there comes after the empty one.
  return op === 'gt' || op === 'gte' ? always(column) : never(column)
}

/** False for every value, unknown for a missing one. */
function never({ expression }: Comparable): Fragment {
  return sql`${expression} <> ${expression}`
}

/** True for every value, unknown for a missing one. */
function always({ expression }: Comparable): Fragment {
  return sql`${expression} = ${expression}`
}

function listed(column: Comparable, values: readonly Scalar[], negated: boolean, context: Context): Fragment {
  const orEmpty = context.dialect.emptyTextIsNull && values.includes('')
  const texts = values.filter(value => !(orEmpty && value === '')).flatMap(value => textOf(placeOf(value, column, context.dialect)))
  const found = texts.length === 0 ? (negated ? always(column) : never(column)) : asListed(column, texts, negated, context)
  if (!orEmpty) return found
  return negated ? sql`(${found} and ${isNull(column.expression, false)})` : sql`(${found} or ${isNull(column.expression, true)})`
}

function textOf(placed: Placed): string[] {
  if (placed.is === 'impossible') throw refusal(placed.why)
  return placed.is === 'at' ? [placed.text] : []
}

function searched({ op, column, value }: Extract<Condition, { op: 'contains' | 'startsWith' }>, context: Context): Fragment {
  const { search, emptyTextIsNull } = context.dialect
  const found = comparable(column, context)
  if (value.includes('\0') || !value.isWellFormed()) throw refusal('a character that no text holds')
  if (value === '' && emptyTextIsNull) return isNull(found.expression, false)
  const literal = value.toLowerCase().replace(search.special, '!$&')
  const pattern = bind(op === 'contains' ? `%${literal}%` : `${literal}%`)
  return sql`${wrap(printed(found, context), search.column)} ${raw(search.operator)} ${pattern} escape '!'`
}
