/** Do values look as if they were about people? Only ever asked of a sample that somebody ordered. */

import { type PersonalHint, personalWords } from './personal.ts'

/** So many of the values that are there must look alike, for shapes that other things have as well. */
const most = 0.5

/**
 * What a column's values say.
 *
 * @param values as the source writes them
 * @param today  `2026-11-26`: birthdays lie well before
 */
export function hintInValues(values: readonly (string | null)[], today: string): PersonalHint | undefined {
  const there = values.flatMap(value => (value === null || value.trim() === '' ? [] : [value.trim()]))
  if (there.length === 0) return undefined
  const share = (is: (value: string) => boolean) => there.filter(is).length / there.length
  const hint = (what: PersonalHint['what'], level: PersonalHint['level'] = 'likely'): PersonalHint => ({ what, level, seenIn: 'values' })
  // One is enough: nothing else looks like these.
  if (there.some(isIban)) return hint(personalWords.bank)
  if (there.some(isMail)) return hint(personalWords.contact)
  if (share(isPhone) >= most) return hint(personalWords.contact)
  if (share(isPlate) >= most) return hint(personalWords.plate)
  if (areBirthdays(there, today)) return hint(personalWords.birth, 'possible')
  if (share(isPerson) >= 0.2) return hint(personalWords.person)
  return there.some(isPerson) ? hint(personalWords.person, 'possible') : undefined
}

/**
 * @example
 *   isMail('an: max.muster@stadt.example')  // → true
 */
export function isMail(value: string): boolean {
  return /[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)*\.\p{L}{2,}/u.test(value)
}

/**
 * An IBAN with its check digits.
 *
 * @see ISO 13616; ISO/IEC 7064, MOD 97-10
 * @example
 *   isIban('DE89 3704 0044 0532 0130 00')  // → true
 *   isIban('DE88 3704 0044 0532 0130 00')  // → false
 */
export function isIban(value: string): boolean {
  const bare = value.replace(/[\s-]/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(bare)) return false
  const digits = [...(bare.slice(4) + bare.slice(0, 4))].map(sign => Number.parseInt(sign, 36)).join('')
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1
}

/**
 * Numbers as Germans write them: with an area code, or with that of the country.
 *
 * @example
 *   isPhone('07531 / 900-0')     // → true
 *   isPhone('+49 7531 900123')   // → true
 *   isPhone('0123')              // → false
 *   isPhone('08335043')          // → false
 */
export function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 15 || !/^[+\d][\d\s()/.-]+$/.test(value)) return false
  if (/^\d{1,4}[.-]\d{1,2}[.-]\d{1,4}$/.test(value)) return false
  // A row of digits alone may be any number; keys of municipalities start with 0 as well.
  return /^(\+|00)\d/.test(value) || (/^\(?0\d/.test(value) && (/[\s/()-]/.test(value) || digits.length >= 10))
}

/**
 * @example
 *   isPlate('KN-AB 123')   // → true
 *   isPlate('FN A 1234E')  // → true
 *   isPlate('B 33')        // → false
 */
export function isPlate(value: string): boolean {
  return /^[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[ -]?\d{1,4}[EH]?$/.test(value)
}

/** Days of many different years, all long past and within a lifetime. */
function areBirthdays(values: readonly string[], today: string): boolean {
  const years = values.map(yearOf)
  if (values.length < 5 || years.some(year => year === undefined)) return false
  const known = years as readonly number[]
  const now = Number(today.slice(0, 4))
  const lifetime = known.every(year => year >= now - 115 && year <= now)
  return lifetime && Math.max(...known) - Math.min(...known) >= 25 && known.filter(year => year <= now - 15).length / known.length > 0.8
}

function yearOf(value: string): number | undefined {
  const [, iso, german] = /^(?:(\d{4})-\d{2}-\d{2}(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?|\d{1,2}\.\d{1,2}\.(\d{4}))$/.exec(value) ?? []
  return iso || german ? Number(iso ?? german) : undefined
}

/** First names that are frequent in Germany among all ages; enough to recognise a column, not a person. */
const firstNames = new Set(
  `peter michael thomas andreas wolfgang klaus jürgen manfred uwe hans bernd frank heinz dieter werner stefan stephan christian markus martin
  helmut günter günther gerhard horst walter karl heiko ralf rolf jörg matthias alexander daniel sebastian tobias florian jan tim lukas leon
  paul jonas felix maximilian max moritz julian philipp david simon fabian johannes jens torsten thorsten sven olaf holger dirk volker rainer
  erich ernst otto fritz franz josef georg robert mehmet ali mustafa ahmet mohammed maria ursula monika petra elisabeth sabine renate helga
  karin brigitte ingrid erika andrea gisela claudia susanne gabriele christa christine hildegard anna birgit barbara gerda martina anja
  stefanie stephanie nicole julia katrin kathrin sandra silke heike ute angelika cornelia sarah laura lena lisa lea hannah johanna sophie
  marie emma mia katharina christina melanie daniela nadine simone tanja anke antje elke eva fatma ayse emine elif john james mary william
  george elizabeth robert susan linda jane jean pierre luca marco giulia piotr anastasia ivan olga`
    .trim()
    .split(/\s+/),
)

/**
 * A first name beside another word with a capital, a form of address, or `Muster, Max`.
 *
 * @example
 *   isPerson('Fa. Max Mustermann')  // → true
 *   isPerson('Muster, Erika')       // → true
 *   isPerson('Frau Dr. Beispiel')   // → true
 *   isPerson('Am Seeufer')          // → false
 *   isPerson('Winterlinde')         // → false
 */
export function isPerson(value: string): boolean {
  if (/(^|\s)(Herr|Herrn|Frau|Hr\.|Fr\.|Mr\.|Mrs\.|Ms\.|Dr\. \p{Lu}|Dipl\.-\p{Lu})/u.test(value)) return true
  const words = value.split(/[\s,;]+/).filter(word => /^\p{Lu}[\p{L}'’-]+$/u.test(word))
  // Streets and squares bear the names of people.
  if (/(stra(ß|ss)e|str\.|platz|weg|allee|gasse|ring|ufer|schule|haus|park)\b/iu.test(value)) return false
  return words.length >= 2 && words.some(word => firstNames.has(word.toLowerCase()))
}
