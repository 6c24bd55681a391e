/** What does a `$filter` mean? A parser and evaluator of the part of the language that SensorThings servers share; for the tests' own server. */

import { canonicalDecimal, compareDecimals } from '../../src/model/index.ts'

/** A number with all its digits, as JSON may hold one. */
export class Exact {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Marked, so that the quotes around it can be taken off again. */
  toJSON(): string {
    return `\u0001${this.text}\u0001`
  }
}

export type Entity = Readonly<Record<string, unknown>>

/** true, false, or null for unknown. */
type Truth = boolean | null
/** All values that an expression has for an entity: several behind a list. */
type Values = (entity: Entity) => readonly unknown[]
export type Test = (entity: Entity) => Truth

export class SyntaxFault extends Error {}

interface Token {
  readonly kind: 'text' | 'number' | 'time' | 'shape' | 'word' | 'sign'
  readonly text: string
}

const grammar =
  /\s*(?:geography'(?<shape>[^']*)'|'(?<text>(?:[^']|'')*)'|(?<time>\d{4}-\d\d-\d\dT[\d:.]+Z)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[\p{L}_@][\p{L}\p{N}_./@]*)|(?<sign>[(),]))/uy

/** @param refusesQuotes a doubled quote within a text is an error, as in one server */
export function parseFilter(text: string, refusesQuotes = false): Test {
  const tokens = tokensOf(text, refusesQuotes)
  const parser = new Parser(tokens)
  const test = parser.or()
  parser.end()
  return test
}

function tokensOf(text: string, refusesQuotes: boolean): Token[] {
  const found: Token[] = []
  const pattern = new RegExp(grammar.source, 'uy')
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const { groups } = pattern.exec(text) ?? {}
    const [kind, value] = Object.entries(groups ?? {}).find(([, part]) => part !== undefined) ?? []
    if (!kind || value === undefined) throw new SyntaxFault('Encountered a sign that does not belong there')
    if (kind === 'text' && refusesQuotes && value.includes("''")) throw new SyntaxFault('syntax error at or near "s"')
    found.push({ kind: kind as Token['kind'], text: kind === 'text' ? value.replaceAll("''", "'") : value })
  }
  return found
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  or(): Test {
    const parts = [this.#and()]
    while (this.#word('or')) parts.push(this.#and())
    return parts.length > 1 ? (listed(parts) ?? (entity => some(parts, entity, true))) : parts[0]!
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new SyntaxFault(`Encountered ${this.#tokens[this.#at]?.text}`)
  }

  #and(): Test {
    const parts = [this.#not()]
    while (this.#word('and')) parts.push(this.#not())
    if (parts.length === 1) return parts[0]!
    return entity => some(parts, entity, false)
  }

  #not(): Test {
    if (!this.#word('not')) return this.#comparison()
    const part = this.#not()
    return entity => not(part(entity))
  }

  #comparison(): Test {
    if (this.#sign('(')) {
      const inner = this.or()
      this.#expect(')')
      return inner
    }
    const name = this.#tokens[this.#at]?.text ?? ''
    const left = this.#value()
    const word = this.#tokens[this.#at]?.text ?? ''
    const literal = this.#tokens[this.#at + 1]?.kind !== 'word'
    const compare = comparisons[word]
    if (!compare) return entity => truthOf(left(entity))
    this.#at++
    const right = this.#value()
    const test: Test = entity => truthOf(left(entity).flatMap(one => right(entity).map(other => compare(one, other))))
    return word === 'eq' && literal ? Object.assign(test, { equal: { name, left, key: keyOf(right({})[0]) } }) : test
  }

  #value(): Values {
    const token = this.#tokens[this.#at++]
    if (!token) throw new SyntaxFault('Encountered the end')
    switch (token.kind) {
      case 'text':
        return constant(token.text)
      case 'number':
        return constant(new Exact(canonical(token.text)))
      case 'time':
        return constant(token.text)
      case 'shape':
        return constant(boxOf(token.text))
      case 'word':
        return this.#named(token.text)
      default:
        throw new SyntaxFault(`Encountered ${token.text}`)
    }
  }

  #named(name: string): Values {
    if (name === 'true' || name === 'false') return constant(name === 'true')
    if (name === 'null') return constant(null)
    if (!this.#sign('(')) {
      const path = name.split('/')
      return entity => valuesAt(entity, path)
    }
    const act = functions[name]
    if (!act) throw new SyntaxFault(`Unknown function ${name}`)
    const given = [this.#value()]
    while (this.#sign(',')) given.push(this.#value())
    this.#expect(')')
    return entity => given[0]!(entity).flatMap(one => (given[1] ? given[1](entity).map(other => act(one, other)) : [act(one, null)]))
  }

  #word(text: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'word' || token.text !== text) return false
    this.#at++
    return true
  }

  #sign(text: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'sign' || token.text !== text) return false
    this.#at++
    return true
  }

  #expect(text: string): void {
    if (!this.#sign(text)) throw new SyntaxFault(`Expected ${text}`)
  }
}

function constant(value: unknown): Values {
  const values = [value]
  return () => values
}

