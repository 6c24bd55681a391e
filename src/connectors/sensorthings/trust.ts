/** What has a service proven that it can do? Found out with canaries: questions whose answers are known. */

import { LRUCache } from 'lru-cache'
import type { Cell, Column, Condition, ConnectorServices, Scalar } from '../../model/index.ts'
import { isScalar } from '../shared/compare.ts'
import { isObject } from '../shared/json.ts'
import { matches } from '../shared/local.ts'
import { alwaysThere, type EntitySet, idProperty } from './entities.ts'
import { idLiteral, type Stored } from './literal.ts'
import { asked, type Entity, isGeometry, isSingle, type Path, pathOf, rawOf } from './path.ts'
import { type Facts, needs, type Proven, push, type Skill } from './push.ts'
import { nested, shown, wantedOf } from './question.ts'
import { cellOf, readRows } from './rows.ts'
import type { Errand, Service } from './service.ts'

/** What was found out is believed for so long. */
const rememberedMs = 600_000
const mostRemembered = 2000
/** Entities that a canary's values are taken from. */
const sampled = 20

/** An entity whose value in a column is known. */
interface Sample {
  readonly id: unknown
  readonly entity: Entity
  readonly raw: unknown
}

/** A list within an answer: the observations of datastreams. */
export interface Nest {
  readonly set: EntitySet
  readonly back: string
  readonly child: EntitySet
  /** The first of its order. */
  readonly column: Column
}

export class Trust {
  readonly #service: Service
  readonly #warn: ConnectorServices['warn']
  readonly #known = new LRUCache<string, { readonly found: unknown }>({ max: mostRemembered, ttl: rememberedMs })

  constructor(service: Service, warn: ConnectorServices['warn']) {
    this.#service = service
    this.#warn = warn
  }

