/** Which features does a collection send, and what does it say of the rest? */

import { propertyOf, readGeoJsonFeature } from '../features/geojson.ts'
import type { Kept, SentFeature } from '../features/sent.ts'
import { isObject } from '../shared/json.ts'
import { type JsonObject, unexpected } from './report.ts'
import type { Said } from './service.ts'

/** Column that stands for the feature's own id, which is beside its properties and not among them. */
export const idColumn = '@id'

export interface Items {
  /** Whatever was sent, still unread. */
  readonly features: readonly JsonObject[]
  /** How many features match, when the service says a number. */
  readonly matched?: number
  /** Address of the next page; '' when there is one and nobody says where. */
  readonly next?: string
}

/**
 * The features of an answer.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID when it is no FeatureCollection
 * @see OGC 17-069r4, 7.16
 */
export function readItems({ json, asked, url }: Said): Items {
  const { type, features, numberMatched } = json
  if (type !== 'FeatureCollection' || !Array.isArray(features) || !features.every(isObject))
    throw unexpected(json, 'FeatureCollection', asked)
  const matched = wholeNumber(numberMatched)
  const link = readNext(json)
  const next = link !== undefined && link !== '' && !goesOn(link, url) ? '' : link
  return { features, ...(matched !== undefined && { matched }), ...(next !== undefined && { next }) }
}

/** How the features of a collection are to be read. */
export interface Reading {
  /** System of the coordinates, as the answer spells it. */
  readonly crs?: string | undefined
  /** The property that the collection says is the feature's id. */
  readonly id?: string | undefined
}

/** A feature with what is kept of it: nothing that nobody asked for. */
export function readFeature(feature: JsonObject, kept: Kept, { crs, id }: Reading): SentFeature {
  return readGeoJsonFeature(feature, kept, { value: (of, name) => valueIn(of, name, id), ...(crs !== undefined && { srsName: crs }) })
}

/**
 * The value that a feature has under the name of a column: a property, its id, or what stands at the end of a path with points.
 *
 * @param id the property that is the id: services leave it out of the properties, since it stands beside them already
 * @example
 *   valueIn({ properties: { ort: { plz: '78462' } } }, 'ort.plz')  // → '78462'
 *   valueIn({ id: 7, properties: {} }, '@id')                       // → 7
 *   valueIn({ id: 7, properties: {} }, 'nr', 'nr')                  // → 7
 */
export function valueIn(feature: JsonObject, name: string, id?: string): unknown {
  if (name === idColumn) return feature.id
  const plain = propertyOf(feature, name)
  if (plain === undefined && name === id) return feature.id
  if (plain !== undefined || !name.includes('.')) return plain
  return name.split('.').reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), feature.properties)
}

/** Parameters that say which part of an answer is meant, not of which. */
const placing = /^(limit|offset|startindex|f)$/i

/**
 * Whether a link goes on with the question that was asked. Services have been seen to forget the filter. One with a parameter of its
 * own may hold the question in it.
 *
 * @example
 *   goesOn('?limit=10&offset=10', 'https://geo.example/items?limit=10&art=Linde')           // → false
 *   goesOn('?limit=10&offset=10&art=Linde', 'https://geo.example/items?limit=10&art=Linde')  // → true
 *   goesOn('?cursor=x7', 'https://geo.example/items?limit=10&art=Linde')                     // → true
 */
export function goesOn(link: string, asked: string): boolean {
  const to = URL.parse(link, asked)?.searchParams
  if (!to) return false
  const from = new URL(asked).searchParams
  const lost = [...from].some(([name, value]) => !placing.test(name) && to.get(name) !== value)
  return !lost || [...to.keys()].some(name => !placing.test(name) && !from.has(name))
}

/** Where an answer says that the next page is. */
export function readNext({ links }: JsonObject): string | undefined {
  const all = Array.isArray(links) ? links.filter(isObject) : []
  const next = all.filter(({ rel }) => rel === 'next')
  const json = next.find(({ type }) => typeof type !== 'string' || /json/i.test(type)) ?? next[0]
  return json && typeof json.href === 'string' ? json.href : undefined
}

/** Objects in objects; what lies deeper has no name. */
const deepest = 5

/** Names of all properties of some features, with points where objects are nested. */
export function namesIn(features: readonly JsonObject[]): ReadonlySet<string> {
  const names = new Set<string>()
  const look = (value: JsonObject, before: readonly string[]): void => {
    for (const [key, inner] of Object.entries(value)) {
      if (isObject(inner) && before.length < deepest) look(inner, [...before, key])
      else names.add([...before, key].join('.'))
    }
  }
  for (const { properties } of features) if (isObject(properties)) look(properties, [])
  return names
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
