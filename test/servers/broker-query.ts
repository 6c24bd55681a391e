/** What does the `q` of a broker mean? A parser of the simple query languages of NGSI-LD and NGSIv2, for the tests' own server. */

import { compareValues, type Entity, Exact, keyOf, SyntaxFault } from './things-filter.ts'

type Test = (entity: Entity) => boolean

/** Signs that Orion refuses anywhere in a question. */
const forbidden = /[<>"=;()]/

export function parseQuery(text: string, version: 'ld' | 'v2'): Test {
  const parser = new Parser(text, version)
  const test = parser.any()
  parser.end()
  return test
}

class Parser {
  readonly #text: string
  readonly #version: 'ld' | 'v2'
  #at = 0

  constructor(text: string, version: 'ld' | 'v2') {
    this.#text = text
    this.#version = version
  }

  any(): Test {
    const parts = [this.#all()]
    while (this.#version === 'ld' && this.#eat('|')) parts.push(this.#all())
    return entity => parts.some(part => part(entity))
  }

  end(): void {
    if (this.#at < this.#text.length) throw new SyntaxFault(`unexpected ${this.#text.slice(this.#at)}`)
  }

  #all(): Test {
    const parts = [this.#one()]
    while (this.#eat(';')) parts.push(this.#one())
    return entity => parts.every(part => part(entity))
  }

  #one(): Test {
    if (this.#version === 'ld' && this.#eat('(')) {
      const inner = this.any()
      if (!this.#eat(')')) throw new SyntaxFault('expected )')
      return inner
    }
    const missing = this.#eat('!')
    const name = this.#match(/[\p{L}_][\p{L}\p{N}_:-]*/uy)
    if (missing) return entity => !Object.hasOwn(entity, name)
    const sign = /==|!=|<=|>=|~=|<|>/y
    sign.lastIndex = this.#at
    const operator = sign.exec(this.#text)?.[0]
    if (operator === undefined) return entity => Object.hasOwn(entity, name)
    this.#at += operator.length
    const values = [this.#value()]
    while (this.#eat(',')) values.push(this.#value())
    // Long lists are looked up, not tried one by one.
    const keys = new Set(values.map(keyOf))
    if (operator === '==') return entity => Object.hasOwn(entity, name) && keys.has(keyOf(entity[name]))
    return entity => Object.hasOwn(entity, name) && values.some(value => holds(operator, entity[name], value))
  }

  #value(): unknown {
    const quote = this.#version === 'ld' ? '"' : "'"
    if (this.#eat(quote)) {
      const end = this.#text.indexOf(quote, this.#at)
      if (end < 0) throw new SyntaxFault('a quote is not closed')
      const value = this.#text.slice(this.#at, end)
      this.#at = end + 1
      if (this.#version === 'v2' && forbidden.test(value)) throw new SyntaxFault('forbidden characters')
      return value
    }
    const word = this.#match(/[^;|(),'"]+/y)
    if (word === 'true' || word === 'false') return word === 'true'
    return /^-?\d+(\.\d+)?$/.test(word) ? new Exact(word) : word
  }

  #eat(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false
    this.#at += sign.length
    return true
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined) throw new SyntaxFault(`unexpected ${this.#text.slice(this.#at)}`)
    this.#at += found.length
    return found
  }
}

function holds(operator: string, one: unknown, other: unknown): boolean {
  if (operator === '~=') return typeof one === 'string' && new RegExp(String(other), 'u').test(one)
  const order = compareValues(one, other)
  if (order === undefined) return operator === '!='
  const tests: Readonly<Record<string, boolean>> = {
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }
  return tests[operator] ?? false
}