  /** What `push` may rely on for a condition. */
  async facts(set: EntitySet, condition: Condition | undefined, errand: Errand): Promise<Facts> {
    const found = new Map<Column, Map<Skill, Proven>>()
    for (const [column, skills] of needs(condition)) {
      for (const skill of skills) {
        const proven = await this.#prove(set, column, skill, errand)
        if (proven) found.set(column, (found.get(column) ?? new Map<Skill, Proven>()).set(skill, proven))
      }
    }
    const quotes = condition !== undefined && found.size > 0 && (await this.#quotes(set, errand))
    return { quotes, proven: (column, skill) => found.get(column)?.get(skill) }
  }

  /** Whether a list comes in the order of a column: up and down begin with different values, and the right ones. */
  async orders(set: EntitySet, column: Column, errand: Errand): Promise<boolean> {
    const path = pathOf(set, column)
    const name = asked(path)
    if (path.steps.length > 0 || path.inner.length > 0 || !alwaysThere.has(path.property) || name === undefined) return false
    // A wall clock has another order than time has.
    if (column.written || column.zone !== undefined) return false
    return this.#once(orderKey(set, column), async () => {
      const ends: (Cell | undefined)[] = []
      for (const direction of ['asc', 'desc']) {
        const options = { ...shown(wantedOf([path], false)), orderby: `${name} ${direction}`, top: '1' }
        const answer = await this.#service.attempt(set, options, errand)
        ends.push(answer?.entities[0] && cellOf(rawOf(path, answer.entities[0]), column))
      }
      return rises(column, ends[0], ends[1])
    })
  }

  /** Whether the lists within an answer come in the order of a column, and as many as asked: of some parent, up and down begin differently. */
  async nests(nest: Nest, errand: Errand): Promise<boolean> {
    const { set, back, child, column } = nest
    const path = pathOf(child, column)
    const name = asked(path)
    if (name === undefined || path.steps.length > 0) return false
    return this.#once(nestKey(nest), async () => {
      const ends: (readonly (Cell | undefined)[])[] = []
      for (const direction of ['asc', 'desc']) {
        const inner = nested(wantedOf([path], false), { orderby: `${name} ${direction}`, top: '1' })
        const answer = await this.#service.attempt(set, { select: 'id', expand: `${back}${inner}`, top: String(sampled) }, errand)
        const lists = (answer?.entities ?? []).map(entity => entity[back])
        if (lists.some(list => !Array.isArray(list) || list.length > 1)) return false
        ends.push(lists.map(list => (Array.isArray(list) && isObject(list[0]) ? cellOf(rawOf(path, list[0]), column) : undefined)))
      }
      const [least = [], most = []] = ends
      return least.some((cell, at) => rises(column, cell, most[at]))
    })
  }

  /** Rows came in another order than asked for. */
  doubtOrder(set: EntitySet, column: Column): void {
    this.#doubt(orderKey(set, column))
  }

  doubtNest(nest: Nest): void {
    this.#doubt(nestKey(nest))
  }

  /** Whether `$count` counts all that match, and not just what the answer holds. */
  async counts(set: EntitySet, errand: Errand): Promise<boolean> {
    return this.#once(`count ${set}`, async () => {
      const answer = await this.#service.attempt(set, { select: 'id', top: '1', count: 'true' }, errand)
      return answer?.count !== undefined && (answer.count > 1 || (answer.count === answer.entities.length && answer.next === undefined))
    })
  }

  /** Whether a list can be entered in the middle: the second entity is the first after one is skipped. */
  async skips(set: EntitySet, errand: Errand): Promise<boolean> {
    return this.#once(`skip ${set}`, async () => {
      const same = { select: 'id', orderby: 'id asc' }
      const whole = await this.#service.attempt(set, { ...same, top: '2' }, errand)
      const later = await this.#service.attempt(set, { ...same, top: '1', skip: '1' }, errand)
      return whole !== undefined && later !== undefined && whole.entities[1]?.[idProperty] === later.entities[0]?.[idProperty]
    })
  }

  /** Whether members of `properties` can be selected one by one: no part of the standard, but FROST can since 1.13. */
  async deep(set: EntitySet, paths: readonly Path[], errand: Errand): Promise<boolean> {
    const path = paths.find(({ kind, inner }) => kind === 'json' && inner.length === 1)
    if (!path) return false
    return this.#once(`deep ${set} ${asked(path)}`, async () => {
      const { entities } = (await this.#service.attempt(set, { ...shown(wantedOf([path], true)), top: String(sampled) }, errand)) ?? {
        entities: [],
      }
      return entities.some(entity => rawOf(path, entity) !== undefined)
    })
  }

  #doubt(what: string): void {
    this.#warn('a SensorThings service does less than it has shown; the gateway does it instead', { root: this.#service.root, what })
    this.#known.set(what, { found: false })
  }

  async #prove(set: EntitySet, column: Column, skill: Skill, errand: Errand): Promise<Proven | undefined> {
    const path = pathOf(set, column)
    const name = asked(path)
    if (name === undefined || column.written || (column.zone !== undefined && path.kind === 'time')) return undefined
    if ((skill === 'touch') !== isGeometry(column)) return undefined
    const what = JSON.stringify([set, column.column, column.type])
    return this.#once(`${skill} ${what}`, async () => {
      const samples = await this.#once(`sample ${what}`, () => this.#sample(set, path, errand))
      const stored = isGeometry(column) ? 'shape' : storedAs(samples, column, path)
      if (samples.length === 0 || stored === undefined) return undefined
      const proven: Proven = { name, stored, single: isSingle(path) }
      const facts: Facts = { quotes: false, proven: (other, wanted) => (other === column && wanted === skill ? proven : undefined) }
      return (await this.#passes(set, column, skill, samples, facts, errand)) ? proven : undefined
    })
  }

  /** A filter that a known entity matches finds it and nothing else; one that none can match finds none. */
  async #passes(set: EntitySet, column: Column, skill: Skill, samples: readonly Sample[], facts: Facts, errand: Errand): Promise<boolean> {
    const find = async (condition: Condition, and?: string) => {
      const { filter } = push(condition, facts)
      if (filter === undefined) return undefined
      const options = { ...shown(wantedOf([pathOf(set, column)], false)), filter: and ? `${filter} and ${and}` : filter, top: '100' }
      return (await this.#service.attempt(set, options, errand))?.entities
    }
    if ((await find(impossible(column, skill)))?.length !== 0) return false
    const wish = wished(column, skill, samples)
    if (!wish) return false
    if (skill !== 'range') {
      const found = await find(wish)
      const { rows } = readRows(set, found ?? [], [column])
      return (
        rows.length > 0 &&
        (pathOf(set, column).steps.some(({ link }) => link.many) || skill === 'touch' || rows.every(row => matches(wish, row)))
      )
    }
    // Numbers that are compared as texts lose some of the known entities between the least and the greatest.
    const ids = samples.map(({ id }) => `id eq ${idLiteral(id)}`)
    const found = await find(wish, `(${ids.join(' or ')})`)
    const { rows } = readRows(
      set,
      samples.map(({ entity }) => entity),
      [column],
    )
    return found?.length === rows.filter(row => matches(wish, row)).length
  }

  async #sample(set: EntitySet, path: Path, errand: Errand): Promise<readonly Sample[]> {
    const options = { ...shown(wantedOf([path], false)), top: String(sampled) }
    const { entities } = await this.#service.list(set, options, errand, JSON.parse)
    const samples = entities.map(entity => ({ id: entity[idProperty], entity, raw: rawOf(path, entity) }))
    return samples.filter(({ id, raw }) => raw !== undefined && raw !== null && (typeof id === 'number' || typeof id === 'string'))
  }

  /** Whether a doubled quote within a text is read as one: a server was seen to run into an error of its database. */
  #quotes(set: EntitySet, errand: Errand): Promise<boolean> {
    return this.#once(`quotes ${set}`, async () => {
      const path = set === 'HistoricalLocations' || set === 'Observations' ? undefined : 'name'
      if (!path) return false
      const answer = await this.#service.attempt(set, { select: 'id', filter: `${path} eq 'stadttor''gibt''es nicht'`, top: '1' }, errand)
      return answer?.entities.length === 0
    })
  }

  async #once<T>(what: string, find: () => Promise<T>): Promise<T> {
    const known = this.#known.get(what)
    if (known) return known.found as T
    const found = await find()
    this.#known.set(what, { found })
    return found
  }
}

