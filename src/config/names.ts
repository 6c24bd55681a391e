/** Which names can callers see, and which of them would clash? */

const umlauts: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ẞ: 'SS',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
}

/**
 * The ASCII form of a German (or other Latin) word; what has none stays as it is.
 *
 * @example
 *   transliterate('Größe')    // → 'Groesse'
 *   transliterate('CAFÉ')     // → 'CAFE'
 *   transliterate('Ñandú')    // → 'Nandu'
 */
export function transliterate(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[äöüßÄÖÜẞæøł]/g, letter => umlauts[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
}

/**
 * The name a field should have, made from whatever was written.
 *
 * @returns lowerCamelCase; empty when nothing usable is in the text
 * @example
 *   fieldNameFrom('BAUM_NR')        // → 'baumNr'
 *   fieldNameFrom('Höhe über NN')   // → 'hoeheUeberNn'
 *   fieldNameFrom('2020')           // → 'f2020'
 */
export function fieldNameFrom(text: string): string {
  const words = transliterate(text)
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => (word === word.toUpperCase() ? word.toLowerCase() : word))
  const name = words.map((word, index) => (index === 0 ? first(word, 'lower') : first(word, 'upper'))).join('')
  return /^\d/.test(name) ? `f${name}` : name
}

/** true: the name can be a field of the interface. */
export function isFieldName(name: string): boolean {
  return /^[a-z][A-Za-z0-9]{0,63}$/.test(name)
}

/** true: the name can be a type of the interface. */
export function isTypeName(name: string): boolean {
  return /^[A-Z][A-Za-z0-9]{0,63}$/.test(name)
}

/**
 * Two names with the same fold would be one name somewhere: as enum values (`pflanzJahr` and `pflanzjahr`), as file names, or for readers.
 *
 * @example
 *   fold('pflanzJahr') === fold('pflanzjahr')  // → true
 */
export function fold(name: string): string {
  return name.replaceAll('_', '').toUpperCase()
}

/** Names inside a dataset's type or filter that the gateway itself gives. */
export const reservedFields: readonly string[] = ['id', 'and', 'or', 'not']

/** Fields of the root that the gateway itself gives. */
export const reservedRoots: readonly string[] = ['node', 'nodes', 'catalog', 'query', 'mutation', 'subscription']

/** Types of the fixed part of every schema, and words it may need one day. */
export const reservedTypes: readonly string[] = [
  ...['Query', 'Mutation', 'Subscription', 'Node', 'PageInfo', 'Catalog', 'Translated', 'FieldUse', 'Direction'],
  ...['Dataset', 'Source', 'Owner', 'Licence', 'Provenance', 'Text', 'Language', 'Field', 'Use', 'Relation'],
  ...['ID', 'String', 'Int', 'Float', 'Boolean', 'BigInt', 'Decimal', 'Date', 'Time', 'DateTime', 'GeoJSON', 'JSON'],
  ...['Point', 'Line', 'Polygon', 'Geometry', 'BBox', 'Near'],
]

/** Endings the gateway appends to a dataset's type name, and names it starts itself: a type made so could be another one's. */
const reservedForms: readonly RegExp[] = [
  /(Connection|Edge|Order|OrderBy|OrderField|Aggregate|Group|GroupBy|GroupField|GroupKeys?|Keys|Measures)$/,
  /Group(Count|CountDistinct|Sum|Avg|Min|Max)$/,
  /Filter(Without.*)?$/,
  /^Catalog[A-Z]/,
]

/** true: a type of this name would clash with one the gateway makes. */
export function isReservedType(name: string): boolean {
  return reservedTypes.some(type => fold(type) === fold(name)) || reservedForms.some(form => form.test(name))
}

function first(word: string, to: 'lower' | 'upper'): string {
  return (to === 'lower' ? word.slice(0, 1).toLowerCase() : word.slice(0, 1).toUpperCase()) + word.slice(1)
}
