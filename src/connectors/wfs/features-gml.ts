/** Which features does a GML answer hold? */

import { type GatewayError, sourceFailure } from '../../model/index.ts'
import { type Collection, type Kept, type Sent, type SentFeature, type SentGeometry, unreadableValue } from '../features/sent.ts'
import { GeometryError } from '../geo/index.ts'
import { type Element, growTree, readXml, type Tag } from '../shared/xml.ts'
import { joined, readGml } from './gml.ts'
import { type Asked, isReport, reported, unreadable } from './report.ts'

/**
 * Reads a FeatureCollection of WFS 2.0 or 1.1 feature by feature; a property that nobody asked for is passed over without being
 * taken in.
 *
 * An element that is missing, empty or `xsi:nil` has no value: services write a missing text as an empty one, so an empty text is
 * no value either.
 *
 * @throws GatewayError
 */
export function readGmlFeatures(text: string, asked: Asked, kept: Kept): Collection {
  const reading = new Reading(text, asked, kept)
  readXml(text, {
    open: tag => reading.open(tag),
    text: piece => reading.property?.tree.text(piece),
    close: name => reading.close(name),
  })
  return { features: reading.features, ...reading.counts }
}

interface OpenFeature {
  readonly feature: SentFeature & { readonly values: Map<string, Sent> }
  readonly depth: number
}

interface OpenProperty {
  readonly tree: ReturnType<typeof growTree>
  readonly depth: number
}

/** Where we are in the document. */
class Reading {
  readonly features: SentFeature[] = []
  counts: Pick<Collection, 'matched' | 'numberOfFeatures'> = {}
  property: OpenProperty | undefined
  #feature: OpenFeature | undefined
  /** The system that an envelope names, for geometries that name none (OGC 07-036, 9.10 lets them). */
  #srsName: string | undefined
  readonly #path: string[] = []
  readonly #text: string
  readonly #asked: Asked
  readonly #kept: Kept

  constructor(text: string, asked: Asked, kept: Kept) {
    this.#text = text
    this.#asked = asked
    this.#kept = kept
  }

  open(tag: Tag): void {
    const parent = this.#path.at(-1)
    const depth = this.#path.push(tag.name)
    if (tag.name === 'Envelope') this.#srsName = tag.attributes.get('srsName') ?? this.#srsName
    if (this.property) this.property.tree.open(tag)
    else if (this.#feature) this.#openProperty(tag, depth)
    else if (depth === 1) this.#openRoot(tag)
    else if (isReport(tag.name) || tag.name === 'truncatedResponse') throw this.#brokenOff(tag.name)
    else if (isMember(parent) && tag.name !== 'FeatureCollection') this.#openFeature(tag, depth)
  }

  close(name: string): void {
    const depth = this.#path.length
    this.#path.pop()
    if (this.property) {
      this.property.tree.close()
      if (this.property.depth === depth) this.#closeProperty(name, this.property.tree.root())
    } else if (this.#feature?.depth === depth) {
      this.features.push(this.#feature.feature)
      this.#feature = undefined
    }
  }

  #openRoot({ name, attributes }: Tag): void {
    if (isReport(name)) throw reported(this.#text, this.#asked)
    if (name !== 'FeatureCollection') {
      throw unreadable(this.#asked.shown, this.#asked.status, this.#text, `a document of type ${name.slice(0, 40)}`)
    }
    const [matched, numberOfFeatures] = [attributes.get('numberMatched'), attributes.get('numberOfFeatures')].map(countOf)
    this.counts = { ...(matched !== undefined && { matched }), ...(numberOfFeatures !== undefined && { numberOfFeatures }) }
  }

  #openFeature({ attributes }: Tag, depth: number): void {
    const id = attributes.get('id') ?? attributes.get('fid')
    this.#feature = { feature: { values: new Map(), ...(id && { id }) }, depth }
  }

  #openProperty(tag: Tag, depth: number): void {
    if (depth !== this.#feature!.depth + 1 || !this.#kept.properties.has(tag.name)) return
    this.property = { tree: growTree(), depth }
    this.property.tree.open(tag)
  }

  #closeProperty(name: string, element: Element): void {
    const { values } = this.#feature!.feature
    const before = values.get(name)
    const value = this.#kept.geometries.has(name) ? geometryIn(element, this.#srsName) : plainValue(element)
    // What is sent twice cannot be one value; only of geometries there may be several parts.
    values.set(name, before === undefined ? value : together(before, value))
    this.property = undefined
  }

  /** A service that fails half-way says so among the features. */
  #brokenOff(name: string): GatewayError {
    return sourceFailure('SOURCE_ANSWER_INVALID', `${this.#asked.shown}: the service broke off with a ${name}`)
  }
}

/** Services that do not want to count write "unknown". */
function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

function isMember(name: string | undefined): boolean {
  return name === 'member' || name === 'featureMember' || name === 'featureMembers'
}

function geometryIn(element: Element, srsName: string | undefined): Sent {
  const [first, ...others] = element.children
  if (!first) return element.attributes.has('href') || element.text.trim() !== '' ? unreadableValue : null
  if (others.length > 0) return unreadableValue
  try {
    return { ...(srsName && { srsName }), ...readGml(first) }
  } catch (error) {
    if (error instanceof GeometryError) return unreadableValue
    throw error
  }
}

/** MapServer writes a property for each part where its layer declares a type of single parts. */
function together(one: Sent, other: Sent): Sent {
  if (!isGeometry(one) || !isGeometry(other) || one.srsName !== other.srsName) return unreadableValue
  return { ...one, geometry: joined(one.geometry, other.geometry) }
}

function isGeometry(value: Sent): value is SentGeometry {
  return typeof value === 'object' && value !== null
}

/** The text of a property; `gml:timePosition` and the like may stand around it. */
function plainValue(element: Element): Sent {
  if (element.children.length === 0) return element.text === '' ? null : element.text
  const [only, ...others] = element.children
  return others.length > 0 || element.text.trim() !== '' ? unreadableValue : plainValue(only!)
}
