/** How do proposals become lines of YAML that people like to read and nothing can slip out of? */

import { stringify } from 'yaml'

/**
 * One value on one line, quoted where it must be; fit to stand in `{ }` or `[ ]` as well.
 *
 * @example
 *   inline({ column: 'NAME', type: 'text' })  // → '{ column: NAME, type: text }'
 *   inline('Bäume: alle')                     // → '"Bäume: alle"'
 */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  // As part of a collection, so that a text is quoted where only `{ }` and `[ ]` ask for it.
  const text = stringify([cleaned(value)], {
    version: '1.2',
    collectionStyle: 'flow',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  }).trim()
  return text.slice(1, -1).trim()
}

/** Keys as well: codes are texts of the source too. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return oneLine(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [oneLine(key), cleaned(item)]))
}

/**
 * A text of the source as part of a comment or a value: on one line, whatever it holds, and of bearable length. A line break in a name
 * must not open a field.
 *
 * @example
 *   oneLine('a\n  secret: open')  // → 'a secret: open'
 */
export function oneLine(text: string, longest = 300): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('${', '$ {')
    .replace(/ {2,}/g, ' ')
    .trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

/** Lines of a comment, broken at words. */
export function comment(text: string, indent = '', width = 110): readonly string[] {
  const lines: string[] = []
  if (oneLine(text) === '') return lines
  for (const word of oneLine(text, 2000).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`${indent}# ${word}`)
  }
  return lines
}

/** The same lines, out of force: deleting the one `#` of a line puts it back as it was. */
export function closed(lines: readonly string[], indent: string): readonly string[] {
  return lines.map(line => `${indent}#${line.slice(indent.length)}`)
}
