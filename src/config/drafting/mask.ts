/** How is a value shown so that its form is seen and it itself is not? */

/**
 * Letters become x, digits 9; everything else stays, up to 24 signs.
 *
 * @example
 *   mask('2,10 m')              // → '9,99 x'
 *   mask('Max Mustermann')      // → 'Xxx Xxxxxxxxxx'
 *   mask('KN-AB 123')           // → 'XX-XX 999'
 */
export function mask(value: string): string {
  const signs = [...value.replace(/\s/g, ' ')]
  const shown = signs.slice(0, 24).map(sign => {
    if (/\p{Lu}/u.test(sign)) return 'X'
    if (/\p{L}|\p{M}/u.test(sign)) return 'x'
    return /\p{N}/u.test(sign) ? '9' : sign
  })
  return shown.join('') + (signs.length > 24 ? '…' : '')
}

/** Up to three forms that values have, the most frequent first. */
export function forms(values: readonly (string | null)[]): readonly string[] {
  const seen = new Map<string, number>()
  for (const value of values) if (value !== null && value.trim() !== '') seen.set(mask(value), (seen.get(mask(value)) ?? 0) + 1)
  return [...seen]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([form]) => form)
}
