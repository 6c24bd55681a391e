/** Which of our two languages does a caller read? */

import type { Language } from '../model/index.ts'

/**
 * The first of our languages in the caller's own order.
 *
 * @param header `Accept-Language` as received
 * @see RFC 9110, 12.5.4
 * @example
 *   languageOf('en-GB,en;q=0.9,de;q=0.8', 'de')  // → 'en'
 *   languageOf('fr,de;q=0.5', 'en')              // → 'de'
 *   languageOf(undefined, 'de')                  // → 'de'
 */
export function languageOf(header: string | undefined, otherwise: Language): Language {
  const wishes = (header ?? '').split(',').map(readWish)
  const known = wishes.filter(wish => (wish.language === 'de' || wish.language === 'en') && wish.quality > 0)
  const best = known.sort((a, b) => b.quality - a.quality)[0]
  return (best?.language as Language | undefined) ?? otherwise
}

function readWish(part: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
  const quality = parameters.map(parameter => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(value => value !== undefined)
  return { language: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) || 0 }
}
