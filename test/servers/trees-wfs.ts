/** How does a small WFS lie? As real ones have been seen to: with status 200 and a friendly answer. */

import { type Element, readElement } from '../../src/connectors/shared/xml.ts'
import { type Replay, type Said, startReplay } from './replay.ts'

export interface Tree {
  readonly nr: number
  readonly art: string | null
  readonly jahr: number | null
}

export interface Lies {
  /** Parameters that are ignored. */
  readonly ignores?: readonly ('FILTER' | 'SORTBY' | 'STARTINDEX' | 'COUNT')[]
  /** Features per answer at most, without a word about it. */
  readonly most?: number
  /** Upper and lower case are the same when texts are compared. */
  readonly foldsCase?: boolean
  /** Says how many features match; default: "unknown". */
  readonly says?: (matching: number, all: number) => number | 'unknown'
  /** Answers to `resultType=hits`, where it differs. */
  readonly counts?: (matching: number, all: number) => number
  /** Filters that are answered with status 500. */
  readonly diesOf?: RegExp
  /** More properties than were asked for. */
  readonly chatty?: boolean
  /** Does not describe its types. */
  readonly silent?: boolean
  /** Missing values come last when sorted upwards; default: first. */
  readonly nullsLast?: boolean
}

/** Speaks as much WFS 2.0 as is asked of it: comparisons, and, or, one or two columns to sort by. */
export function startTreesWfs(trees: readonly Tree[], lies: Lies = {}): Promise<Replay> {
  const ignores = (name: NonNullable<Lies['ignores']>[number]): boolean => lies.ignores?.includes(name) ?? false
  return startReplay(({ REQUEST, FILTER, SORTBY, STARTINDEX, COUNT, RESULTTYPE, PROPERTYNAME }): Said => {
    if (REQUEST === 'DescribeFeatureType') return lies.silent ? { body: '', status: 404 } : { body: schema }
    if (FILTER && lies.diesOf?.test(FILTER)) return { body: '', status: 500 }
    const found = FILTER && !ignores('FILTER') ? trees.filter(tree => holds(readElement(FILTER).children[0]!, tree, lies)) : trees
    const matched = lies.says?.(found.length, trees.length) ?? 'unknown'
    if (RESULTTYPE === 'hits') return { body: collection([], [], lies.counts?.(found.length, trees.length) ?? found.length) }
    const sorted = SORTBY && !ignores('SORTBY') ? found.toSorted(sorter(SORTBY, lies)) : found
    const start = ignores('STARTINDEX') ? 0 : Number(STARTINDEX ?? 0)
    const count = Math.min(
      ignores('COUNT') ? Number.POSITIVE_INFINITY : Number(COUNT ?? Number.POSITIVE_INFINITY),
      lies.most ?? Number.POSITIVE_INFINITY,
    )
    const names = lies.chatty ? ['nr', 'art', 'jahr', 'pruefer'] : (PROPERTYNAME ?? '').split(',')
    return { body: collection(sorted.slice(start, start + count), names, matched) }
  })
}

const schema = `<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://stadt.example/app">
  <element name="baum" type="app:baumType"/>
  <complexType name="baumType"><complexContent><extension base="gml:AbstractFeatureType"><sequence>
    <element name="nr" type="int"/><element name="art" type="string"/><element name="jahr" type="int"/><element name="pruefer" type="string"/>
  </sequence></extension></complexContent></complexType>
</schema>`

function collection(trees: readonly Tree[], names: readonly string[], matched: number | 'unknown'): string {
  const members = trees.map(tree => {
    const values: Record<string, unknown> = { ...tree, pruefer: 'GEHEIM' }
    return `<wfs:member><app:baum>${names.map(name => `<app:${name}>${values[name] ?? ''}</app:${name}>`).join('')}</app:baum></wfs:member>`
  })
  return `<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:app="http://stadt.example/app" numberMatched="${matched}" numberReturned="${trees.length}">${members.join('')}</wfs:FeatureCollection>`
}

function holds({ name, children }: Element, tree: Tree, lies: Lies): boolean {
  if (name === 'And') return children.every(child => holds(child, tree, lies))
  if (name === 'Or') return children.some(child => holds(child, tree, lies))
  if (name === 'Not') return !holds(children[0]!, tree, lies)
  const value = tree[children[0]!.text as keyof Tree]
  if (name === 'PropertyIsNull') return value === null
  if (value === null) return false
  const literal = children[1]!.text
  const [left, right] = lies.foldsCase ? [String(value).toLowerCase(), literal.toLowerCase()] : [String(value), literal]
  if (name === 'PropertyIsLike') return new RegExp(`^${right.replaceAll('*', '.*')}$`, 'i').test(String(value))
  const order = typeof value === 'number' ? value - Number(literal) : left < right ? -1 : left > right ? 1 : 0
  switch (name) {
    case 'PropertyIsEqualTo':
      return order === 0
    case 'PropertyIsLessThan':
      return order < 0
    case 'PropertyIsLessThanOrEqualTo':
      return order <= 0
    case 'PropertyIsGreaterThan':
      return order > 0
    default:
      return order >= 0
  }
}

function sorter(sortBy: string, { nullsLast }: Lies): (a: Tree, b: Tree) => number {
  const parts = sortBy.split(',').map(part => part.split(' ') as [keyof Tree, string])
  return (a, b) => {
    for (const [name, direction] of parts) {
      const [left, right] = [a[name], b[name]]
      if (left === right) continue
      const order = left === null ? (nullsLast ? 1 : -1) : right === null ? (nullsLast ? -1 : 1) : left < right ? -1 : 1
      return direction === 'DESC' ? -order : order
    }
    return 0
  }
}
