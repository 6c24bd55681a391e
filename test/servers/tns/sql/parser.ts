/** What does a statement say? What the stand-in cannot answer is an error, never a guess. */

import { OracleError } from '../errors.ts'
import type { TypeName } from '../types.ts'
import type { Call, Condition, Derived, Expression, Item, Ordering, Query, Table } from './statement.ts'
import { type Token, tokensOf } from './tokens.ts'

/** ORA-01795, up to 19c. */
const longestList = 1000

/** @throws OracleError as the server words it */
export function parse(sql: string): Query {
  const parser = new Parser(tokensOf(sql))
  const query = parser.query()
  parser.end()
  return query
}

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  end(): void {
    if (this.#token.is !== 'end') throw new OracleError(933, 'SQL command not properly ended', this.#token.at)
  }

  query(): Query {
    if (!this.#takes('SELECT')) throw new OracleError(900, 'invalid SQL statement', this.#token.at)
    const items = this.#list(() => this.#item())
    if (!this.#takes('FROM')) throw new OracleError(923, 'FROM keyword not found where expected', this.#token.at)
    const from = this.#source()
    const where = this.#takes('WHERE') ? this.#condition() : undefined
    const groupBy = this.#takes('GROUP', 'BY') ? this.#list(() => this.#expression()) : []
    const orderBy = this.#takes('ORDER', 'BY') ? this.#list(() => this.#ordering()) : []
    const skip = this.#takes('OFFSET') ? this.#rows(() => this.#expression()) : undefined
    const limit = this.#takes('FETCH') ? this.#limit() : undefined
    return { items, from, where, groupBy, orderBy, skip, limit }
  }

  #item(): Item {
    const expression = this.#expression()
    if (this.#takes('AS')) return { expression, name: this.#name() }
    const plain = expression.is === 'path' ? expression.names.at(-1)! : 'EXPRESSION'
    return { expression, name: this.#isAlias() ? this.#name() : plain }
  }

  #source(): Table | Derived {
    const at = this.#token.at
    if (this.#sign('(')) {
      const query = this.query()
      this.#need(')')
      return { is: 'derived', query, alias: this.#isAlias() ? this.#name() : '' }
    }
    const first = this.#name(903, 'invalid table name')
    const second = this.#sign('.') ? this.#name(903, 'invalid table name') : undefined
    const table = second === undefined ? { schema: undefined, name: first } : { schema: first, name: second }
    return { is: 'table', ...table, alias: this.#isAlias() ? this.#name() : table.name, at }
  }

  #ordering(): Ordering {
    const expression = this.#expression()
    const descending = this.#takes('DESC')
    if (!descending) this.#takes('ASC')
    const nulls = this.#takes('NULLS') ? this.#nulls() : descending ? 'first' : 'last'
    return { expression, descending, nulls }
  }

  #nulls(): 'first' | 'last' {
    if (this.#takes('FIRST')) return 'first'
    if (this.#takes('LAST')) return 'last'
    throw this.#missing('FIRST or LAST')
  }

  #limit(): Expression {
    if (!this.#takes('FIRST') && !this.#takes('NEXT')) throw this.#missing('FIRST or NEXT')
    const limit = this.#rows(() => this.#expression())
    if (!this.#takes('ONLY')) throw this.#missing('ONLY')
    return limit
  }

  #rows(read: () => Expression): Expression {
    const count = read()
    if (!this.#takes('ROWS') && !this.#takes('ROW')) throw this.#missing('ROWS')
    return count
  }

  #condition(): Condition {
    const first = this.#conjunction()
    const of = [first]
    while (this.#takes('OR')) of.push(this.#conjunction())
    return of.length === 1 ? first : { is: 'or', of }
  }

  #conjunction(): Condition {
    const first = this.#negation()
    const of = [first]
    while (this.#takes('AND')) of.push(this.#negation())
    return of.length === 1 ? first : { is: 'and', of }
  }

  #negation(): Condition {
    if (this.#takes('NOT')) return { is: 'not', of: this.#negation() }
    if (!this.#sign('(')) return this.#comparison()
    const inner = this.#condition()
    this.#need(')')
    return inner
  }

  #comparison(): Condition {
    const left = this.#expression()
    const { at } = this.#token
    if (this.#takes('IS')) {
      const negated = this.#takes('NOT')
      if (!this.#takes('NULL')) throw this.#missing('NULL')
      return { is: 'missing', of: left, negated }
    }
    const negated = this.#takes('NOT')
    if (this.#takes('IN')) return { is: 'listed', of: left, list: this.#inList(), negated, at }
    if (this.#takes('LIKE')) {
      const pattern = this.#expression()
      return { is: 'like', of: left, pattern, escape: this.#takes('ESCAPE') ? this.#expression() : undefined, negated }
    }
    const token = this.#token
    if (negated || token.is !== 'sign' || !['=', '<>', '<', '>', '<=', '>='].includes(token.text)) {
      throw new OracleError(920, 'invalid relational operator', token.at)
    }
    this.#next++
    return { is: 'compared', sign: token.text, left, right: this.#expression(), at }
  }

  #inList(): Expression[] {
    this.#need('(')
    const list = this.#list(() => this.#expression())
    this.#need(')')
    if (list.length > longestList) {
      throw new OracleError(1795, `maximum number of expressions in a list is ${longestList}`, this.#token.at)
    }
    return list
  }

  #expression(): Expression {
    const token = this.#token
    switch (token.is) {
      case 'text':
        this.#next++
        return { is: 'text', text: token.text }
      case 'number':
        this.#next++
        return { is: 'number', text: token.text }
      case 'bind':
        this.#next++
        return { is: 'bind', index: Number(token.text) }
      case 'name':
      case 'word':
        return this.#named(token)
      default:
        throw new OracleError(936, 'missing expression', token.at)
    }
  }

  #named(first: Token): Expression {
    if (this.#takes('NULL')) return { is: 'null' }
    if (first.is === 'word' && reserved.has(first.text)) throw new OracleError(936, 'missing expression', first.at)
    if (this.#takes('CAST')) return this.#cast()
    if (this.#takes('CASE')) return this.#case()
    const names = [this.#name()]
    while (this.#sign('.')) names.push(this.#name())
    if (!this.#sign('(')) return { is: 'path', names, at: first.at }
    return this.#call(names.join('.'), first.at)
  }

  #cast(): Expression {
    this.#need('(')
    const of = this.#expression()
    if (!this.#takes('AS')) throw new OracleError(905, 'missing keyword', this.#token.at)
    const name = this.#name()
    const size = this.#sign('(') ? this.#size() : undefined
    this.#need(')')
    if (name !== 'CHAR' && name !== 'VARCHAR2') throw new OracleError(902, 'invalid datatype', this.#token.at)
    return { is: 'cast', of, to: { name: name as TypeName, ...(size !== undefined && { size }) } }
  }

  #case(): Expression {
    const branches: { when: Condition; result: Expression }[] = []
    while (this.#takes('WHEN')) {
      const when = this.#condition()
      if (!this.#takes('THEN')) throw this.#missing('THEN')
      branches.push({ when, result: this.#expression() })
    }
    const otherwise = this.#takes('ELSE') ? this.#expression() : undefined
    if (branches.length === 0 || !this.#takes('END')) throw this.#missing('END')
    return { is: 'case', branches, ...(otherwise && { otherwise }) }
  }

  #size(): number {
    const token = this.#token
    if (token.is !== 'number') throw new OracleError(906, 'missing left parenthesis', token.at)
    this.#next++
    this.#need(')')
    return Number(token.text)
  }

  #call(name: string, at: number): Call {
    if (this.#sign('*')) {
      this.#need(')')
      return { is: 'call', name, inputs: [], distinct: false, everything: true, over: undefined, at }
    }
    const distinct = this.#takes('DISTINCT')
    const inputs = this.#sign(')') ? [] : this.#inputs()
    return { is: 'call', name, inputs, distinct, everything: false, over: this.#takes('OVER') ? this.#window() : undefined, at }
  }

  #inputs(): Expression[] {
    const inputs = this.#list(() => this.#expression())
    this.#need(')')
    return inputs
  }

  #window(): NonNullable<Call['over']> {
    this.#need('(')
    const partitionBy = this.#takes('PARTITION', 'BY') ? this.#list(() => this.#expression()) : []
    const orderBy = this.#takes('ORDER', 'BY') ? this.#list(() => this.#ordering()) : []
    this.#need(')')
    return { partitionBy, orderBy }
  }

  #list<T>(read: () => T): T[] {
    const found = [read()]
    while (this.#sign(',')) found.push(read())
    return found
  }

  get #token(): Token {
    return this.#tokens[this.#next]!
  }

  /** Takes the words when they all come next. */
  #takes(...words: readonly string[]): boolean {
    const here = words.every((word, at) => {
      const token = this.#tokens[this.#next + at]
      return token?.is === 'word' && token.text === word
    })
    if (here) this.#next += words.length
    return here
  }

  #sign(text: string): boolean {
    const here = this.#token.is === 'sign' && this.#token.text === text
    if (here) this.#next++
    return here
  }

  #need(text: '(' | ')'): void {
    if (this.#sign(text)) return
    throw text === '('
      ? new OracleError(906, 'missing left parenthesis', this.#token.at)
      : new OracleError(907, 'missing right parenthesis', this.#token.at)
  }

  #isAlias(): boolean {
    return this.#token.is === 'name' || (this.#token.is === 'word' && !reserved.has(this.#token.text) && !ends.has(this.#token.text))
  }

  #name(code = 1747, words = 'invalid user.table.column, table.column, or column specification'): string {
    const token = this.#token
    if (token.is !== 'name' && token.is !== 'word') throw new OracleError(code, words, token.at)
    if (token.is === 'name' && token.text === '') throw new OracleError(1741, 'illegal zero-length identifier', token.at)
    this.#next++
    return token.text
  }

  #missing(word: string): OracleError {
    return new OracleError(905, `missing keyword (${word})`, this.#token.at)
  }
}

const reserved = new Set(['SELECT', 'FROM', 'WHERE', 'GROUP', 'ORDER', 'BY', 'AND', 'OR', 'NOT', 'IN', 'IS', 'LIKE', 'AS', 'ASC', 'DESC'])
/** What may follow a table without being its alias. */
const ends = new Set(['OFFSET', 'FETCH', 'ON', 'JOIN', 'LEFT', 'INNER', 'UNION', 'FOR'])
