/** What do a few rows of a table look like, as texts? */

import { GeometryError, readWkb } from '../../geo/index.ts'
import { type Fragment, raw, sql, wrap } from '../compile/fragment.ts'
import { limited } from '../compile/limit.ts'
import { named } from '../compile/select.ts'
import type { ColumnFacts, Dialect } from '../dialects/index.ts'
import type { Place } from '../place.ts'
import { columnText, tableText } from './names.ts'
import type { Conversation } from './questions.ts'

/** A text of a whole document is no help to whoever looks for a type. */
const longest = 1_000

/**
 * @param facts by place in `columns`; a column without any is not asked for
 * @param limit 1 … 1000
 */
export async function sampleOf(
  place: Place,
  columns: readonly string[],
  facts: readonly (ColumnFacts | undefined)[],
  limit: number,
  { session: { dialect }, rows }: Conversation,
): Promise<readonly (readonly (string | null)[])[]> {
  const items = named(columns.map((column, at) => itemOf(column, facts[at], dialect)))
  const from = sql`from ${tableText(place, dialect)} t`
  const found = await rows(limited({ items, from, order: undefined, limit, skip: 0 }, { dialect }))
  return found.map(row => row.map(cell => shown(cell)?.slice(0, longest) ?? null))
}

function itemOf(column: string, facts: ColumnFacts | undefined, dialect: Dialect): Fragment {
  // Pictures and documents are not fetched to be thrown away; a GeoPackage keeps its geometries so.
  if (!facts || (facts.stored === 'bytes' && dialect.name !== 'sqlite')) return raw('null')
  const expression = columnText(column, dialect)
  const { out } = dialect.geometry
  if (facts.stored === 'geometry') return typeof out === 'function' ? out(expression) : wrap(expression, out)
  const selects = dialect.selects[facts.stored]
  return selects ? wrap(expression, selects) : expression
}

/** Geometries as GeoJSON in the source's own coordinates. */
function shown(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null
  if (!(cell instanceof Uint8Array)) return String(cell)
  try {
    return JSON.stringify(readWkb(cell).geometry)
  } catch (error) {
    if (error instanceof GeometryError) return null
    throw error
  }
}
