/** What does a filter in CQL2 text mean? A small reading of the standard for the tests' own server, with SQL's three values. */

import { compareValues, type Table, type Value } from './table.ts'

/** What a filter says of a row: true, false, or unknown. */
export type Predicate = (row: ReadonlyMap<string, Value>) => boolean | null

/** Something in the filter that is wrong: the server answers 400. */
export class CqlError extends Error {}

interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign'
  readonly text: string
}

const lexeme = /\s*(?:("(?:[^"]|"")*")|('(?:[^']|'')*')|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_.]*)|(<=|>=|<>|[=<>(),]))/uy

/** @see OGC 21-065r2, Annex B */
export function readCql(text: string, table: Table): Predicate {
  const parser = new Parser(tokensOf(text), table)
  return parser.whole()
}

function tokensOf(text: string): Token[] {
  const found: Token[] = []
  lexeme.lastIndex = 0
  while (lexeme.lastIndex < text.trimEnd().length) {
    const match = lexeme.exec(text)
    if (!match) throw new CqlError('the filter cannot be read')
    const [, name, literal, number, word, sign] = match
    if (name !== undefined) found.push({ kind: 'name', text: name.slice(1, -1).replaceAll('""', '"') })
    else if (literal !== undefined) found.push({ kind: 'text', text: literal.slice(1, -1).replaceAll("''", "'") })
    else if (number !== undefined) found.push({ kind: 'number', text: number })
    else if (word !== undefined) found.push({ kind: 'word', text: word })
    else found.push({ kind: 'sign', text: sign! })
  }
  return found
}

/** An operand: what it is worth for a row, and of which type. */
interface Operand {
  readonly type: string
  readonly of: (row: ReadonlyMap<string, Value>) => Value
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #table: Table
  #at = 0

  constructor(tokens: readonly Token[], table: Table) {
    this.#tokens = tokens
    this.#table = table
  }

