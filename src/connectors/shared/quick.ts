/** How is a long column of values read quickly? What looks as values usually look is taken as it stands; the rest goes the long way. */

import type { Cell } from '../../model/index.ts'
import { type Declared, toCell } from './cells.ts'

/** @returns a function that gives for every value exactly what `toCell` gives */
export function cellReader(column: Declared): (raw: unknown) => Cell | undefined {
  const quick = column.written ? undefined : quickReader(column)
  if (!quick) return raw => toCell(raw, column)
  return raw => {
    if (raw === null) return null
    const text = typeof raw === 'string' ? raw : typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : undefined
    return (text === undefined ? undefined : quick(text)) ?? toCell(raw, column)
  }
}

/** `undefined`: not in the usual form. */
function quickReader({ type, zone }: Declared): ((text: string) => Cell | undefined) | undefined {
  switch (type) {
    case 'text':
    case 'code':
      return text => text
    case 'int':
      return text => (wholeNumber.test(text) ? Number(text) : undefined)
    case 'bigint':
      return text => (wholeNumber.test(text) ? text : undefined)
    case 'decimal':
      return text => (decimal.test(text) ? text : undefined)
    case 'float':
      return text => (float.test(text) ? Number(text) : undefined)
    case 'date':
      return text => (date.test(text) ? text : undefined)
    case 'datetime':
      return zone === undefined ? instant : zone === 'UTC' ? clock : undefined
    default:
      return undefined
  }
}

/** Without `-0`, and short enough to be exact as a float. */
const wholeNumber = /^(?:0|-?[1-9]\d{0,14})$/
const decimal = /^(?:0|-?[1-9]\d{0,30}|-?(?:0|[1-9]\d{0,30})\.\d{0,30}[1-9])$/
const float = /^-?\d{1,30}(?:\.\d{1,30})?$/
/** Without 29 February, which not every year has. */
const day = String.raw`\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)`
const date = new RegExp(`^${day}$`)
const moment = String.raw`${day}[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d*[1-9])?`
/** `2026-01-01 00:00:00.12`, as a clock shows it. */
const usualClock = new RegExp(`^${moment}$`)
/** The same with `+00`, as a session in UTC prints it, or with `Z`. */
const usualInstant = new RegExp(`^${moment}(?:\\+00|Z)$`)

function clock(text: string): string | undefined {
  return usualClock.test(text) ? instantOf(text, text.length) : undefined
}

function instant(text: string): string | undefined {
  if (!usualInstant.test(text)) return undefined
  return text.endsWith('Z') && text[10] === 'T' ? text : instantOf(text, text.endsWith('Z') ? -1 : -3)
}

function instantOf(text: string, end: number): string {
  return `${text.slice(0, 10)}T${text.slice(11, end)}Z`
}

/** A date and time that says no offset: without a zone it is no instant. */
export function isClock(text: string): boolean {
  return !text.endsWith('Z') && usualClock.test(text)
}