const functions: Readonly<Record<string, (one: unknown, other: unknown) => unknown>> = {
  tolower: one => (typeof one === 'string' ? one.toLowerCase() : null),
  substringof: (part, text) => (typeof text === 'string' ? text.includes(String(part)) : null),
  startswith: (text, part) => (typeof text === 'string' ? text.startsWith(String(part)) : null),
  st_intersects: (shape, box) => (shape && box ? touches(shape, box as Box) : null),
}

type Compare = (one: unknown, other: unknown) => Truth

const comparisons: Readonly<Record<string, Compare>> = {
  eq: (one, other) => by(one, other, order => order === 0),
  ne: (one, other) => by(one, other, order => order !== 0),
  lt: (one, other) => by(one, other, order => order < 0),
  le: (one, other) => by(one, other, order => order <= 0),
  gt: (one, other) => by(one, other, order => order > 0),
  ge: (one, other) => by(one, other, order => order >= 0),
}

function by(one: unknown, other: unknown, test: (order: number) => boolean): Truth {
  if (one === null || one === undefined || other === null || other === undefined) return null
  const order = compareValues(one, other)
  return order === undefined ? false : test(order)
}

interface Equal extends Test {
  readonly equal: { readonly name: string; readonly left: Values; readonly key: string }
}

/** Long lists of values for one property are looked up, not tried one by one. */
function listed(parts: readonly Test[]): Test | undefined {
  if (!parts.every((part): part is Equal => 'equal' in part)) return undefined
  const [first] = parts
  if (!first || parts.some(({ equal }) => equal.name !== first.equal.name)) return undefined
  const keys = new Set(parts.map(({ equal }) => equal.key))
  return entity => truthOf(first.equal.left(entity).map(value => (value === null || value === undefined ? null : keys.has(keyOf(value)))))
}

/** The same for values that are equal. */
export function keyOf(value: unknown): string {
  const number = decimal(value)
  if (number !== undefined) return `number ${canonicalDecimal(number)}`
  return typeof value === 'string' ? `text ${instant(value)}` : String(value)
}

/** @returns `undefined` for values that cannot be compared */
export function compareValues(one: unknown, other: unknown): number | undefined {
  const [left, right] = [decimal(one), decimal(other)]
  if (left !== undefined && right !== undefined) {
    return left.length < 16 && right.length < 16 ? Number(left) - Number(right) : compareDecimals(left, right)
  }
  if (typeof one === 'boolean' && typeof other === 'boolean') return Number(one) - Number(other)
  if (typeof one !== 'string' || typeof other !== 'string') return undefined
  const [a, b] = [instant(one), instant(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** Instants compare as texts once their fractions are equally long. */
function instant(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z/.exec(text)
  return parts ? `${parts[1]}.${(parts[2] ?? '').padEnd(9, '0')}` : text
}

function decimal(value: unknown): string | undefined {
  if (value instanceof Exact) return canonical(value.text)
  return typeof value === 'number' ? canonical(String(value)) : undefined
}

function canonical(text: string): string {
  return /e/i.test(text)
    ? Number(text)
        .toFixed(20)
        .replace(/\.?0+$/, '')
    : text
}

/** `id` is what answers call `@iot.id`; a list stands for each of its entities. */
export function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(one => valuesAt(one, path))
  const [name, ...rest] = path
  if (name === undefined) return [value]
  if (typeof value !== 'object' || value === null) return [null]
  return valuesAt((value as Entity)[name === 'id' ? '@iot.id' : name] ?? null, rest)
}

type Box = readonly [number, number, number, number]

function boxOf(wkt: string): Box {
  const numbers = [...wkt.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number)
  const [xs, ys] = [numbers.filter((_, at) => at % 2 === 0), numbers.filter((_, at) => at % 2 === 1)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** By boxes: what a server finds too much is the gateway's to drop. */
function touches(shape: unknown, [west, south, east, north]: Box): boolean {
  const positions = positionsOf((shape as { geometry?: unknown }).geometry ?? shape)
  if (positions.length === 0) return false
  const [xs, ys] = [positions.map(([x]) => x), positions.map(([, y]) => y)]
  return Math.min(...xs) <= east && Math.max(...xs) >= west && Math.min(...ys) <= north && Math.max(...ys) >= south
}

function positionsOf(shape: unknown): (readonly [number, number])[] {
  const walk = (value: unknown): (readonly [number, number])[] =>
    Array.isArray(value) ? (typeof value[0] === 'number' ? [[value[0], value[1] as number]] : value.flatMap(walk)) : []
  return walk((shape as { coordinates?: unknown }).coordinates)
}

function truthOf(values: readonly unknown[]): Truth {
  if (values.includes(true)) return true
  return values.includes(null) ? null : false
}

/** The first part that decides: true for `or`, false for `and`. */
function some(parts: readonly Test[], entity: Entity, decides: boolean): Truth {
  let unknown = false
  for (const part of parts) {
    const truth = part(entity)
    if (truth === decides) return decides
    if (truth === null) unknown = true
  }
  return unknown ? null : !decides
}

function not(truth: Truth): Truth {
  return truth === null ? null : !truth
}
