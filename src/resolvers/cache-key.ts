/** Under which key is the answer to a request kept? */

import { hash } from 'node:crypto'
import type { Column, Dataset, SourceRequest } from '../model/index.ts'
import type { Asking } from './asking.ts'

/**
 * One key for one question: audience, the dataset as it is released now (fields, row rule, place, coarsening: all in its hash), the
 * zone in which its days begin, where the city lies, and everything that was asked. The seal keeps gateways apart that happen to share a
 * cache and call different systems by one name: test and production. A digest, so that no value of a filter is readable in a cache; what is
 * not kept is known by its text for as long as it is asked.
 */
export function cacheKey({ model, house }: Asking, request: SourceRequest, isKept = true): string {
  const place = `${house.seal.id}\0${house.zone}\0${house.outside}${house.extent ?? ''}\0`
  const text = place + textOf(request)
  return `${model.audience}:${request.dataset.id}:${isKept ? hash('sha256', text, 'base64url') : text}`
}

/** As JSON, with a name for each column and the hash of each dataset. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const known = names.get(value)
  if (known !== undefined) return known
  if (Array.isArray(value)) return listOf(value)
  if (isColumn(value)) return remembered(value, JSON.stringify(nameOf(value)))
  if (isDataset(value)) return remembered(value, JSON.stringify(value.hash))
  let text = '{'
  // Names of the house's own words, which need no quotes to be told apart.
  for (const name in value) text += `${name}:${textOf((value as Readonly<Record<string, unknown>>)[name])},`
  return `${text}}`
}

function listOf(list: readonly unknown[]): string {
  const [first] = list
  if (typeof first !== 'object' || first === null) return JSON.stringify(list)
  const text = `[${list.map(textOf).join()}]`
  return list.every(one => typeof one === 'object' && one !== null && isColumn(one)) ? remembered(list, text) : text
}

function remembered(value: object, text: string): string {
  names.set(value, text)
  return text
}

/** Of columns, lists of them, and datasets. */
const names = new WeakMap<object, string>()

function isDataset(value: object): value is Dataset {
  return 'hash' in value && 'freshForSeconds' in value
}

function isColumn(value: object): value is Column {
  return 'column' in value && 'type' in value && typeof value.column === 'string'
}

function nameOf(column: Column): readonly string[] {
  return 'name' in column ? ['field', column.name] : ['column', column.column, column.type, column.zone ?? '']
}
