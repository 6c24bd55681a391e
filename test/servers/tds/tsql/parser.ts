/** What does a statement say? */

import { errors } from '../errors.ts'
import { type SqlType, typeOf } from '../types.ts'
import { type Token, tokensOf } from './lexer.ts'
import type { Branch, Expression, From, Item, Select, Sorting, Test } from './syntax.ts'

/**
 * One `select` and nothing behind it.
 *
 * @throws SqlError 102 for everything that is not understood
 */
export function parse(text: string): Select {
  const parser = new Parser(tokensOf(text))
  const select = parser.select()
  parser.end()
  return select
}

const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const
/** Words that cannot stand for a column or function. */
const reserved = new Set(
  'select top from where group by order offset rows fetch next only and or not in like escape is null case when then else end as asc desc over partition collate distinct cast convert union into exec insert update delete'.split(
    ' ',
  ),
)

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  end(): void {
    if (this.#next.is !== 'end') throw this.#wrong()
  }

  select(): Select {
    this.#expect('select')
    const top = this.#take('top') ? this.#inParentheses(() => this.#expression()) : undefined
    const items = this.#list(() => this.#item())
    const from = this.#take('from') ? this.#from() : undefined
    const where = this.#take('where') ? this.#test() : undefined
    const groupBy = this.#take('group') ? this.#by(() => this.#list(() => this.#expression())) : []
    const orderBy = this.#take('order') ? this.#by(() => this.#sortings()) : []
    // Left out rows need an order, as the real grammar has it.
    const page = orderBy.length > 0 && this.#take('offset') ? this.#page() : undefined
    if (page && top) throw errors.syntax('offset')
    return { top, items, from, where, groupBy, orderBy, page }
  }

  #by<T>(read: () => T): T {
    this.#expect('by')
    return read()
  }

  #page(): Select['page'] {
    const skip = this.#expression()
    for (const word of ['rows', 'fetch', 'next']) this.#expect(word)
    const take = this.#expression()
    for (const word of ['rows', 'only']) this.#expect(word)
    return { skip, take }
  }

  #item(): Item {
    const value = this.#expression()
    if (this.#take('as')) return { value, name: this.#name() }
    return { value, name: value.is === 'column' ? value.name : '' }
  }

  #from(): From {
    if (this.#sees('(')) {
      const select = this.#inParentheses(() => this.select())
      if (select.orderBy.length > 0 && !select.top && !select.page) throw errors.syntax('order')
      return { is: 'select', select, alias: this.#name() }
    }
    const first = this.#name()
    const [schema, name] = this.#take('.') ? [first, this.#name()] : [undefined, first]
    return { is: 'table', schema, name, alias: this.#isName() ? this.#name() : name }
  }

  #sortings(): Sorting[] {
    return this.#list(() => {
      const by = this.#expression()
      return { by, descending: !this.#take('asc') && this.#take('desc') }
    })
  }

  // ---- conditions ----

  #test(): Test {
    let left = this.#all()
    while (this.#take('or')) left = { is: 'or', left, right: this.#all() }
    return left
  }

  #all(): Test {
    let left = this.#one()
    while (this.#take('and')) left = { is: 'and', left, right: this.#one() }
    return left
  }

  #one(): Test {
    if (this.#take('not')) return { is: 'not', test: this.#one() }
    // A parenthesis may hold a condition or a value: try the condition first.
    const start = this.#at
    if (this.#sees('(')) {
      try {
        return this.#inParentheses(() => this.#test())
      } catch {
        this.#at = start
      }
    }
    return this.#comparison(this.#expression())
  }

  #comparison(value: Expression): Test {
    const operator = comparisons.find(sign => this.#take(sign))
    if (operator) return { is: 'compare', operator, left: value, right: this.#expression() }
    if (this.#take('is')) {
      const negated = this.#take('not')
      this.#expect('null')
      return { is: 'null', value, negated }
    }
    const negated = this.#take('not')
    if (this.#take('in')) return { is: 'in', value, list: this.#inParentheses(() => this.#list(() => this.#expression())), negated }
    this.#expect('like')
    const pattern = this.#expression()
    const freeing = this.#take('escape') ? this.#string() : undefined
    return { is: 'like', value, pattern, freeing, negated }
  }

  // ---- values ----

  #expression(): Expression {
    let value = this.#primary()
    for (;;) {
      if (this.#take('.')) value = this.#member(value)
      else if (this.#take('collate')) value = { is: 'collate', value, collation: this.#name() }
      else return value
    }
  }

  /** Methods of a geometry: `.STAsBinary()`; a property: `.STSrid`. Names of methods are spelled exactly. */
  #member(of: Expression): Expression {
    const name = this.#name()
    if (!this.#sees('(')) return { is: 'property', of, name }
    return { is: 'method', of, name, arguments: this.#arguments() }
  }

  #primary(): Expression {
    const token = this.#next
    switch (token.is) {
      case 'parameter':
        return this.#step({ is: 'parameter', name: token.text })
      case 'number':
        return this.#step({ is: 'number', text: token.text })
      case 'string':
        return this.#step({ is: 'string', value: token.text, wide: token.wide })
      case 'quoted':
        return this.#column()
      case 'word':
        return this.#word(token.text.toLowerCase())
      case 'sign':
        if (token.text === '(') return this.#parenthesis()
        throw this.#wrong()
      default:
        throw this.#wrong()
    }
  }

  #parenthesis(): Expression {
    const nothing = this.#tokens.slice(this.#at, this.#at + 4).map(({ text }) => text.toLowerCase())
    // An order that says nothing.
    if (nothing.join(' ') === '( select null )') {
      this.#at += 4
      return { is: 'null' }
    }
    return this.#inParentheses(() => this.#expression())
  }

  #word(word: string): Expression {
    switch (word) {
      case 'null':
        return this.#step({ is: 'null' })
      case 'cast':
        return this.#cast()
      case 'convert':
        return this.#convert()
      case 'case':
        return this.#case()
      default:
        if (reserved.has(word)) throw this.#wrong()
    }
    const after = this.#tokens[this.#at + 1]
    if (after?.text === '::') return this.#constructed(word)
    return after?.is === 'sign' && after.text === '(' ? this.#call(word) : this.#column()
  }

  /** `geometry::STGeomFromWKB(…)` */
  #constructed(of: string): Expression {
    if (of !== 'geometry' && of !== 'geography') throw this.#wrong()
    this.#at += 2
    return { is: 'method', of, name: this.#name(), arguments: this.#arguments() }
  }

  #column(): Expression {
    const first = this.#name()
    // A dot after a table's name; after a column's it leads to a method.
    if (!this.#sees('.') || !(this.#tokens[this.#at + 1]?.is === 'quoted' || this.#isTable(first))) return { is: 'column', name: first }
    this.#at++
    return { is: 'column', table: first, name: this.#name() }
  }

  /** Aliases are single letters here and columns are quoted: `r.c0`. */
  #isTable(name: string): boolean {
    return name.length === 1
  }

  #call(name: string): Expression {
    this.#at++
    if (name === 'row_number') return this.#rowNumber()
    this.#expect('(')
    if (name === 'count' && this.#take('*')) {
      this.#expect(')')
      return { is: 'countAll' }
    }
    const distinct = this.#take('distinct')
    const args = this.#sees(')') ? [] : this.#list(() => this.#expression())
    this.#expect(')')
    return { is: 'call', name, arguments: args, distinct }
  }

  #rowNumber(): Expression {
    for (const word of ['(', ')', 'over', '(']) this.#expect(word)
    const partition = this.#take('partition') ? this.#by(() => this.#list(() => this.#expression())) : []
    this.#expect('order')
    const order = this.#by(() => this.#sortings())
    this.#expect(')')
    return { is: 'rowNumber', partition, order }
  }

  #cast(): Expression {
    this.#at++
    return this.#inParentheses(() => {
      const value = this.#expression()
      this.#expect('as')
      return { is: 'convert', value, type: this.#type(), style: 0 }
    })
  }

  #convert(): Expression {
    this.#at++
    return this.#inParentheses(() => {
      const type = this.#type()
      this.#expect(',')
      const value = this.#expression()
      const style = this.#take(',') ? Number(this.#number()) : 0
      return { is: 'convert', value, type, style }
    })
  }

  #case(): Expression {
    this.#at++
    const branches: Branch[] = []
    while (this.#take('when')) {
      const when = this.#test()
      this.#expect('then')
      branches.push({ when, result: this.#expression() })
    }
    const otherwise: Expression = this.#take('else') ? this.#expression() : { is: 'null' }
    this.#expect('end')
    return { is: 'case', branches, otherwise }
  }

  #type(): SqlType {
    const start = this.#at
    let text = this.#name()
    if (this.#sees('(')) text += `(${this.#inParentheses(() => this.#list(() => this.#size())).join(',')})`
    try {
      return typeOf(text)
    } catch {
      this.#at = start
      throw this.#wrong()
    }
  }

  #size(): string {
    return this.#take('max') ? 'max' : this.#number()
  }

  // ---- tokens ----

  get #next(): Token {
    return this.#tokens[this.#at]!
  }

  #step<T>(value: T): T {
    this.#at++
    return value
  }

  #sees(text: string): boolean {
    const { is, text: found } = this.#next
    return is === 'sign' ? found === text : is === 'word' && found.toLowerCase() === text
  }

  #take(text: string): boolean {
    const seen = this.#sees(text)
    if (seen) this.#at++
    return seen
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw this.#wrong()
  }

  #isName(): boolean {
    return this.#next.is === 'quoted' || (this.#next.is === 'word' && !reserved.has(this.#next.text.toLowerCase()))
  }

  #name(): string {
    if (!this.#isName()) throw this.#wrong()
    return this.#step(this.#next).text
  }

  #number(): string {
    if (this.#next.is !== 'number') throw this.#wrong()
    return this.#step(this.#next).text
  }

  #string(): string {
    if (this.#next.is !== 'string') throw this.#wrong()
    return this.#step(this.#next).text
  }

  #arguments(): Expression[] {
    return this.#inParentheses(() => (this.#sees(')') ? [] : this.#list(() => this.#expression())))
  }

  #inParentheses<T>(read: () => T): T {
    this.#expect('(')
    const value = read()
    this.#expect(')')
    return value
  }

  #list<T>(read: () => T): T[] {
    const items = [read()]
    while (this.#take(',')) items.push(read())
    return items
  }

  #wrong(): Error {
    return errors.syntax(this.#next.text)
  }
}
