/**
 * How does SQLite answer a select of Oracle's?
 *
 * Every expression gets the type that Oracle would give it. NUMBERs, DATEs and TIMESTAMPs are kept in Oracle's own bytes, whose order is
 * the order of the values, so that SQLite compares, sorts and groups them rightly with all their digits. Where Oracle would convert one
 * type to another by itself, the stand-in refuses: such a conversion costs the index, and our statements must not rely on it.
 */

import type { ResultColumn } from '../answers.ts'
import { OracleError } from '../errors.ts'
import { encodeNumber } from '../numbers.ts'
import type { OracleType } from '../types.ts'
import type { Call, Condition, Derived, Expression, Ordering, Query, Table } from './grammar.ts'

/** What the statement is translated with. */
export interface Surroundings {
  /** Columns of a table and its name in SQLite. @throws OracleError */
  readonly table: (table: Table) => { readonly name: string; readonly columns: readonly ResultColumn[] }
  /** Types of the values; without them (a statement that is only described) every one is a text. */
  readonly binds: readonly OracleType[] | undefined
  /** How times are printed where no format is said. */
  readonly formats: { readonly date: string; readonly timestamp: string }
}

export interface Translated {
  readonly sql: string
  readonly columns: readonly ResultColumn[]
}

interface Typed {
  readonly sql: string
  readonly type: OracleType
}

interface Scope extends Surroundings {
  readonly alias: string
  readonly columns: readonly ResultColumn[]
  /** Expressions of `group by`, as they are written for SQLite; absent where rows are not grouped. */
  readonly groups: ReadonlySet<string> | undefined
}

export function translate(query: Query, surroundings: Surroundings): Translated {
  const source = sourceOf(query.from, surroundings)
  const plain: Scope = { ...surroundings, ...source, groups: undefined }
  const groups = query.groupBy.map(expression => typed(expression, plain).sql)
  const grouped = groups.length > 0 || query.items.some(({ expression }) => isAggregate(expression))
  const scope: Scope = grouped ? { ...plain, groups: new Set(groups) } : plain
  const items = query.items.map(({ expression, name }) => ({ name, ...typed(expression, scope) }))
  const parts = [
    `select ${items.map(({ sql, name }) => `${sql} as ${quoted(name)}`).join(', ')} from ${source.sql}`,
    query.where && `where ${conditionSql(query.where, plain)}`,
    groups.length > 0 && `group by ${groups.join(', ')}`,
    query.orderBy.length > 0 && `order by ${orderSql(query.orderBy, scope)}`,
    (query.limit || query.skip) && `limit ${query.limit ? rowsSql(query.limit, plain) : '-1'}`,
    query.skip && `offset ${rowsSql(query.skip, plain)}`,
  ]
  return { sql: parts.filter(part => typeof part === 'string').join(' '), columns: items.map(({ name, type }) => ({ name, type })) }
}

