/** Which names does a draft propose for callers? */

import type { Text } from '../../model/index.ts'
import { fieldNameFrom, fold, isReservedType, reservedFields, reservedRoots, transliterate } from '../names.ts'

/** Singular and plural in the words of people: `Baum`, `Bäume`. */
export interface Words {
  readonly one: string
  readonly many: string
}

/**
 * An id from whatever was written.
 *
 * @returns small letters, digits and `-`; `daten` when nothing usable is in the text
 * @example
 *   idFrom('GRUEN.V_BAUM')       // → 'baum'
 *   idFrom('ms:Straßen & Wege')  // → 'strassen-wege'
 *   idFrom('2024')               // → 'd2024'
 */
export function idFrom(text: string): string {
  const bare = text.slice(Math.max(text.lastIndexOf(':'), text.lastIndexOf('.')) + 1).replace(/^(v|vw|view|t|tbl|tab|mv)_(?=.)/i, '')
  const id = transliterate(bare)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  if (id === '') return 'daten'
  return /^\d/.test(id) ? `d${id}` : id
}

/** Names for GraphQL; none that the gateway itself gives. A plural is never guessed: without one, a list is called a list. */
export function datasetNames(id: string, words: Words | undefined, language: keyof Text): { type: string; one: string; many: string } {
  const one = root(fieldNameFrom(words?.one ?? id) || 'zeile')
  const many = root(words ? fieldNameFrom(words.many) || `${one}Liste` : `${one}${language === 'de' ? 'Liste' : 'List'}`)
  const type = one.slice(0, 1).toUpperCase() + one.slice(1)
  return {
    type: isReservedType(type) ? `${type}Daten` : type,
    one,
    // A city whose singular and plural are one word still needs two names.
    many: fold(many) === fold(one) ? `alle${type}` : many,
  }
}

function root(name: string): string {
  return reservedRoots.some(reserved => fold(reserved) === fold(name)) ? `${name}Daten` : name
}

/** A name for each column, all different; where two would be the same, the later gets a number and knows of the earlier. */
export function fieldNames(columns: readonly string[]): readonly { readonly name: string; readonly wished?: string }[] {
  const taken = new Set<string>()
  return columns.map((column, at) => {
    const wished = free(fieldNameFrom(column).slice(0, 60) || `feld${at + 1}`)
    let name = wished
    for (let next = 2; taken.has(fold(name)); next++) name = `${wished}${next}`
    taken.add(fold(name))
    return name === wished ? { name } : { name, wished }
  })
}

function free(name: string): string {
  if (name === 'id') return 'kennung'
  return reservedFields.includes(name) ? `${name}Wert` : name
}
