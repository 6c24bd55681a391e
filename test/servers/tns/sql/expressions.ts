/** How does SQLite compute an expression of Oracle's, and decide a condition? */

import type { ResultColumn } from '../answers.ts'
import { OracleError } from '../errors.ts'
import { encodeNumber } from '../numbers.ts'
import type { OracleType } from '../types.ts'
import { library } from './library.ts'
import { inconsistent, isText, quoted, type Scope, type Typed, textOf, textSql, unordered } from './scope.ts'
import type { Call, Condition, Expression, Ordering } from './statement.ts'

// ---- conditions ----

export function conditionSql(condition: Condition, scope: Scope): string {
  switch (condition.is) {
    case 'and':
    case 'or':
      return balanced(
        condition.of.map(part => conditionSql(part, scope)),
        condition.is,
      )
    case 'not':
      return `not (${conditionSql(condition.of, scope)})`
    case 'missing':
      return `${typed(condition.of, scope).sql} is ${condition.negated ? 'not ' : ''}null`
    case 'compared': {
      const [left, right] = comparable(typed(condition.left, scope), typed(condition.right, scope))
      return `${left} ${condition.sign} ${right}`
    }
    case 'listed':
      return listedSql(condition, scope)
    case 'like': {
      // Without an escape of its own a pattern could not be said for certain.
      if (!condition.escape) throw new OracleError(3001, 'unimplemented feature')
      const [of, pattern, marker] = [condition.of, condition.pattern, condition.escape].map(part => textOf(typed(part, scope)))
      return `ora_like(${of}, ${pattern}, ${marker}) = ${condition.negated ? 0 : 1}`
    }
  }
}

/** SQLite takes a chain of a thousand for a thousand levels. */
function balanced(parts: readonly string[], between: 'and' | 'or'): string {
  if (parts.length === 1) return parts[0]!
  const middle = Math.ceil(parts.length / 2)
  return `(${balanced(parts.slice(0, middle), between)} ${between} ${balanced(parts.slice(middle), between)})`
}

function listedSql({ of, list, negated }: Extract<Condition, { is: 'listed' }>, scope: Scope): string {
  const left = typed(of, scope)
  const pairs = list.map(item => comparable(left, typed(item, scope)))
  const [first] = pairs[0]!
  if (pairs.some(([same]) => same !== first)) throw inconsistent(left.type.name, left.type)
  return `${first} ${negated ? 'not in' : 'in'} (${pairs.map(([, item]) => item).join(', ')})`
}

/** Both sides as SQLite has to compare them. Two CHARs are compared without their blanks; one beside a VARCHAR2 is not. */
function comparable(left: Typed, right: Typed): readonly [left: string, right: string] {
  if (isText(left.type) && isText(right.type)) {
    const padded = left.type.name === 'CHAR' && right.type.name === 'CHAR'
    return padded ? [`rtrim(${left.sql}, ' ')`, `rtrim(${right.sql}, ' ')`] : [left.sql, right.sql]
  }
  if (left.type.name !== right.type.name || unordered.has(left.type.name)) throw inconsistent(left.type.name, right.type)
  return [left.sql, right.sql]
}

// ---- expressions ----

export function typed(expression: Expression, scope: Scope): Typed {
  if (scope.groups) {
    const alone = typed(expression, { ...scope, groups: undefined })
    if (scope.groups.has(alone.sql)) return alone
  }
  switch (expression.is) {
    case 'text':
      return { sql: textSql(expression.text), type: { name: 'CHAR', size: Math.max(expression.text.length, 1) } }
    case 'number':
      return { sql: `x'${encodeNumber(expression.text).toString('hex')}'`, type: { name: 'NUMBER' } }
    case 'null':
      return { sql: 'null', type: { name: 'VARCHAR2', size: 1 } }
    case 'bind':
      return { sql: `@b${expression.index}`, type: bindType(expression.index, scope) }
    case 'path':
      return columnSql(expression, scope)
    case 'cast':
      return castSql(typed(expression.of, scope), expression.to)
    case 'case':
      return caseSql(expression, scope)
    case 'call':
      return callSql(expression, scope)
  }
}

function bindType(index: number, { binds }: Scope): OracleType {
  if (binds === undefined) return { name: 'VARCHAR2' }
  const type = binds[index - 1]
  if (!type) throw new OracleError(1008, 'not all variables bound')
  return type
}

function columnSql({ names, at }: Extract<Expression, { is: 'path' }>, scope: Scope): Typed {
  const [first = '', second, third, ...more] = names
  const found = (alias: string, name: string): ResultColumn | undefined =>
    alias === scope.alias ? scope.columns.find(column => column.name === name) : undefined
  const column = second === undefined ? scope.columns.find(column => column.name === first) : found(first, second)
  const whole = column && { sql: `${quoted(scope.alias)}.${quoted(column.name)}`, type: column.type }
  if (!whole || more.length > 0) throw unknownName(names, at)
  if (third !== undefined) {
    const attribute = whole.type.name === 'SDO_GEOMETRY' ? geometryAttributes[third] : undefined
    if (!attribute) throw unknownName(names, at)
    return ungrouped({ sql: `${attribute}(${whole.sql})`, type: { name: 'NUMBER' } }, scope, at)
  }
  return ungrouped(whole, scope, at)
}

