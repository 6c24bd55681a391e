/** How does a source seem to write its values, judged by a sample? */

import { calendarDate, type FieldType, type Text } from '../../model/index.ts'

/** What a sample suggests for a field; entries as a dataset file would write them. */
export interface ValueProposal {
  readonly type?: FieldType
  readonly unit?: string
  /** true: a wall clock, whose zone has to be declared. */
  readonly wallClock?: boolean
  readonly written?: Readonly<Record<string, unknown>>
  readonly why?: Text
}

/** Values that say "nothing here" in many systems. They are ours, not the source's: nothing of a sample gets into a file. */
const markers = ['N/A', 'n/a', 'NULL', 'null', '-', '--', 'k.A.', 'k. A.', 'keine Angabe', 'unbekannt', 'unknown']

/** Yes and no, as people and programs write them. */
const truths: readonly (readonly [yes: string, no: string])[] = [
  ['ja', 'nein'],
  ['Ja', 'Nein'],
  ['JA', 'NEIN'],
  ['J', 'N'],
  ['j', 'n'],
  ['yes', 'no'],
  ['Yes', 'No'],
  ['Y', 'N'],
  ['y', 'n'],
  ['true', 'false'],
  ['True', 'False'],
  ['TRUE', 'FALSE'],
  ['wahr', 'falsch'],
]

/** Values that must be there before they suggest anything. */
const fewest = 3

/**
 * What the values of a column suggest.
 *
 * @param values as the source writes them
 * @param stored the type that fits what the source declares
 * @param column its name: numbers are moments only where the name says so
 */
export function proposeByValues(values: readonly (string | null)[], stored: FieldType | undefined, column: string): ValueProposal {
  const there = values.flatMap(value => (value === null || value.trim() === '' ? [] : [value]))
  if (there.length < fewest) return {}
  if (stored === 'text' || stored === undefined) return proposeForText(there, there.length < values.filter(value => value !== null).length)
  if (stored === 'datetime' && there.every(isDay)) return { type: 'date', why: why.daysOnly }
  if (stored === 'int' || stored === 'bigint' || stored === 'float' || stored === 'decimal') return proposeForNumber(there, stored, column)
  return {}
}

const why = {
  daysOnly: { de: 'in der Stichprobe stehen nur Tage', en: 'the sample holds days only' },
  epoch: { de: 'sieht nach Sekunden oder Millisekunden seit 1970 aus', en: 'looks like seconds or milliseconds since 1970' },
  zeroOne: { de: 'in der Stichprobe stehen nur 0 und 1', en: 'the sample holds 0 and 1 only' },
  whole: { de: 'in der Stichprobe stehen nur ganze Zahlen', en: 'the sample holds whole numbers only' },
  large: { de: 'Zahlen mit mehr als 32 Bit', en: 'numbers of more than 32 bits' },
  zeros: { de: 'führende Nullen: bleibt Text', en: 'leading zeros: stays a text' },
  blanks: { de: 'Werte mit Leerzeichen am Ende', en: 'values with blanks at their end' },
} as const satisfies Record<string, Text>

/** @param blanks true: some values are there and blank */
function proposeForText(values: readonly string[], blanks: boolean): ValueProposal {
  const trimmed = values.map(value => value.trim())
  const marked = markers.filter(marker => trimmed.includes(marker))
  const real = trimmed.filter(value => !marked.includes(value))
  const missing = blanks ? [...marked, ''] : marked
  if (real.length < fewest) return {}
  const found = truthOf(real) ?? momentOf(real) ?? numberOf(real)
  if (found) return { ...found, ...(missing.length > 0 && { written: { ...found.written, missing } }) }
  if (real.every(value => /^\d+$/.test(value)) && real.some(value => /^0\d/.test(value))) return { why: why.zeros }
  if (values.some(value => /^ | $/.test(value))) return { written: { trim: true }, why: why.blanks }
  return {}
}

function truthOf(values: readonly string[]): ValueProposal | undefined {
  // A letter alone may be anything as long as its counterpart was not seen.
  const pair = truths.find(
    pair => values.every(value => pair.includes(value)) && pair.every(word => word.length > 1 || values.includes(word)),
  )
  return pair && { type: 'boolean', written: { true: pair[0], false: pair[1] } }
}

const iso = /^\d{4}-\d{2}-\d{2}$/
const isoMoment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/

