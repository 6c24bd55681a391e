/** As what is a column compared, ordered and grouped: what its field declares, or what its source keeps? */

import { type Column, type FieldType, sourceFailure } from '../../../model/index.ts'
import type { Dialect, Stored } from '../dialects/dialect.ts'
import { type Context, columnOf } from './context.ts'
import { type Fragment, type Wrap, wrap } from './fragment.ts'

/** A column as it stands in conditions, orders and groups. */
export interface Comparable {
  readonly column: Column
  readonly kind: Stored
  readonly expression: Fragment
  readonly narrow: boolean
  readonly textCast?: Wrap
}

/**
 * The column as it is stored, in the form in which the source can compare it. A text that is stored as a number is compared as a number, so that
 * indexes serve and order is the source's; a number that is stored as a text is refused, because every engine would guess.
 *
 * @throws GatewayError SOURCE_CHANGED when the declared type cannot be compared with what the source keeps
 */
export function storedAs(column: Column, context: Context): Comparable {
  const { stored, narrow = false, textCast } = context.facts(column)
  const kind = kindOf(column.type, stored, column.zone !== undefined, context.dialect)
  if (kind === undefined) {
    throw sourceFailure(
      'SOURCE_CHANGED',
      `column ${column.column} is declared ${column.type} but kept as ${stored}: it can be read, but not filtered, sorted or grouped; declare what it is, or convert it in a view`,
    )
  }
  return { column, kind, expression: expressionOf(column, kind, context), narrow, ...(textCast && kind === 'text' && { textCast }) }
}

function expressionOf(column: Column, kind: Stored, context: Context): Fragment {
  const { dialect } = context
  const expression = columnOf(column, context)
  if (kind === 'other') return wrap(expression, dialect.asText)
  const reads = dialect.reads[kind]
  return reads ? wrap(expression, reads) : expression
}

function kindOf(declared: FieldType, stored: Stored, wallClock: boolean, dialect: Dialect): Stored | undefined {
  if (dialect.looseTypes) return looseKind(declared, stored, wallClock, dialect)
  switch (declared) {
    case 'text':
    case 'code':
      return textKind(stored, dialect)
    case 'int':
    case 'bigint':
      return numbers.includes(stored) ? stored : undefined
    case 'decimal':
    case 'float':
      // A whole-number column may be asked for 1.5: as decimals both are what they are.
      return stored === 'int' ? 'decimal' : numbers.includes(stored) ? stored : undefined
    case 'boolean':
      return stored === 'boolean' || stored === 'int' || stored === 'decimal' ? stored : undefined
    case 'date':
      return stored === 'date' || clocks.includes(stored) ? stored : undefined
    case 'time':
      return stored === 'time' ? stored : undefined
    case 'datetime':
      return stored === 'date' ? 'clock' : clocks.includes(stored) ? stored : undefined
    default:
      return stored === 'geometry' ? stored : undefined
  }
}

const numbers: readonly Stored[] = ['int', 'decimal', 'double', 'single']
const clocks: readonly Stored[] = ['clock', 'seconds', 'ticks', 'instant']

function textKind(stored: Stored, dialect: Dialect): Stored {
  if (stored === 'text' || stored === 'padded' || stored === 'uuid' || stored === 'int') return stored
  return stored === 'decimal' && dialect.numbersPrintShort ? stored : 'other'
}

/** Where any column can hold anything, the declared type decides; only a text is never taken for a number. */
function looseKind(declared: FieldType, stored: Stored, wallClock: boolean, dialect: Dialect): Stored | undefined {
  switch (declared) {
    case 'text':
    case 'code':
      return textKind(stored, dialect)
    case 'date':
    case 'time':
      return declared
    case 'datetime':
      return wallClock ? 'clock' : 'instant'
    case 'int':
    case 'bigint':
    case 'boolean':
      return stored === 'text' ? undefined : 'int'
    case 'decimal':
      return stored === 'text' ? undefined : 'decimal'
    case 'float':
      return stored === 'text' ? undefined : 'double'
    default:
      return 'geometry'
  }
}