/** How the samples are stored, if all alike and so that equal values are written alike. */
function storedAs(samples: readonly Sample[], column: Column, { kind, inner }: Path): Stored | undefined {
  const types = new Set(samples.map(({ raw }) => typeof raw))
  const [type] = types
  if (types.size !== 1) return undefined
  if (kind === 'time') {
    // In an interval, what is earlier is a matter of opinion.
    const instants = samples.every(({ entity, raw }) => type === 'string' && !JSON.stringify(entity).includes(`${String(raw)}/`))
    return column.type === 'datetime' && inner.length === 0 && instants ? 'instant' : undefined
  }
  if (type === 'string') return column.type === 'text' || column.type === 'code' ? 'text' : undefined
  if (type === 'boolean') return column.type === 'boolean' ? 'boolean' : undefined
  return type === 'number' && ['int', 'bigint', 'decimal', 'float'].includes(column.type) ? 'number' : undefined
}

function orderKey(set: EntitySet, { column, type }: Column): string {
  return `order ${set} ${column} ${type}`
}

function nestKey({ set, back, column }: Nest): string {
  return `nest ${set}/${back} ${column.column} ${column.type}`
}

/** Whether one cell comes before another; of texts, whether they differ. */
function rises(column: Column, least: Cell | undefined, most: Cell | undefined): boolean {
  if (least === undefined || most === undefined || !isScalar(least) || !isScalar(most)) return false
  const op = column.type === 'text' || column.type === 'code' ? 'ne' : 'gt'
  return matches({ op, column, value: least }, () => most)
}

function impossible(column: Column, skill: Skill): Condition {
  if (skill === 'touch') return { op: 'bbox', column, box: [-179.9, -89.9, -179.8, -89.8] }
  switch (column.type) {
    case 'text':
    case 'code':
      return skill === 'like'
        ? { op: 'contains', column, value: 'stadttorgibtesnicht' }
        : { op: 'eq', column, value: 'stadttor-gibt-es-nicht' }
    case 'datetime':
      return { op: 'and', of: bounds(column, '1583-01-01T00:00:00Z', '1583-01-02T00:00:00Z') }
    case 'boolean':
      return { op: 'and', of: [true, false].map(value => ({ op: 'eq', column, value }) as const) }
    default:
      return skill === 'eq' ? { op: 'eq', column, value: -987654321 } : { op: 'and', of: bounds(column, -987654322, -987654321) }
  }
}

/** A condition that some of the samples match. */
function wished(column: Column, skill: Skill, samples: readonly Sample[]): Condition | undefined {
  const cells = samples.map(({ raw }) => cellOf(raw, column))
  const values = cells.filter(cell => cell !== undefined && isScalar(cell)) as Scalar[]
  switch (skill) {
    case 'eq': {
      const value = values.find(value => !/['\\\p{Cc}]/u.test(String(value)) && value !== '')
      return value === undefined ? undefined : { op: 'eq', column, value }
    }
    case 'range': {
      const rising = values.toSorted((a, b) => (matches({ op: 'lt', column, value: b }, () => a) ? -1 : 1))
      return rising.length === 0 ? undefined : { op: 'and', of: bounds(column, rising[0]!, rising.at(-1)!) }
    }
    case 'like': {
      const word = values.flatMap(value => /[A-Za-z]{2,}/.exec(String(value))?.[0] ?? [])[0]
      return word === undefined
        ? undefined
        : { op: 'contains', column, value: word === word.toUpperCase() ? word.toLowerCase() : word.toUpperCase() }
    }
    case 'touch': {
      const area = cells.find(cell => cell !== undefined && cell !== null && !isScalar(cell))
      return area === undefined || area === null || isScalar(area) ? undefined : { op: 'within', column, area }
    }
  }
}

function bounds(column: Column, from: Scalar, to: Scalar): Condition[] {
  return [
    { op: 'gte', column, value: from },
    { op: 'lte', column, value: to },
  ]
}