const patterns: readonly { readonly form: RegExp; readonly pattern: string; readonly type: FieldType }[] = [
  { form: /^\d{2}\.\d{2}\.\d{4}$/, pattern: 'dd.MM.yyyy', type: 'date' },
  { form: /^\d{1,2}\.\d{1,2}\.\d{4}$/, pattern: 'd.M.yyyy', type: 'date' },
  { form: /^\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}$/, pattern: 'dd.MM.yyyy HH:mm', type: 'datetime' },
  { form: /^\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2}$/, pattern: 'dd.MM.yyyy HH:mm:ss', type: 'datetime' },
]

function momentOf(values: readonly string[]): ValueProposal | undefined {
  if (values.every(isDay)) return { type: 'date' }
  if (values.every(value => isoMoment.test(value)))
    return { type: 'datetime', wallClock: !values.every(value => /(Z|[+-]\d{2}:?\d{2})$/.test(value)) }
  const known = patterns.find(({ form }) => values.every(value => form.test(value)))
  if (known) return { type: known.type, wallClock: known.type === 'datetime', written: { pattern: known.pattern } }
  const compact = values.every(value => /^(19|20)\d{6}$/.test(value) && isDay(value.replace(/^(....)(..)(..)$/, '$1-$2-$3')))
  return compact ? { type: 'date', written: { pattern: 'yyyyMMdd' } } : undefined
}

const units = 'mm|cm|dm|m|km|m²|m2|qm|ha|m³|m3|l|g|kg|t|W|kW|MW|kWh|V|A|°C|%|€|EUR|Euro|s|min|h|km/h|dB|ppm'

function numberOf(values: readonly string[]): ValueProposal | undefined {
  const around = aroundOf(values)
  const numbers = around ? values.map(value => value.slice(0, -around.length).trim()) : values
  const whole = numbers.every(value => /^-?(0|[1-9]\d*)$/.test(value))
  const unit = around && { unit: around.replace('m2', 'm²').replace('m3', 'm³').replace('qm', 'm²') }
  const frame = around && { around: `{} ${around}` }
  if (whole) {
    const small = numbers.every(value => Math.abs(Number(value)) < 2 ** 31)
    const type = small ? 'int' : numbers.every(value => value.replace('-', '').length <= 18) ? 'bigint' : undefined
    return type && { type, ...unit, ...(frame && { written: frame }) }
  }
  const comma = numbers.every(value => /^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/.test(value)) && numbers.some(value => value.includes(','))
  const point = numbers.every(value => /^-?\d+(\.\d+)?$/.test(value) && !/^-?0\d/.test(value))
  if (!comma && !point) return undefined
  const grouped = comma && numbers.some(value => value.includes('.'))
  const written = { ...frame, ...(comma && { decimal: ',' }), ...(grouped && { group: '.' }) }
  return { type: 'decimal', ...unit, ...(Object.keys(written).length > 0 && { written }) }
}

/** The one unit behind all the numbers. */
function aroundOf(values: readonly string[]): string | undefined {
  const found = values.map(value => new RegExp(`^-?[\\d.,]+ ?(${units})$`).exec(value)?.[1])
  return found.every(unit => unit !== undefined && unit === found[0]) ? found[0] : undefined
}

function proposeForNumber(values: readonly string[], stored: FieldType, column: string): ValueProposal {
  const numbers = values.map(Number)
  if (numbers.some(number => !Number.isFinite(number))) return {}
  const missing = ['-9999', '-999', '-99'].filter(
    marker => numbers.includes(Number(marker)) && numbers.every(number => number >= 0 || number === Number(marker)),
  )
  const written = missing.length > 0 ? { written: { missing } } : {}
  const real = numbers.filter(number => !missing.map(Number).includes(number))
  if (real.length < fewest) return written
  const epoch = epochOf(real)
  if (epoch && /(am|an|zeit|datum|date|time|stand|update|created|changed|seit|bis|von)/i.test(column))
    return { type: 'datetime', written: { epoch, ...(missing.length > 0 && { missing }) }, why: why.epoch }
  const whole = real.every(Number.isInteger)
  if (stored !== 'bigint' && whole && values.length >= 10 && real.every(one => one === 0 || one === 1) && new Set(real).size === 2)
    return { type: 'boolean', why: why.zeroOne }
  const large = real.some(number => Math.abs(number) >= 2 ** 31)
  if (stored === 'float' && whole && !large) return { type: 'int', ...written, why: why.whole }
  if (stored === 'int' && large) return { type: 'bigint', ...written, why: why.large }
  return written
}

function epochOf(numbers: readonly number[]): 's' | 'ms' | undefined {
  if (numbers.every(number => number >= 6e8 && number < 4e9)) return 's'
  return numbers.every(number => number >= 6e11 && number < 4e12) ? 'ms' : undefined
}

function isDay(value: string): boolean {
  return iso.test(value) && calendarDate(value) !== undefined
}