const geometryAttributes: Readonly<Record<string, string>> = { SDO_SRID: 'ora_srid', SDO_GTYPE: 'ora_gtype' }

function ungrouped(column: Typed, { groups }: Scope, at: number): Typed {
  if (!groups) return column
  throw groups.size === 0
    ? new OracleError(937, 'not a single-group group function', at)
    : new OracleError(979, 'not a GROUP BY expression', at)
}

function unknownName(names: readonly string[], at: number): OracleError {
  return new OracleError(904, `${names.map(quoted).join('.')}: invalid identifier`, at)
}

function castSql(of: Typed, to: OracleType): Typed {
  const text = textOf(of)
  return to.name === 'CHAR' ? { sql: `ora_pad(${text}, ${to.size ?? 1})`, type: to } : { sql: text, type: to }
}

/** All results are of one type; a null has whichever it takes. */
function caseSql({ branches, otherwise }: Extract<Expression, { is: 'case' }>, scope: Scope): Typed {
  const results = [...branches.map(({ result }) => result), ...(otherwise ? [otherwise] : [])]
  const types = results.filter(({ is }) => is !== 'null').map(result => typed(result, scope).type)
  const type = types[0] ?? { name: 'VARCHAR2', size: 1 }
  const other = types.find(({ name }) => name !== type.name && !(isText({ name }) && isText(type)))
  if (other) throw inconsistent(type.name, other)
  const parts = branches.map(({ when, result }) => `when ${conditionSql(when, scope)} then ${typed(result, scope).sql}`)
  return { sql: `case ${parts.join(' ')}${otherwise ? ` else ${typed(otherwise, scope).sql}` : ''} end`, type }
}

const aggregates = new Set(['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'])

export function isAggregate(expression: Expression): boolean {
  if (expression.is === 'cast') return isAggregate(expression.of)
  if (expression.is !== 'call' || expression.over) return false
  return aggregates.has(expression.name) || expression.inputs.some(isAggregate)
}

function callSql(call: Call, scope: Scope): Typed {
  if (call.name === 'ROW_NUMBER' && call.over) return rowNumber(call.over, scope)
  if (call.over) throw new OracleError(3001, 'unimplemented feature', call.at)
  if (aggregates.has(call.name)) return aggregateSql(call, { ...scope, groups: undefined })
  const make = library[call.name]
  if (!make || call.distinct || call.everything) throw unknownName([call.name], call.at)
  return make(
    call.inputs.map(input => typed(input, scope)),
    scope,
  )
}

function rowNumber({ partitionBy, orderBy }: NonNullable<Call['over']>, scope: Scope): Typed {
  if (orderBy.length === 0) throw new OracleError(30_485, 'missing ORDER BY expression in the window specification')
  const partition = partitionBy.length > 0 ? `partition by ${partitionBy.map(part => typed(part, scope).sql).join(', ')} ` : ''
  return { sql: `ora_count(row_number() over (${partition}order by ${orderSql(orderBy, scope)}))`, type: { name: 'NUMBER' } }
}

function aggregateSql({ name, inputs, distinct, everything }: Call, scope: Scope): Typed {
  if (everything) return { sql: 'ora_count(count(*))', type: { name: 'NUMBER' } }
  const [input] = inputs.map(one => typed(one, scope))
  if (!input || inputs.length !== 1) throw new OracleError(909, 'invalid number of arguments')
  if (name === 'COUNT') {
    if (distinct && unordered.has(input.type.name)) throw inconsistent('-', input.type)
    return { sql: `ora_count(count(${distinct ? 'distinct ' : ''}${input.sql}))`, type: { name: 'NUMBER' } }
  }
  if (unordered.has(input.type.name)) throw inconsistent('-', input.type)
  if (name === 'MIN' || name === 'MAX') return { sql: `${name.toLowerCase()}(${input.sql})`, type: input.type }
  const isFloat = input.type.name === 'BINARY_DOUBLE' || input.type.name === 'BINARY_FLOAT'
  if (!isFloat && input.type.name !== 'NUMBER') throw inconsistent('NUMBER', input.type)
  return {
    sql: `${isFloat ? '' : 'ora_'}${name.toLowerCase()}(${input.sql})`,
    type: isFloat ? { name: 'BINARY_DOUBLE' } : { name: 'NUMBER' },
  }
}

export function orderSql(orderBy: readonly Ordering[], scope: Scope): string {
  return orderBy
    .map(({ expression, descending, nulls }) => {
      const { sql, type } = typed(expression, scope)
      if (unordered.has(type.name)) throw inconsistent('-', type)
      return `${sql} ${descending ? 'desc' : 'asc'} nulls ${nulls}`
    })
    .join(', ')
}
