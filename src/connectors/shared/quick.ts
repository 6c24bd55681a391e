/** How is a long column of values read quickly? What looks as values usually look is taken as it stands; the rest goes the long way. */

import type { Cell } from '../../model/index.ts'
import { type Declared, toCell } from './cells.ts'

/** @returns a function that gives for every value exactly what `toCell` gives */
export function cellReader(column: Declared): (raw: unknown) => Cell | undefined {
  const quick = column.written ? undefined : quickReader(column)
  if (!quick) return raw => toCell(raw, column)
  return raw => (raw === null ? null : ((typeof raw === 'string' ? quick(raw) : undefined) ?? toCell(raw, column)))
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
    case 'date':
      return text => (date.test(text) ? text : undefined)
    case 'datetime':
      return zone === undefined ? instant : undefined
    default:
      return undefined
  }
}

/** Without `-0`, and short enough to be exact as a float. */
const wholeNumber = /^(?:0|-?[1-9]\d{0,14})$/
const decimal = /^(?:0|-?[1-9]\d{0,30}|-?(?:0|[1-9]\d{0,30})\.\d{0,30}[1-9])$/
/** Days that every month has. */
const date = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/
/** `2026-01-01 00:00:00.12+00`, as a session in UTC prints it. */
const utc = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d*[1-9])?\+00$/

function instant(text: string): string | undefined {
  return utc.test(text) ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : undefined
}
