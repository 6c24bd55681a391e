/** How does a T-SQL `select` become one of SQLite? Every value keeps its type of SQL Server on the way. */

import { errors, SqlError } from '../errors.ts'
import type { Parameter } from '../parameters.ts'
import type { ResultColumn } from '../tokens.ts'
import { isNarrow, isText, printed, type SqlType } from '../types.ts'
import type { Catalogue } from './catalogue.ts'
import { keyFunction, keys } from './compare.ts'
import { converted, isMoment, isWhole } from './convert.ts'
import { aggregates, checkGrouped } from './grouping.ts'
import { isFloat, isOneKind, precedence, widest } from './precedence.ts'
import { fromStored, isDecimal, type Stored, toStored } from './stored.ts'
import type { Expression, From, Select, Sorting, Test } from './syntax.ts'

export interface Translated {
  readonly sql: string
  readonly columns: readonly ResultColumn[]
  readonly values: Readonly<Record<string, Stored>>
  /** Columns that had to be converted to be compared, which makes their indexes useless: `akte.nr: varchar → nvarchar`. */
  readonly convertedColumns: readonly string[]
}

/** @throws SqlError */
export function translate(select: Select, parameters: readonly Parameter[], catalogue: Catalogue, database: string): Translated {
  const translator = new Translator(parameters, catalogue, database)
  const { sql, columns } = translator.select(select)
  return { sql, columns, values: translator.values, convertedColumns: translator.convertedColumns }
}

interface Typed {
  readonly type: SqlType
  readonly sql: string
  /** Known without a row. */
  readonly constant?: { readonly value: Stored }
  /** A column of a table, by its full name. */
  readonly column?: string
}

interface Scope {
  readonly alias: string
  readonly column: (name: string) => Typed
}

class Translator {
  readonly values: Record<string, Stored> = {}
  readonly convertedColumns: string[] = []
  readonly #parameters: ReadonlyMap<string, Parameter>
  readonly #catalogue: Catalogue
  readonly #database: string

  constructor(parameters: readonly Parameter[], catalogue: Catalogue, database: string) {
    this.#parameters = new Map(parameters.map(parameter => [parameter.name.toLowerCase(), parameter]))
    this.#catalogue = catalogue
    this.#database = database
  }

