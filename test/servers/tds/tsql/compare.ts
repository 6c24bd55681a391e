/** When are two values equal, and which is less? As keys that SQLite compares byte by byte. */

import { isText, type SqlType } from '../types.ts'

/**
 * A text as Latin1_General_CI_AS weighs it: case and blanks at the end are forgiven, ß is ss, and characters of four bytes weigh
 * nothing. Letters with dots stand beside those without.
 */
export function weighed(text: string): string {
  const folded = folding(text).replace(/ +$/, '')
  return `${folded.normalize('NFD').replace(/\p{M}/gu, '')}\u0001${folded}`
}

/** What the same collation sees in a pattern of `like`, where blanks at the end count. */
export function folding(text: string): string {
  return text
    .replace(/[\u{10000}-\u{10ffff}]/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
}

/** By code units; blanks at the end are forgiven even so. */
export function unweighed(text: string): string {
  return text.replace(/ +$/, '')
}

/** The order of uniqueidentifier: its last group first. */
export function turned(guid: string): string {
  return guid.split('-').reverse().join('-')
}

/** The function that makes the key of a type; `undefined` where values are their own keys. */
export function keyFunction(type: SqlType): 'weighed' | 'unweighed' | 'turned' | 'instant' | undefined {
  if (isText(type)) return type.binary ? 'unweighed' : 'weighed'
  if (type.name === 'uniqueidentifier') return 'turned'
  return type.name === 'datetimeoffset' ? 'instant' : undefined
}

/** A moment without the offset that it was said with. */
export function instant(moment: string): string {
  return moment.slice(0, 27)
}

export const keys = { weighed, unweighed, turned, instant } as const

/** `like` of T-SQL: `%`, `_`, `[a-z]`, `[^a]`, and one character that takes the meaning of the next. */
export function likePattern(pattern: string, freeing: string | undefined): RegExp {
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    const set = /^\[\^?[^\]]+\]/.exec(pattern.slice(at))?.[0]
    if (character === freeing) source += literal(pattern[++at] ?? '')
    else if (character === '%') source += '[^]*'
    else if (character === '_') source += '[^]'
    else if (set) {
      source += set
      at += set.length - 1
    } else source += literal(character)
  }
  return new RegExp(`^${source}$`)
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
