/** Which day or time is written in a format such as `dd.MM.yyyy HH:mm`? */

/** Letters of a format, by Unicode (UTS 35, Date Field Symbols): what they stand for, and the digits they take. */
const letters: Readonly<Record<string, readonly [name: string, digits: string]>> = {
  yyyy: ['year', '\\d{4}'],
  MM: ['month', '\\d{2}'],
  M: ['month', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  ss: ['second', '\\d{2}'],
}

/**
 * What a format takes, as a regular expression with the groups year, month, day, hour, minute, second.
 *
 * @returns `undefined` when it holds letters that mean nothing, or one thing twice. Words stand in quotes: `HH:mm 'Uhr'`
 */
export function compileFormat(format: string): RegExp | undefined {
  const known = compiled.get(format)
  if (known) return known
  const parts = format.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']/g) ?? []
  if (parts.join('') !== format) return undefined
  const sources = parts.map(part => {
    if (!/^[A-Za-z]/.test(part)) return part.replaceAll("'", '').replace(/[^A-Za-z0-9\s]/g, '\\$&')
    const letter = Object.hasOwn(letters, part) ? letters[part] : undefined
    return letter && `(?<${letter[0]}>${letter[1]})`
  })
  const names = parts.flatMap(part => letters[part]?.[0] ?? [])
  if (!sources.every(source => source !== undefined) || new Set(names).size < names.length) return undefined
  const made = new RegExp(`^${sources.join('')}$`)
  compiled.set(format, made)
  return made
}

const compiled = new Map<string, RegExp>()

/**
 * The ISO spelling of a day, a time of day, or both.
 *
 * @param text without blanks around
 * @returns `undefined` when the text is not written in the format
 * @example
 *   readFormat('1.7.2026 8:05', 'd.M.yyyy H:mm')     // → '2026-07-01T08:05:00'
 *   readFormat('20260701', 'yyyyMMdd')               // → '2026-07-01'
 *   readFormat('0805', 'HHmm')                       // → '08:05:00'
 *   readFormat('2026-07-01', 'dd.MM.yyyy')           // → undefined
 */
export function readFormat(text: string, format: string): string | undefined {
  const found = compileFormat(format)?.exec(text)?.groups
  if (!found) return undefined
  const { year, month, day, hour, minute = '00', second = '00' } = found
  const date = year && `${year}-${two(month)}-${two(day)}`
  const time = hour && `${two(hour)}:${minute}:${second}`
  return [date, time].filter(part => part !== undefined).join('T')
}

function two(digits = ''): string {
  return digits.padStart(2, '0')
}