  whole(): Predicate {
    const predicate = this.#or()
    if (this.#at < this.#tokens.length) throw new CqlError(`the filter goes on after its end: ${this.#tokens[this.#at]!.text}`)
    return predicate
  }

  #or(): Predicate {
    const parts = [this.#and()]
    while (this.#takes('or')) parts.push(this.#and())
    return row =>
      truth(
        parts.map(part => part(row)),
        true,
      )
  }

  #and(): Predicate {
    const parts = [this.#not()]
    while (this.#takes('and')) parts.push(this.#not())
    return row =>
      truth(
        parts.map(part => part(row)),
        false,
      )
  }

  #not(): Predicate {
    if (!this.#takes('not')) return this.#one()
    return negated(this.#one())
  }

  #one(): Predicate {
    if (this.#takes('(')) {
      const inner = this.#or()
      this.#expect(')')
      return inner
    }
    return this.#comparison()
  }

  #comparison(): Predicate {
    const left = this.#operand()
    if (this.#takes('is')) {
      const not = this.#takes('not')
      this.#expect('null')
      return row => (left.of(row) === null) !== not
    }
    const not = this.#takes('not')
    const predicate = this.#rest(left)
    return not ? negated(predicate) : predicate
  }

  #rest(left: Operand): Predicate {
    if (this.#takes('like')) return like(left, this.#operand())
    if (this.#takes('in')) return this.#list(left)
    if (this.#takes('between')) {
      const low = this.#operand()
      this.#expect('and')
      const high = this.#operand()
      return row => truth([compared(left, low, row, order => order >= 0), compared(left, high, row, order => order <= 0)], false)
    }
    const sign = this.#next().text
    const test = signs[sign]
    if (!test) throw new CqlError(`no operator: ${sign}`)
    const right = this.#operand()
    checkTypes(left, right)
    return row => compared(left, right, row, test)
  }

  #list(left: Operand): Predicate {
    this.#expect('(')
    const values = [this.#operand()]
    while (this.#takes(',')) values.push(this.#operand())
    this.#expect(')')
    for (const value of values) checkTypes(left, value)
    const nobody = new Map<string, Value>()
    const listed = new Set(values.map(value => value.of(nobody)))
    // Texts and whole numbers are written in one way only, so long lists need no comparing one by one.
    if (left.type === 'text' || left.type === 'integer') {
      return row => {
        const value = left.of(row)
        return value === null ? null : listed.has(value)
      }
    }
    return row =>
      truth(
        values.map(value => compared(left, value, row, order => order === 0)),
        true,
      )
  }

  #operand(): Operand {
    const { kind, text } = this.#next()
    const constant = (type: string, value: Value): Operand => ({ type, of: () => value })
    if (kind === 'text') return constant('text', text)
    if (kind === 'number') return constant('number', text)
    if (kind === 'name') return this.#property(text)
    const word = text.toLowerCase()
    if (word === 'true' || word === 'false') return constant('boolean', word === 'true')
    if (word === 'date' || word === 'timestamp') return constant(word === 'date' ? 'date' : 'moment', this.#instant(word))
    if (word === 'casei') {
      this.#expect('(')
      const inner = this.#operand()
      this.#expect(')')
      return { type: inner.type, of: row => inner.of(row)?.toString().toLowerCase() ?? null }
    }
    if (kind === 'word') return this.#property(text)
    throw new CqlError(`nothing to compare: ${text}`)
  }

  #instant(word: string): string {
    this.#expect('(')
    const { kind, text } = this.#next()
    this.#expect(')')
    const form = word === 'date' ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
    if (kind !== 'text' || !form.test(text)) throw new CqlError(`no ${word}: ${text}`)
    return text
  }

  #property(name: string): Operand {
    const column = this.#table.columns.find(({ column }) => column === name)
    if (!column || column.geometry) throw new CqlError(`'${name}' is not a queryable property`)
    return { type: column.type, of: row => row.get(name) ?? null }
  }

  #next(): Token {
    const token = this.#tokens[this.#at++]
    if (!token) throw new CqlError('the filter ends too early')
    return token
  }

  #takes(word: string): boolean {
    const token = this.#tokens[this.#at]
    const found = token !== undefined && token.kind !== 'text' && token.kind !== 'name' && token.text.toLowerCase() === word
    if (found) this.#at++
    return found
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw new CqlError(`expected ${word}`)
  }
}

const signs: Readonly<Record<string, (order: number) => boolean>> = {
  '=': order => order === 0,
  '<>': order => order !== 0,
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}

function compared(left: Operand, right: Operand, row: ReadonlyMap<string, Value>, test: (order: number) => boolean): boolean | null {
  const [a, b] = [left.of(row), right.of(row)]
  return a === null || b === null ? null : test(compareValues(a, b, left.type))
}

function checkTypes(left: Operand, right: Operand): void {
  const family = ({ type }: Operand): string =>
    ['number', 'integer'].includes(type) ? 'number' : ['date', 'moment'].includes(type) ? 'time' : type
  if (family(left) !== family(right)) throw new CqlError(`a ${left.type} cannot be compared with a ${right.type}`)
}

function like(left: Operand, right: Operand): Predicate {
  return row => {
    const [value, pattern] = [left.of(row), right.of(row)]
    if (value === null || pattern === null) return null
    const source = [...String(pattern)].map(sign => (sign === '%' ? '.*' : sign === '_' ? '.' : sign.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')))
    return new RegExp(`^${source.join('')}$`, 'su').test(String(value))
  }
}

/** @param decisive the value that settles it: true for `or`, false for `and` */
function truth(parts: readonly (boolean | null)[], decisive: boolean): boolean | null {
  return parts.includes(decisive) ? decisive : parts.includes(null) ? null : !decisive
}

function negated(predicate: Predicate): Predicate {
  return row => {
    const value = predicate(row)
    return value === null ? null : !value
  }
}
