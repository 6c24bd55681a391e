/** Which words does a broker have for a filter? Pure. */

import type { Boxed, Compared, Filter } from '../features/filter.ts'

/** What a broker has shown that it does not ignore. */
export interface Listens {
  readonly q: boolean
  readonly id: boolean
  readonly geo: boolean
}

type Version = 'ld' | 'v2'
export type Parameters = Readonly<Record<string, string>>

/** Longer questions are cut off on their way. */
const longest = 4000

/**
 * The part of a filter that a broker can be asked; `undefined` when there is none. What is left out makes more entities come.
 *
 * @returns `whole`: nothing was left out
 */
export function wordsFor(
  filter: Filter,
  version: Version,
  listens: Listens,
): { readonly filter: Filter; readonly whole: boolean } | undefined {
  const parts = filter.op === 'and' ? filter.of : [filter]
  const said: Filter[] = []
  for (const part of parts) if (parametersOf([...said, part], version, listens)) said.push(part)
  if (said.length === 0) return undefined
  return { filter: said.length === 1 ? said[0]! : { op: 'and', of: said }, whole: said.length === parts.length }
}

/** The parameters of a filter that `wordsFor` has found words for. */
export function parametersFor(filter: Filter, version: Version): Parameters {
  return parametersOf(filter.op === 'and' ? filter.of : [filter], version, { q: true, id: true, geo: true }) ?? {}
}

function parametersOf(parts: readonly Filter[], version: Version, listens: Listens): Parameters | undefined {
  const ids: string[] = []
  const q: string[] = []
  const areas: Boxed[] = []
  for (const part of parts) {
    const named = idsOf(part)
    if (part.op === 'bbox') areas.push(part)
    else if (named) ids.push(named.join(','))
    else {
      const text = queryOf(part, version)
      if (text === undefined) return undefined
      q.push(text)
    }
  }
  if (ids.length > 1 || areas.length > 1) return undefined
  if ((q.length > 0 && !listens.q) || (ids.length > 0 && !listens.id) || (areas.length > 0 && !listens.geo)) return undefined
  const parameters = {
    ...(ids.length > 0 && { id: ids[0]! }),
    ...(q.length > 0 && { q: q.join(';') }),
    ...(areas.length > 0 && areaOf(areas[0]!, version)),
  }
  return Object.values(parameters).reduce((sum, text) => sum + encodeURIComponent(text).length, 0) > longest ? undefined : parameters
}

/** Ids that one of has to be. */
function idsOf(filter: Filter): readonly string[] | undefined {
  const parts = filter.op === 'or' ? filter.of : [filter]
  const ids = parts.map(part => (part.op === 'eq' && part.property === 'id' && /^[\w:./-]+$/.test(part.literal) ? part.literal : undefined))
  return ids.length > 0 && ids.every(id => id !== undefined) ? ids : undefined
}

const signs = { eq: '==', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

/** @see ETSI GS CIM 009, 4.9; FIWARE-NGSI v2, "Simple Query Language" */
function queryOf(filter: Filter, version: Version): string | undefined {
  switch (filter.op) {
    case 'and': {
      const parts = filter.of.map(part => queryOf(part, version))
      if (!parts.every(part => part !== undefined)) return undefined
      return version === 'v2' ? parts.join(';') : `(${parts.join(';')})`
    }
    case 'or':
      return anyOf(filter.of, version)
    case 'bbox':
      return undefined
    case 'like':
      return isName(filter.property) ? `${filter.property}~=${quoted(patternOf(filter.pattern), version)}` : undefined
    case 'notNull':
      return isName(filter.property) ? filter.property : undefined
    case 'isNull':
      // An NGSIv2 attribute may be there and null.
      return isName(filter.property) && version === 'ld' ? `!${filter.property}` : undefined
    default: {
      const literal = literalOf(filter, version)
      return literal !== undefined && isName(filter.property) ? `${filter.property}${signs[filter.op]}${literal}` : undefined
    }
  }
}

/** Values of one attribute are a list in both languages; NGSIv2 knows no other `or`. */
function anyOf(parts: readonly Filter[], version: Version): string | undefined {
  const [first] = parts
  if (first?.op === 'eq' && isName(first.property) && parts.every(part => part.op === 'eq' && part.property === first.property)) {
    const literals = (parts as readonly Compared[]).map(part => literalOf(part, version))
    return literals.every(literal => literal !== undefined) ? `${first.property}==${literals.join(',')}` : undefined
  }
  if (version === 'v2') return undefined
  const texts = parts.map(part => queryOf(part, version))
  return texts.every(text => text !== undefined) ? `(${texts.join('|')})` : undefined
}

function literalOf({ type, literal }: Compared, version: Version): string | undefined {
  switch (type) {
    case 'text':
      // Signs that mean something in one of the languages are compared here: not every broker reads them rightly within quotes.
      return /^[\p{L}\p{N} _.:/+-]+$/u.test(literal) ? quoted(literal, version) : undefined
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(literal) ? literal : undefined
    case 'boolean':
      return literal
    case 'moment':
      return /Z$/.test(literal) ? literal : undefined
    default:
      return undefined
  }
}

function quoted(text: string, version: Version): string {
  return version === 'ld' ? `"${text}"` : `'${text}'`
}

/** A regular expression for a pattern of letters, digits and `*`: in either case, anywhere in the text unless it begins with a letter. */
function patternOf(pattern: string): string {
  const parts = pattern.split('*')
  const start = parts[0] === '' ? '' : '^'
  const any = parts
    .filter(part => part !== '')
    .map(part => part.replace(/[a-z]/gi, letter => `[${letter.toUpperCase()}${letter.toLowerCase()}]`))
  return `${start}${any.join('.*')}`
}

/** Attributes that can be named in a query: no members, no metadata, no full addresses. */
function isName(property: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(property) && property !== 'id' && property !== 'type'
}

function areaOf({ property, lower: [west, south], upper: [east, north] }: Boxed, version: Version): Parameters {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const
  if (version === 'ld') {
    return { georel: 'intersects', geometry: 'Polygon', coordinates: JSON.stringify([ring]), geoproperty: property }
  }
  // Latitude first. NGSIv2 asks about the one place of an entity, whatever its name.
  return { georel: 'intersects', geometry: 'polygon', coords: ring.map(([x, y]) => `${y},${x}`).join(';') }
}
