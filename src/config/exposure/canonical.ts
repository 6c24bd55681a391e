/** How do two equal descriptions get one text and one checksum, whatever the order of their keys? */

import { createHash } from 'node:crypto'

/**
 * JSON with sorted keys and without blanks; what is undefined is left out, a set is a sorted list, a map an object.
 *
 * @example
 *   canonicalJson({ b: 1, a: [2, undefined] })  // → '{"a":[2,null],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (value instanceof Set) return canonicalJson([...value].sort())
  if (value instanceof Map) return canonicalJson(Object.fromEntries(value))
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** `sha256:` and 64 hexadecimal digits over the canonical JSON of a value. */
export function checksum(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`
}

/** true: the two values have one canonical form. */
export function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
