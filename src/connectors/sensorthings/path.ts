/** Which value of an entity, or of one it hangs together with, does a column mean? */

import { type Column, geometryTypes, sourceFailure } from '../../model/index.ts'
import { isObject } from '../shared/json.ts'
import { type EntitySet, entities, idProperty, type Kind, type Link } from './entities.ts'

/** One entity of an answer. */
export type Entity = Readonly<Record<string, unknown>>

export interface Step {
  readonly name: string
  readonly link: Link
  /** Place in the list, for a link to many; the newest first for observations. */
  readonly at: number
}

/** A column, taken apart. */
export interface Path {
  readonly set: EntitySet
  readonly steps: readonly Step[]
  readonly property: string
  readonly kind: Kind
  /** Further into the property's own JSON. */
  readonly inner: readonly string[]
}

/** A longer way would join half of the service for one row. */
const longestWay = 4
/** A place in a list beyond this would have a source send the list. */
const lastPlace = 9

/**
 * @param column such as `name`, `@iot.id`, `unitOfMeasurement/symbol`, `properties/hersteller`, `Datastream/@iot.id`,
 *   `Thing/Locations/0/location`, `phenomenonTime/end`
 * @throws GatewayError SOURCE_CHANGED when the standard knows no such property, or the column means a whole object
 */
export function pathOf(set: EntitySet, column: Column): Path {
  const path = readPath(set, column.column)
  if (typeof path === 'string') throw sourceFailure('SOURCE_CHANGED', `${set} has no ${column.column}: ${path}`)
  const geometry = isGeometry(column)
  const whole = path.inner.length === 0 && (path.kind === 'json' || path.kind === 'shape')
  if (geometry ? path.kind !== 'shape' || !whole : whole) {
    const why = geometry ? 'it holds no geometry' : 'it is a whole object; name one of its members'
    throw sourceFailure('SOURCE_CHANGED', `${set} cannot serve ${column.column} as ${column.type}: ${why}`)
  }
  return path
}

export function isGeometry({ type }: Pick<Column, 'type'>): boolean {
  return geometryTypes.some(geometry => geometry === type)
}

/** @returns what is wrong with it, when it leads nowhere */
export function readPath(start: EntitySet, column: string): Path | string {
  const parts = column.split('/')
  const steps: Step[] = []
  let set = start
  for (let at = 0; ; ) {
    const name = parts[at]!
    const entity = entities[set]
    if (Object.hasOwn(entity.properties, name)) {
      const inner = parts.slice(at + 1)
      const kind = entity.properties[name]!
      if (inner.includes('')) return 'a name in it is empty'
      if (kind === 'plain' && inner.length > 0) return `${name} has no members`
      if (kind === 'time' && inner.length > 0 && !['start', 'end'].includes(inner.join('/'))) return `${name} has start and end`
      return { set: start, steps, property: name, kind, inner }
    }
    if (!Object.hasOwn(entity.links, name))
      return `${set} have ${[...Object.keys(entity.properties), ...Object.keys(entity.links)].join(', ')}`
    const link = entity.links[name]!
    const place = link.many ? parts[at + 1] : '0'
    if (place === undefined || !/^\d$/.test(place) || Number(place) > lastPlace) return `${name} is a list; ${name}/0 is its first`
    steps.push({ name, link, at: Number(place) })
    set = link.set
    at += link.many ? 2 : 1
    if (steps.length > longestWay) return 'it leads too far'
    if (at >= parts.length) return `it ends at a whole entity; ${parts.join('/')}/${idProperty} is its id`
  }
}

/** The value, as it came; a time as the instant that it begins with, or ends with when the path says so. */
export function rawOf(path: Path, entity: Entity): unknown {
  let here: unknown = entity
  for (const { name, link, at } of path.steps) {
    const next: unknown = isObject(here) ? here[name] : undefined
    here = link.many ? (Array.isArray(next) ? next[at] : undefined) : next
  }
  const value = isObject(here) ? here[path.property] : undefined
  if (path.kind === 'time') return timeOf(value, path.inner[0] === 'end')
  return path.inner.reduce<unknown>(member, value)
}

function member(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** @see ISO 8601-1:2019, 5.5.2: `start/end` */
function timeOf(value: unknown, end: boolean): unknown {
  if (typeof value !== 'string' || !value.includes('/')) return value
  const [from, to] = value.split('/')
  return end ? to : from
}

/** Names that may stand in a question as they are. Others are only looked up in answers. */
const harmless = /^[\p{L}_][\p{L}\p{N}_]*$/u

/**
 * How a question names the value; `undefined` when it has no name there.
 *
 * Behind a list stands any of its entities, so a filter finds more than the entity at one place of it.
 */
export function asked({ steps, property, kind, inner }: Path): string | undefined {
  const names = kind === 'time' ? [] : inner
  if (!names.every(name => harmless.test(name))) return undefined
  return [...steps.map(({ name }) => name), property === idProperty ? 'id' : property, ...names].join('/')
}

/** Whether the value is in one place: neither behind a list nor in an interval's end. */
export function isSingle({ steps, kind, inner }: Path): boolean {
  return !steps.some(({ link }) => link.many) && !(kind === 'time' && inner.length > 0)
}
