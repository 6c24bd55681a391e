/** How do several tables become one: pages one after the other, and two lists side by side? Pure. */

import type { Names, Table } from '../shared/table.ts'

/** Pages of one list, in order. */
export function stacked(pages: readonly Table[]): Table {
  const [first] = pages
  if (pages.length === 1 && first) return first
  const rows = pages.flatMap(table => Array.from({ length: table.size }, (_, row) => ({ table, row })))
  const named = pages.flatMap(({ names }) => (names ? [names] : []))
  const names: Names = {
    has: name => named.some(some => some.has(name)),
    [Symbol.iterator]: () => new Set(named.flatMap(some => [...some])).values(),
  }
  return {
    size: rows.length,
    names: named.length === 0 ? undefined : names,
    raw: (name, row) => rows[row]!.table.raw(name, rows[row]!.row),
    convert: (raw, column) => first?.convert(raw, column),
    problems: added(pages.map(({ problems }) => problems)),
  }
}

/** How a second list is put beside a first. */
export interface Joint {
  /** What the names of its columns begin with. */
  readonly name: string
  /** Column of the first list → column of the second; one entry. */
  readonly match: Readonly<Record<string, string>>
}

/** The rows of a list, each with the row of the second that has the same value. A value that comes twice there fits no row. */
export function beside(main: Table, other: Table, { name, match }: Joint): Table {
  const start = `${name}/`
  const [[on, theirs] = ['', '']] = Object.entries(match)
  const [places, twice] = placesOf(other, theirs)
  const own = (column: string): string | undefined => (column.startsWith(start) ? column.slice(start.length) : undefined)
  const { names } = main
  const both: Names | undefined = names && {
    has: column => {
      const inside = own(column)
      return names.has(column) || (inside !== undefined && (other.names?.has(inside) ?? true))
    },
    [Symbol.iterator]: () => new Set([...names, ...[...(other.names ?? [])].map(inside => start + inside)]).values(),
  }
  return {
    ...main,
    names: both,
    raw: (column, row) => {
      const inside = own(column)
      if (inside === undefined) return main.raw(column, row)
      const at = places.get(identity(main.raw(on, row)))
      return at === undefined ? undefined : other.raw(inside, at)
    },
    problems: added([main.problems, other.problems, twice > 0 ? { 'row that is there twice in the second list': twice } : {}]),
  }
}

function placesOf(table: Table, on: string): readonly [ReadonlyMap<string, number>, number] {
  const places = new Map<string, number>()
  const twice = new Set<string>()
  for (let row = 0; row < table.size; row++) {
    const key = identity(table.raw(on, row))
    if (key === '') continue
    if (places.has(key)) twice.add(key)
    places.set(key, row)
  }
  for (const key of twice) places.delete(key)
  return [places, twice.size]
}

/** Ids are numbers in one list and texts in the other, often enough. */
function identity(raw: unknown): string {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : ''
}

function added(all: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const [reason, count] of all.flatMap(problems => Object.entries(problems))) sums[reason] = (sums[reason] ?? 0) + count
  return sums
}