  select({ top, items, from, where, groupBy, orderBy, page }: Select): { sql: string; columns: ResultColumn[] } {
    const source = from && this.#from(from)
    const scope = source?.scope
    if (groupBy.length > 0 || items.some(({ value }) => aggregates(value))) checkGrouped(items, orderBy, groupBy)
    const selected = items.map(({ value, name }) => ({ name, ...this.#value(value, scope) }))
    const clauses = [
      `select ${selected.map((item, at) => `${this.#emit(item)} as "${item.name || at}"`).join(', ')}`,
      source && `from ${source.sql}`,
      where && `where ${this.#test(where, scope)}`,
      groupBy.length > 0 && `group by ${groupBy.map(value => this.#key(this.#value(value, scope))).join(', ')}`,
      orderBy.length > 0 && `order by ${this.#order(orderBy, scope)}`,
      top && `limit ${this.#emit(this.#value(top, scope))}`,
      page && `limit ${this.#emit(this.#value(page.take, scope))} offset ${this.#emit(this.#value(page.skip, scope))}`,
    ]
    return { sql: clauses.filter(Boolean).join(' '), columns: selected.map(({ name, type }) => ({ name, type })) }
  }

  #from(from: From): { sql: string; scope: Scope } {
    if (from.is === 'select') {
      const { sql, columns } = this.select(from.select)
      const column = (name: string): Typed => {
        const found = columns.find(known => known.name.toLowerCase() === name.toLowerCase())
        if (!found) throw errors.unknownColumn(name)
        return { type: found.type, sql: `"${from.alias}"."${found.name}"` }
      }
      return { sql: `(${sql}) as "${from.alias}"`, scope: { alias: from.alias, column } }
    }
    const table = this.#catalogue.get(`${from.schema ?? 'dbo'}.${from.name}`.toLowerCase())
    if (!table) throw errors.unknownTable(from.schema === undefined ? from.name : `${from.schema}.${from.name}`)
    const column = (name: string): Typed => {
      const found = table.columns.find(known => known.name.toLowerCase() === name.toLowerCase())
      if (!found) throw errors.unknownColumn(name)
      if (table.denied.includes(found.name)) throw errors.columnDenied(found.name, table.name, this.#database)
      return { type: found.type, sql: `"${from.alias}"."${found.name}"`, column: `${table.name}.${found.name}` }
    }
    return { sql: `"${table.kept}" as "${from.alias}"`, scope: { alias: from.alias, column } }
  }

  #order(orderBy: readonly Sorting[], scope: Scope | undefined): string {
    const said = orderBy.map(({ by }) => JSON.stringify(by))
    if (new Set(said).size !== said.length) {
      throw new SqlError(
        169,
        'A column has been specified more than once in the order by list. Columns in the order by list must be unique.',
        15,
      )
    }
    return orderBy.map(({ by, descending }) => `${this.#key(this.#value(by, scope))} ${descending ? 'desc' : 'asc'}`).join(', ')
  }

  // ---- conditions ----

  #test(test: Test, scope: Scope | undefined): string {
    switch (test.is) {
      case 'and':
      case 'or':
        return `(${this.#test(test.left, scope)} ${test.is} ${this.#test(test.right, scope)})`
      case 'not':
        return `(not ${this.#test(test.test, scope)})`
      case 'null':
        return `(${this.#emit(this.#value(test.value, scope))} is ${test.negated ? 'not ' : ''}null)`
      case 'compare': {
        const [left, right] = this.#alike([this.#value(test.left, scope), this.#value(test.right, scope)])
        return `(${this.#key(left!)} ${test.operator} ${this.#key(right!)})`
      }
      case 'in': {
        const [value, ...list] = this.#alike([test.value, ...test.list].map(one => this.#value(one, scope)))
        return `(${this.#key(value!)} ${test.negated ? 'not ' : ''}in (${list.map(one => this.#key(one)).join(', ')}))`
      }
      case 'like':
        return this.#like(test, scope)
    }
  }

  #like(test: Extract<Test, { is: 'like' }>, scope: Scope | undefined): string {
    const [value, pattern] = [this.#value(test.value, scope), this.#value(test.pattern, scope)]
    if (!isText(value.type) || !isText(pattern.type)) throw errors.clash(value.type.name, pattern.type.name)
    const freeing = test.freeing === undefined ? 'null' : `'${test.freeing}'`
    const how = value.type.binary ? 1 : 0
    return `(${test.negated ? 'not ' : ''}tsql_like(${this.#emit(value)}, ${this.#emit(pattern)}, ${freeing}, ${how}))`
  }

  /** All of one type: that which comes first. */
  #alike(values: readonly Typed[]): Typed[] {
    const types = values.map(({ type }) => type)
    for (const type of types) {
      if (!precedence.includes(type.name)) throw new SqlError(402, `The data types ${type.name} are incompatible in the equal to operator.`)
    }
    const first = types.reduce((best, type) => (precedence.indexOf(type.name) < precedence.indexOf(best.name) ? type : best))
    const binary = types.some(type => type.binary)
    return values.map(value => {
      if (isText(first) && isText(value.type)) {
        this.#note(value, first)
        return { ...value, type: { ...value.type, binary } }
      }
      if (isOneKind(first, value.type)) return value
      this.#note(value, first)
      return this.#converted(value, widest(first, value.type), 0)
    })
  }

  /** A column that is converted cannot be looked up in its index. */
  #note({ column, type }: Typed, to: SqlType): void {
    const changes = isText(type) && isText(to) ? isNarrow(type) !== isNarrow(to) : type.name !== to.name
    if (column !== undefined && changes) this.convertedColumns.push(`${column}: ${type.name} → ${to.name}`)
  }

  // ---- values ----

