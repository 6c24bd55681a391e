/** How is the form of a configuration file, a JSON Schema, told as rows of a table? */

import { fieldTypes } from '../../src/model/index.ts'
import { code, plain } from './markdown.ts'

/** The part of JSON Schema that our own schemas use. */
export interface Form {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly items?: Form
  readonly anyOf?: readonly Form[]
  readonly oneOf?: readonly Form[]
  readonly properties?: Readonly<Record<string, Form>>
  readonly additionalProperties?: Form | boolean
  readonly required?: readonly string[]
  readonly title?: string
}

/** Heads of the columns that `rowsOf` fills. */
export const formHead = ['key', 'value', 'unless given', 'meaning'] as const

/**
 * One row for each key, those of a group below the group's own.
 *
 * @param path what stands before the keys, such as `limits.`
 * @param skip keys whose inside is not told
 */
export function rowsOf(form: Form, path = '', skip: readonly string[] = []): string[][] {
  return Object.entries(form.properties ?? {}).flatMap(([key, entry]) => {
    const required = form.required?.includes(key) === true
    const row = [code(path + key), valuesOf(entry), usualOf(entry, required), plain(entry.description ?? '')]
    return [row, ...(skip.includes(key) ? [] : inside(entry, path + key, skip))]
  })
}

/** `NAME` stands for names that whoever writes the file gives. */
function inside(entry: Form, path: string, skip: readonly string[]): string[][] {
  const forms = alternatives(entry)
  if (isText(forms)) return []
  return forms.flatMap(form => {
    if (form.items) return inside(form.items, `${path}[]`, skip)
    const named = typeof form.additionalProperties === 'object' ? inside(form.additionalProperties, `${path}.NAME`, skip) : []
    return [...named, ...rowsOf(form, `${path}.`, skip)]
  })
}

function usualOf(entry: Form, required: boolean): string {
  if (required) return '**required**'
  const usual = entry.default
  const empty = usual === undefined || (typeof usual === 'object' && usual !== null && Object.keys(usual).length === 0)
  return empty ? '' : code(typeof usual === 'string' ? usual : JSON.stringify(usual))
}

/** What may stand behind a key, in words. */
function valuesOf(entry: Form): string {
  const forms = alternatives(entry)
  return isText(forms) ? 'text, or `{ de, en }`' : [...new Set(forms.map(wordsOf))].join(', or ')
}

function wordsOf(form: Form): string {
  if (form.enum)
    return form.enum.join() === fieldTypes.join() ? '[type](#types)' : form.enum.map(value => code(visible(String(value)))).join(', ')
  if (form.items) return `list: ${valuesOf(form.items)}`
  if (form.properties) return code(`{ ${Object.keys(form.properties).join(', ')} }`)
  if (typeof form.additionalProperties === 'object') {
    const inner = alternatives(form.additionalProperties)
    return inner.some(one => one.properties) && !isText(inner)
      ? 'entries `NAME: …`'
      : `entries \`NAME: …\`, each: ${valuesOf(form.additionalProperties)}`
  }
  if (Array.isArray(form.type)) return form.type.map(type => scalars[type] ?? type).join(', ')
  const type = String(form.type)
  return (type === 'string' && patterns.find(([mark]) => form.pattern?.includes(mark))?.[1]) || (scalars[type] ?? type) + range(form)
}

/** A tab as people write it. */
function visible(text: string): string {
  return text.replaceAll('\t', '\\t')
}

function range({ minimum, maximum, minLength = 0 }: Form): string {
  if (minLength > 1) return ` of at least ${minLength} characters`
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum
  if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER) return ''
  return most === undefined ? ` from ${minimum}` : ` ${minimum} … ${most}`
}

const scalars: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '`true` or `false`',
  null: 'nothing',
  object: 'group',
}

/** Recognised by a piece of their pattern. */
const patterns: readonly (readonly [piece: string, words: string])[] = [
  ['(ms|s|min|h|d)', 'duration'],
  ['(B|kB|MB|GB', 'size'],
  ['([_-][a-z0-9]+)*', 'id'],
  ['sha256', 'checksum'],
  ['{1,256}', 'name in the source'],
]

/** What an entry may be; that a secret may stand in its place is said once for the whole file. */
function alternatives(entry: Form): readonly Form[] {
  const forms = entry.anyOf ?? entry.oneOf
  if (!forms) return [entry]
  return forms.filter(form => form.pattern !== '\\$\\{.+\\}').flatMap(alternatives)
}

/** A text for both languages, or one for each. */
function isText(forms: readonly Form[]): boolean {
  return forms.length === 2 && Object.keys(forms[1]?.properties ?? {}).join() === 'de,en'
}
