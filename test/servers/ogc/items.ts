/** Which features does the tests' own OGC API send for a question? */

import { CqlError, type Predicate, readCql } from './cql.ts'
import { crs84, crsUri, systems } from './description.ts'
import { boxOf, compareValues, type Feature, geoJsonOf, type Table } from './table.ts'
import { type OgcWish, Problem, type Reply } from './wish.ts'

const known = ['limit', 'offset', 'bbox', 'bbox-crs', 'datetime', 'filter', 'filter-lang', 'sortby', 'properties', 'crs'] as const

/** @see OGC 17-069r4, 7.15 and 7.16 */
export function itemsOf(table: Table, url: URL, wish: OgcWish): Reply {
  const parameters = new Map([...url.searchParams].filter(([name]) => !wish.ignores?.includes(name)))
  for (const name of parameters.keys()) checkName(name, table, wish)
  const found = sorted(filtered(table, parameters), table, parameters.get('sortby'))
  const limit = Math.min(wholeNumber(parameters.get('limit') ?? '10', 'limit', 1), wish.limitMost ?? 10_000)
  const offset = wholeNumber(parameters.get('offset') ?? '0', 'offset', 0)
  const page = found.slice(offset, offset + limit)
  const crs = crsAsked(parameters.get('crs'))
  const chosen = parameters.get('properties')?.split(',')
  const bare = wish.dropsGeometry === true && chosen !== undefined
  const more = offset + limit < found.length
  const next = more ? linkTo(url, offset + limit, limit, wish) : undefined
  const members = [
    '"type":"FeatureCollection"',
    `"numberReturned":${page.length}`,
    ...(wish.counts === false ? [] : [`"numberMatched":${found.length}`]),
    `"links":${JSON.stringify(next === undefined ? [] : [{ rel: 'next', href: next, type: 'application/geo+json' }])}`,
    `"features":[${page.map(feature => geoJsonOf(bare ? { ...feature, geometry: null } : feature, table, chosen, crs)).join(',')}]`,
  ]
  const headers = { 'content-crs': `<${crs === undefined ? crs84 : crsUri(crs)}>` }
  return { type: 'application/geo+json', headers, body: `{${members.join(',')}}` }
}

/** OGC 17-069r4, 7.5.2: what a server does not know, it refuses. */
function checkName(name: string, table: Table, { cql = true, ignores }: OgcWish): void {
  const column = table.columns.find(({ column }) => column === name)
  const parameter = known.some(one => one === name) && (cql || !name.startsWith('filter'))
  if (!parameter && (!column || column.geometry) && ignores === undefined) throw new Problem(400, `unknown parameter '${name}'`)
}

function filtered(table: Table, parameters: ReadonlyMap<string, string>): readonly Feature[] {
  const predicates = [...parameters].flatMap(([name, value]) => predicateOf(name, value, table))
  return table.features.filter(feature => predicates.every(predicate => predicate(feature)))
}

type FeatureTest = (feature: Feature) => boolean

function predicateOf(name: string, value: string, table: Table): readonly FeatureTest[] {
  if (name === 'filter') {
    const predicate = cqlOf(value, table)
    return [({ values }) => predicate(values) === true]
  }
  if (name === 'bbox') return [inBox(value)]
  if (name === 'datetime') return [during(value, table)]
  const column = table.columns.find(({ column }) => column === name)
  if (!column) return []
  return [
    ({ values }) => {
      const own = values.get(name) ?? null
      return own !== null && (column.type === 'text' ? own === value : compareValues(own, typed(value, column.type), column.type) === 0)
    },
  ]
}

function typed(value: string, type: string): string | boolean {
  return type === 'boolean' ? value === 'true' : value
}

function cqlOf(text: string, table: Table): Predicate {
  try {
    return readCql(text, table)
  } catch (error) {
    if (error instanceof CqlError) throw new Problem(400, `filter: ${error.message}`)
    throw error
  }
}

function inBox(value: string): FeatureTest {
  const corners = value.split(',').map(Number)
  if (corners.length !== 4 || !corners.every(Number.isFinite)) throw new Problem(400, 'bbox has four numbers')
  const [west, south, east, north] = corners as [number, number, number, number]
  return ({ geometry }) => {
    if (!geometry) return false
    const [minX, minY, maxX, maxY] = boxOf(geometry)
    return minX <= east && maxX >= west && minY <= north && maxY >= south
  }
}

function during(value: string, { temporal }: Table): FeatureTest {
  const [from, to] = (value.includes('/') ? value : `${value}/${value}`)
    .split('/')
    .map(part => (part === '..' || part === '' ? undefined : part))
  for (const part of [from, to]) {
    if (part !== undefined && !Number.isFinite(Date.parse(part))) throw new Problem(400, `no time: ${part}`)
  }
  return ({ values }) => {
    const own = temporal === undefined ? null : (values.get(temporal) ?? null)
    if (own === null) return temporal === undefined
    return (from === undefined || compareValues(own, from, 'moment') >= 0) && (to === undefined || compareValues(own, to, 'moment') <= 0)
  }
}

/** Missing values count as greater than all others, as in PostgreSQL. */
function sorted(features: readonly Feature[], table: Table, sortby: string | undefined): readonly Feature[] {
  if (sortby === undefined) return features
  const orders = sortby.split(',').map(part => {
    // A plus sign that nobody has escaped arrives as a blank.
    const name = part.replace(/^[+ -]/, '')
    const column = table.columns.find(({ column }) => column === name)
    if (!column || column.geometry) throw new Problem(400, `'${name}' is not a sortable property`)
    return { column, down: part.startsWith('-') }
  })
  return [...features].sort((a, b) => {
    for (const { column, down } of orders) {
      const [left, right] = [a.values.get(column.column) ?? null, b.values.get(column.column) ?? null]
      const order =
        left === null || right === null ? Number(left === null) - Number(right === null) : compareValues(left, right, column.type)
      if (order !== 0) return down ? -order : order
    }
    return 0
  })
}

function crsAsked(uri: string | undefined): string | undefined {
  if (uri === undefined || uri === crs84) return undefined
  const code = systems.find(one => crsUri(one) === uri)
  if (!code) throw new Problem(400, `unknown crs '${uri}'`)
  return code
}

function wholeNumber(text: string, name: string, least: number): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < least) throw new Problem(400, `${name} is a whole number from ${least}`)
  return number
}

function linkTo(url: URL, offset: number, limit: number, { next }: OgcWish): string | undefined {
  const to = new URL(url)
  to.searchParams.set('offset', String(offset))
  to.searchParams.set('limit', String(limit))
  return next ? next(to) : to.href
}