  #value(expression: Expression, scope: Scope | undefined): Typed {
    switch (expression.is) {
      case 'column':
        if (!scope || (expression.table !== undefined && expression.table.toLowerCase() !== scope.alias.toLowerCase())) {
          throw errors.unknownColumn(expression.name)
        }
        return scope.column(expression.name)
      case 'parameter': {
        const found = this.#parameters.get(expression.name.toLowerCase())
        if (!found) throw errors.undeclared(expression.name)
        return constant(toStored(found.value, found.type), found.type)
      }
      case 'number':
        return expression.text.includes('.')
          ? constant(toStored(expression.text, decimalOf(expression.text)), decimalOf(expression.text))
          : constant(BigInt(expression.text), { name: 'int' })
      case 'string':
        return constant(expression.value, { name: expression.wide ? 'nvarchar' : 'varchar', length: Math.max(expression.value.length, 1) })
      case 'null':
        return constant(null, { name: 'int' })
      case 'convert':
        return this.#converted(this.#value(expression.value, scope), expression.type, expression.style)
      case 'collate': {
        const value = this.#value(expression.value, scope)
        if (!isText(value.type)) throw new SqlError(447, `Expression type ${value.type.name} is invalid for COLLATE clause.`)
        if (!/^(SQL_)?Latin1_General_/i.test(expression.collation)) {
          throw new SqlError(448, `Invalid collation '${expression.collation}'.`)
        }
        return { ...value, type: { ...value.type, binary: /_BIN2?$/i.test(expression.collation) } }
      }
      case 'case':
        return this.#case(expression, scope)
      case 'countAll':
        return { type: { name: 'int' }, sql: 'count(*)' }
      case 'rowNumber': {
        const partition = expression.partition.map(value => this.#key(this.#value(value, scope)))
        const by = partition.length > 0 ? `partition by ${partition.join(', ')} ` : ''
        return { type: { name: 'bigint' }, sql: `row_number() over (${by}order by ${this.#order(expression.order, scope)})` }
      }
      case 'property':
        if (expression.name !== 'STSrid') throw noMember(expression.name)
        return { type: { name: 'int' }, sql: `tsql_srid(${this.#emit(this.#shape(expression.of, scope))})` }
      case 'method':
        return this.#method(expression, scope)
      case 'call':
        return this.#call(expression, scope)
    }
  }

  #case({ branches, otherwise }: Extract<Expression, { is: 'case' }>, scope: Scope | undefined): Typed {
    const results = [...branches.map(({ result }) => result), otherwise].map(value => this.#value(value, scope))
    const isNull = ({ constant }: Typed): boolean => constant?.value === null
    if (results.every(isNull)) {
      throw new SqlError(
        8133,
        'At least one of the result expressions in a CASE specification must be an expression other than the NULL constant.',
      )
    }
    // A null has whatever type the other results have.
    const alike = this.#alike(results.filter(one => !isNull(one)))
    const { type } = alike[0]!
    const emitted = results.map(one => (isNull(one) ? 'null' : this.#emit(alike.shift()!)))
    const parts = branches.map(({ when }, at) => `when ${this.#test(when, scope)} then ${emitted[at]}`)
    return { type, sql: `case ${parts.join(' ')} else ${emitted.at(-1)} end` }
  }

  #shape(of: Expression, scope: Scope | undefined): Typed {
    const value = this.#value(of, scope)
    if (value.type.name !== 'geometry' && value.type.name !== 'geography') {
      throw new SqlError(258, `Cannot call methods on ${value.type.name}.`, 15)
    }
    return value
  }

  #method({ of, name, arguments: args }: Extract<Expression, { is: 'method' }>, scope: Scope | undefined): Typed {
    if (of === 'geometry' || of === 'geography') {
      if (name !== 'STGeomFromWKB' || args.length !== 2) throw noMember(name)
      const [wkb, srid] = args.map(value => this.#emit(this.#value(value, scope)))
      return { type: { name: of }, sql: `tsql_shape(${wkb}, ${srid})` }
    }
    const shape = this.#shape(of, scope)
    switch (name) {
      case 'STAsBinary':
        return { type: { name: 'varbinary', length: 'max' }, sql: `substr(${this.#emit(shape)}, 5)` }
      case 'MakeValid':
        return shape
      case 'STIntersects': {
        const other = this.#shape(args[0] ?? { is: 'null' }, scope)
        if (other.type.name !== shape.type.name) throw errors.clash(other.type.name, shape.type.name)
        return { type: { name: 'bit' }, sql: `tsql_intersects(${this.#emit(shape)}, ${this.#emit(other)})` }
      }
      default:
        throw noMember(name)
    }
  }

  #call({ name, arguments: args, distinct }: Extract<Expression, { is: 'call' }>, scope: Scope | undefined): Typed {
    const [value, second] = args.map(argument => this.#value(argument, scope))
    if (!value) throw errors.syntax(')')
    switch (name) {
      case 'ltrim':
      case 'rtrim':
      case 'lower':
      case 'upper':
        if (!isText(value.type) || ['text', 'ntext', 'xml'].includes(value.type.name)) {
          throw new SqlError(8116, `Argument data type ${value.type.name} is invalid for argument 1 of ${name} function.`)
        }
        return {
          type: varying(value.type),
          sql: name.endsWith('trim') ? `${name}(${this.#emit(value)}, ' ')` : `tsql_${name}(${this.#emit(value)})`,
        }
      case 'todatetimeoffset':
        if (!isMoment(value.type) || second?.constant?.value !== '+00:00') throw errors.syntax(name)
        return this.#inUtc(value)
      default:
        return this.#aggregate(name, value, distinct)
    }
  }

  #inUtc(value: Typed): Typed {
    const type: SqlType = { name: 'datetimeoffset', scale: value.type.scale ?? 7 }
    if (!value.constant) return { type, sql: `(${value.sql} || ' +00:00')` }
    return constant(value.constant.value === null ? null : `${value.constant.value} +00:00`, type)
  }

