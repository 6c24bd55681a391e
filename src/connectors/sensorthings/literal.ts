/** How is a value written in a `$filter`? Nothing that could end a literal is ever written otherwise than the standard says. */

import { canonicalDecimal, type Geometry, type Scalar } from '../../model/index.ts'
import { boxOfArea } from '../geo/index.ts'

/** How a service stores the values of a property, as seen in its answers. */
export type Stored = 'text' | 'number' | 'boolean' | 'instant'

/**
 * @param quotes whether the service has shown that it reads a doubled quote as one; a server was seen that ran into an SQL error there
 * @returns      `undefined` for a value that is better compared here
 * @see OData 4.0, part 2, 5.1.1.6.1 (ABNF: SQUOTE-in-string)
 * @example
 *   literalOf("O'Brien", 'text', true)        // → "'O''Brien'"
 *   literalOf("O'Brien", 'text', false)       // → undefined
 *   literalOf('12.50', 'number', true)        // → '12.5'
 *   literalOf('2026-01-01T00:00:00Z', 'instant', true)  // → '2026-01-01T00:00:00Z'
 */
export function literalOf(value: Scalar, stored: Stored, quotes: boolean): string | undefined {
  switch (stored) {
    case 'text':
      return textLiteral(String(value), quotes)
    case 'number':
      return numberLiteral(value)
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : undefined
    case 'instant':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(String(value)) ? String(value) : undefined
  }
}

/** An id as a question and an address write it; texts with a quote are not addressed. */
export function idLiteral(id: unknown): string | undefined {
  return typeof id === 'number' || typeof id === 'string' ? literalOf(id, typeof id === 'number' ? 'number' : 'text', false) : undefined
}

/** Backslashes and control characters mean something to the databases behind some servers. */
function textLiteral(text: string, quotes: boolean): string | undefined {
  if (/[\p{Cc}\\]/u.test(text) || (text.includes("'") && !quotes)) return undefined
  return `'${text.replaceAll("'", "''")}'`
}

function numberLiteral(value: Scalar): string | undefined {
  const text = canonicalDecimal(String(value))
  return text !== undefined && Math.abs(Number(text)) < 1e15 && text.length <= 24 ? text : undefined
}

/**
 * A condition that is true at least for every text that contains (or starts with) the value, upper or lower case. Only ASCII letters
 * and digits are compared by the service: not every database knows that Ä is ä.
 *
 * @returns `undefined` when there is nothing to compare
 * @see OGC 18-088, 9.3.3.5.2: `substringof`, where OData 4 has `contains`
 * @example
 *   textPart('name', 'Herosé-Park', false)  // → "substringof('heros',tolower(name))"
 *   textPart('name', 'MS-', true)           // → "startswith(tolower(name),'ms')"
 */
export function textPart(name: string, value: string, start: boolean): string | undefined {
  const runs = [...value.matchAll(/[a-z0-9]+/gi)].sort((a, b) => b[0].length - a[0].length)
  const first = start ? runs.find(run => run.index === 0) : undefined
  if (first) return `startswith(tolower(${name}),'${first[0].toLowerCase()}')`
  return runs[0] && `substringof('${runs[0][0].toLowerCase()}',tolower(${name}))`
}

/** Wider boxes are left to us: their edges are bent on the globe, and nobody says which way a service draws them. */
const widest = 2

/**
 * A condition that is true at least for every geometry that touches the area.
 *
 * @returns `undefined` when the area is empty, or so wide that its edges are doubtful
 * @see OGC 18-088, 9.3.3.5.2: `st_intersects`
 */
export function touching(name: string, area: Geometry): string | undefined {
  const box = boxOfArea(area)
  if (!box || box[2] - box[0] > widest || box[3] - box[1] > widest) return undefined
  // A margin, since edges may be bent and coordinates rounded; what lies in it falls away when rows are looked at again.
  const margin = Math.max(box[2] - box[0], box[3] - box[1]) / 100 + 0.00001
  const [west, south, east, north] = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin].map(degrees => degrees.toFixed(7))
  const ring = [`${west} ${south}`, `${east} ${south}`, `${east} ${north}`, `${west} ${north}`, `${west} ${south}`].join(', ')
  return `st_intersects(${name},geography'POLYGON((${ring}))')`
}
