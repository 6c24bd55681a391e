/** Which questions give each group once, where several stored codes are served as one value? */

import { type AggregateRequest, type Cell, type Condition, compareDecimals, type OpenField, type Row } from '../model/index.ts'
import type { Asking } from './asking.ts'
import { unlabelled } from './filter.ts'
import { read } from './read.ts'
import { refuse } from './refuse.ts'

/** Questions for one aggregate at most. */
const partsAtMost = 64

/** An aggregate whose first measure counts rows. */
export interface Grouped extends AggregateRequest {
  readonly groupBy: readonly OpenField[]
}

/**
 * The groups of a request, the largest first, as callers may know them: codes with one label are one group, and so are a missing code
 * and all codes without a label. How the rows of such a group spread over its codes is closed.
 *
 * The source groups by what it has stored. When that gives a group twice, or not all groups, it is asked again in parts: the codes
 * that need no second look, then each label of several codes, then what has no label. So every figure is exact, averages as well.
 *
 * @returns cells of `groupBy`, then of `measures`; a label is represented by the first of its codes
 */
export async function readGroups(asking: Asking, request: Grouped): Promise<readonly Row[]> {
  const { groupBy, limit } = request
  if (!groupBy.some(field => field.codes)) return read(asking, request)
  const parts = partsOf(groupBy)
  if (parts.length > partsAtMost) throw tooManyParts()
  const found = (await read(asking, request)).map(row => row.map((cell, at) => (groupBy[at] ? served(cell, groupBy[at]) : cell)))
  const names = new Set(found.map(row => JSON.stringify(row.slice(0, groupBy.length))))
  const whole = found.length < limit && names.size === found.length
  const rows = whole ? found : (await Promise.all(parts.map(part => readPart(asking, request, part)))).flat()
  return rows.sort(byCountThenCells(groupBy)).slice(0, limit)
}

/** Some of the groups: those that meet a condition, which fixes the value of some fields. */
interface Part {
  readonly where: readonly Condition[]
  readonly fixed: ReadonlyMap<OpenField, Cell>
}

function partsOf(groupBy: readonly OpenField[]): readonly Part[] {
  return groupBy.reduce<readonly Part[]>(
    (parts, field) =>
      parts.flatMap(part =>
        choices(field).map(({ where, fixed }) => ({
          where: [...part.where, ...where],
          fixed: new Map([...part.fixed, ...fixed]),
        })),
      ),
    [{ where: [], fixed: new Map() }],
  )
}

function choices(field: OpenField): readonly Part[] {
  if (!field.codes) return [{ where: [], fixed: new Map() }]
  const labels = codesByLabel(field)
  const single = labels.filter(codes => codes.length === 1).flat()
  const shared = labels.filter(codes => codes.length > 1)
  return [
    ...(single.length > 0 ? [{ where: [{ op: 'in', column: field, values: single } as const], fixed: new Map() }] : []),
    ...shared.map(codes => ({ where: [{ op: 'in', column: field, values: codes } as const], fixed: new Map([[field, codes[0]!]]) })),
    { where: [unlabelled(field, Object.keys(field.codes))], fixed: new Map([[field, null]]) },
  ]
}

/** Codes whose labels are the same in both languages stand together. */
function codesByLabel({ codes = {} }: OpenField): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>()
  for (const [code, { de, en }] of Object.entries(codes)) {
    const label = JSON.stringify([de, en])
    groups.set(label, [...(groups.get(label) ?? []), code])
  }
  return [...groups.values()]
}

function served(cell: Cell, field: OpenField): Cell {
  return (field.codes && codesByLabel(field).find(codes => codes.includes(String(cell)))?.[0]) ?? cell
}

async function readPart(asking: Asking, request: Grouped, { where, fixed }: Part): Promise<Row[]> {
  const groupBy = request.groupBy.filter(field => !fixed.has(field))
  const conditions = [...(request.where ? [request.where] : []), ...where]
  const rows = await read(asking, { ...request, where: { op: 'and', of: conditions }, groupBy })
  return rows
    .filter(row => Number(row[groupBy.length]) > 0)
    .map(row => {
      const cells = new Map<OpenField, Cell>([...fixed, ...groupBy.map((field, at) => [field, row[at] ?? null] as const)])
      return [...request.groupBy.map(field => cells.get(field) ?? null), ...row.slice(groupBy.length)]
    })
}

/** Not in the order of the source, which would show which codes it has stored. Missing values come last. */
function byCountThenCells(groupBy: readonly OpenField[]): (a: Row, b: Row) => number {
  return (a, b) => {
    const counted = Number(b[groupBy.length]) - Number(a[groupBy.length])
    if (counted !== 0) return counted
    const at = groupBy.findIndex((_, at) => a[at] !== b[at])
    return at < 0 ? 0 : compare(a[at] ?? null, b[at] ?? null, groupBy[at]!)
  }
}

function compare(a: Cell, b: Cell, { type }: OpenField): number {
  if (a === null || b === null) return a === null ? 1 : -1
  if (type === 'decimal' || type === 'bigint') return compareDecimals(String(a), String(b))
  return a < b ? -1 : 1
}

function tooManyParts() {
  return refuse(
    'QUERY_TOO_EXPENSIVE',
    {
      de: 'So viele Felder, deren Werte sich Bezeichnungen teilen, lassen sich nicht auf einmal gruppieren.',
      en: 'So many fields whose values share labels cannot be grouped by at once.',
    },
    { de: 'Nach weniger Feldern gruppieren.', en: 'Group by fewer fields.' },
  )
}