  #aggregate(name: string, value: Typed, distinct: boolean): Typed {
    const { type } = value
    const invalid = new SqlError(8117, `Operand data type ${type.name} is invalid for ${name} operator.`)
    switch (name) {
      case 'count':
        return { type: { name: 'int' }, sql: distinct ? `count(distinct ${this.#key(value)})` : `count(${this.#emit(value)})` }
      case 'sum':
        if (type.name === 'bit' || !(isWhole(type) || isDecimal(type) || isFloat(type))) throw invalid
        if (isDecimal(type))
          return { type: { name: 'decimal', precision: 38, scale: type.scale ?? 4 }, sql: `tsql_sum(${this.#emit(value)})` }
        return { type: isFloat(type) ? { name: 'float' } : type, sql: `sum(${this.#emit(value)})` }
      case 'avg':
        if (!isFloat(type)) throw invalid
        return { type: { name: 'float' }, sql: `avg(${this.#emit(value)})` }
      case 'min':
      case 'max': {
        if (type.name === 'bit') throw invalid
        const key = keyFunction(type)
        return { type, sql: key ? `tsql_${name}(${this.#emit(value)}, '${key}')` : `${name}(${this.#emit(value)})` }
      }
      default:
        throw errors.unknownFunction(name)
    }
  }

  #converted(value: Typed, to: SqlType, style: number): Typed {
    if (value.constant) return constant(toStored(converted(fromStored(value.constant.value, value.type), value.type, to, style), to), to)
    if (value.type.name === 'geometry' || value.type.name === 'geography') throw errors.noConversion(value.type.name, to.name)
    return { type: to, sql: `tsql_convert(${value.sql}, '${printed(value.type)}', '${printed(to)}', ${style})` }
  }

  #key(value: Typed): string {
    const name = keyFunction(value.type)
    if (!name) return this.#emit(value)
    if (!value.constant) return `tsql_key(${value.sql}, '${name}')`
    const stored = value.constant.value
    return this.#bound(stored === null ? null : keys[name](String(stored)))
  }

  #emit(value: Typed): string {
    return value.constant ? this.#bound(value.constant.value) : value.sql
  }

  #bound(value: Stored): string {
    const name = `v${Object.keys(this.values).length}`
    this.values[name] = value
    return `:${name}`
  }
}

function constant(value: Stored, type: SqlType): Typed {
  return { type, sql: '', constant: { value } }
}

function decimalOf(text: string): SqlType {
  return { name: 'decimal', precision: text.length - 1, scale: text.split('.')[1]!.length }
}

function varying(type: SqlType): SqlType {
  return { ...type, name: isNarrow(type) ? 'varchar' : 'nvarchar' }
}

function noMember(name: string): SqlError {
  return new SqlError(6506, `Could not find method or property '${name}' for the type in the assembly 'Microsoft.SqlServer.Types'.`)
}