function sourceOf(from: Table | Derived, surroundings: Surroundings): { sql: string; alias: string; columns: readonly ResultColumn[] } {
  if (from.is === 'derived') {
    const { sql, columns } = translate(from.query, surroundings)
    return { sql: `(${sql}) ${quoted(from.alias)}`, alias: from.alias, columns }
  }
  const { name, columns } = surroundings.table(from)
  return { sql: `${quoted(name)} ${quoted(from.alias)}`, alias: from.alias, columns }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function rowsSql(expression: Expression, scope: Scope): string {
  const { sql, type } = typed(expression, scope)
  if (type.name !== 'NUMBER') throw inconsistent('NUMBER', type)
  return `ora_rows(${sql})`
}

function orderSql(orderBy: readonly Ordering[], scope: Scope): string {
  return orderBy
    .map(({ expression, descending, nulls }) => {
      const { sql, type } = typed(expression, scope)
      if (unordered.has(type.name)) throw inconsistent('-', type)
      return `${sql} ${descending ? 'desc' : 'asc'} nulls ${nulls}`
    })
    .join(', ')
}

/** Types that Oracle neither compares nor sorts. */
const unordered: ReadonlySet<string> = new Set(['CLOB', 'BLOB', 'SDO_GEOMETRY'])

function inconsistent(expected: string, { name }: OracleType): OracleError {
  return new OracleError(932, `inconsistent datatypes: expected ${expected} got ${name}`)
}

// ---- conditions ----

function conditionSql(condition: Condition, scope: Scope): string {
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

function isText({ name }: OracleType): boolean {
  return name === 'VARCHAR2' || name === 'NVARCHAR2' || name === 'CHAR'
}

function textOf({ sql, type }: Typed): string {
  if (!isText(type)) throw inconsistent('CHAR', type)
  return sql
}

// ---- expressions ----

function typed(expression: Expression, scope: Scope): Typed {
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

function textSql(text: string): string {
  return text === '' ? 'null' : `'${text.replaceAll("'", "''")}'`
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

function caseSql({ branches }: Extract<Expression, { is: 'case' }>, scope: Scope): Typed {
  const parts = branches.map(({ when, result }) => ({ when: conditionSql(when, scope), result: typed(result, scope) }))
  const { type } = parts[0]!.result
  if (parts.some(({ result }) => result.type.name !== type.name)) throw inconsistent(type.name, parts.at(-1)!.result.type)
  return { sql: `case ${parts.map(({ when, result }) => `when ${when} then ${result.sql}`).join(' ')} end`, type }
}

const aggregates = new Set(['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'])

function isAggregate(expression: Expression): boolean {
  if (expression.is === 'cast') return isAggregate(expression.of)
  if (expression.is !== 'call' || expression.over) return false
  return aggregates.has(expression.name) || expression.inputs.some(isAggregate)
}

function callSql(call: Call, scope: Scope): Typed {
  if (call.name === 'ROW_NUMBER' && call.over) return rowNumber(call.over, scope)
  if (call.over) throw new OracleError(3001, 'unimplemented feature', call.at)
  if (aggregates.has(call.name)) return aggregateSql(call, { ...scope, groups: undefined })
  const make = functions[call.name]
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

type Make = (inputs: readonly Typed[], scope: Scope) => Typed

const text4000 = { name: 'VARCHAR2', size: 4000 } as const
const clockTypes: ReadonlySet<string> = new Set(['DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'])

const functions: Readonly<Record<string, Make>> = {
  TO_CHAR: (inputs, { formats }) => toChar(inputs, formats),
  TO_NUMBER: inputs => ({ sql: `ora_number(${textOf(only(inputs))})`, type: { name: 'NUMBER' } }),
  TO_BINARY_DOUBLE: inputs => ({ sql: `ora_double(${textOf(only(inputs))})`, type: { name: 'BINARY_DOUBLE' } }),
  TO_BINARY_FLOAT: inputs => ({ sql: `ora_float(${textOf(only(inputs))})`, type: { name: 'BINARY_FLOAT' } }),
  TO_BLOB: inputs => {
    const { sql, type } = only(inputs)
    if (type.name !== 'RAW') throw inconsistent('RAW', type)
    return { sql, type: { name: 'BLOB' } }
  },
  TO_DATE: inputs => ({ sql: `ora_date(${two(inputs).map(textOf).join(', ')})`, type: { name: 'DATE' } }),
  TO_TIMESTAMP: inputs => ({ sql: `ora_timestamp(${two(inputs).map(textOf).join(', ')})`, type: { name: 'TIMESTAMP', scale: 9 } }),
  FROM_TZ: inputs => fromZone(two(inputs)),
  SYS_EXTRACT_UTC: inputs => {
    const { sql, type } = only(inputs)
    if (type.name !== 'TIMESTAMP WITH TIME ZONE') throw inconsistent('TIMESTAMP WITH TIME ZONE', type)
    return { sql: `ora_to_utc(${sql})`, type: { name: 'TIMESTAMP', scale: 9 } }
  },
  RTRIM: inputs => ({ sql: `ora_rtrim(${textOf(only(inputs))})`, type: text4000 }),
  LOWER: inputs => ({ sql: `ora_lower(${textOf(only(inputs))})`, type: text4000 }),
  UPPER: inputs => ({ sql: `ora_upper(${textOf(only(inputs))})`, type: text4000 }),
  SDO_GEOMETRY: inputs => {
    const [wkb, srid] = two(inputs)
    if (wkb.type.name !== 'BLOB' || srid.type.name !== 'NUMBER')
      throw new OracleError(6553, "PLS-306: wrong number or types of arguments in call to 'SDO_GEOMETRY'")
    return { sql: `ora_geometry(${wkb.sql}, ${srid.sql})`, type: { name: 'SDO_GEOMETRY' } }
  },
  'SDO_CS.MAKE_2D': inputs => ({ sql: `ora_flat(${geometryOf(only(inputs))})`, type: { name: 'SDO_GEOMETRY' } }),
  'SDO_UTIL.TO_WKBGEOMETRY': inputs => ({ sql: `ora_wkb(${geometryOf(only(inputs))})`, type: { name: 'BLOB' } }),
  SDO_ANYINTERACT: inputs => ({ sql: `ora_touches(${two(inputs).map(geometryOf).join(', ')})`, type: { name: 'VARCHAR2', size: 5 } }),
}

function only(inputs: readonly Typed[]): Typed {
  if (inputs.length !== 1) throw new OracleError(909, 'invalid number of arguments')
  return inputs[0]!
}

function two(inputs: readonly Typed[]): readonly [Typed, Typed] {
  if (inputs.length !== 2) throw new OracleError(909, 'invalid number of arguments')
  return [inputs[0]!, inputs[1]!]
}

function geometryOf({ sql, type }: Typed): string {
  if (type.name !== 'SDO_GEOMETRY') throw inconsistent('MDSYS.SDO_GEOMETRY', type)
  return sql
}

function fromZone([clock, zone]: readonly [Typed, Typed]): Typed {
  if (clock.type.name !== 'TIMESTAMP') throw inconsistent('TIMESTAMP', clock.type)
  if (zone.sql !== "'UTC'") throw new OracleError(3001, 'unimplemented feature')
  return { sql: `ora_from_utc(${clock.sql})`, type: { name: 'TIMESTAMP WITH TIME ZONE', scale: 9 } }
}

/** Numbers as TM9 prints them, which is also how they print when no format is said and they have at most 40 digits. */
function toChar(inputs: readonly Typed[], formats: Surroundings['formats']): Typed {
  const [of, format, characters] = inputs
  if (!of) throw new OracleError(938, 'not enough arguments for function')
  if (of.type.name === 'NUMBER') {
    const usual = format === undefined || (format.sql === "'TM9'" && characters?.sql === "'NLS_NUMERIC_CHARACTERS=''.,'''")
    if (!usual) throw new OracleError(1481, 'invalid number format model')
    return { sql: `ora_number_text(${of.sql})`, type: text4000 }
  }
  if (clockTypes.has(of.type.name)) {
    const model = format ? textOf(format) : textSql(of.type.name === 'DATE' ? formats.date : formats.timestamp)
    return { sql: `ora_clock_text(${of.sql}, ${model})`, type: text4000 }
  }
  if (format) throw new OracleError(1722, 'invalid number')
  if (isText(of.type)) return { sql: of.sql, type: text4000 }
  if (of.type.name === 'CLOB') return { sql: `ora_clob_text(${of.sql})`, type: text4000 }
  throw inconsistent('CHAR', of.type)
}
