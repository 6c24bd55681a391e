/** As what is a column compared whose source writes in its own way? As what is served, missing values included. */

import { type Column, type Condition, canonicalDecimal, markersOf, type Written, withoutBlanks } from '../../../model/index.ts'
import type { Stored } from '../dialects/dialect.ts'
import { type Context, columnOf, once } from './context.ts'
import { type Fragment, join, sql, wrap } from './fragment.ts'
import { type Comparable, storedAs } from './kind.ts'
import { exactAlike, exactly, printed } from './text.ts'
import { placeOf } from './values.ts'

/**
 * The column in the form in which the source can compare it, so that every comparison, order and group is one of served values: what
 * counts as missing is null, yes and no are 1 and 0. Only for spellings that are `askable`; others are refused by `check`.
 *
 * @throws GatewayError SOURCE_CHANGED when the declared type cannot be compared with what the source keeps
 */
export const comparable = once((column: Kept, context: Context): Comparable => {
  const { written } = column
  if (column.asStored) return storedAs(column, context)
  if (!written) return ofTheCalendar(column, context)
  switch (column.type) {
    case 'text':
    case 'code':
      return servedText(column, written, context)
    case 'boolean':
      return written.true ? truth(column, written, context) : withoutMarkers(storedAs(column, context), written, context)
    case 'datetime':
      return { ...withoutMarkers(epoch(column, context), written, context), column }
    default:
      return withoutMarkers(ofTheCalendar(column, context), written, context)
  }
})

/** A column that is compared as what is stored, although that may not be what is served. */
type Kept = Column & { readonly asStored?: true }

/** What is counted, or asked for being there: a geometry as well, which nothing else can be asked of. */
export function presence(column: Column, context: Context): Fragment {
  return column.written || isVague(column, context) ? comparable(column, context).expression : columnOf(column, context)
}

function ofTheCalendar(column: Column, context: Context): Comparable {
  const stored = storedAs(column, context)
  const { isDay } = context.dialect
  if (!isDay || !isVague(column, context)) return stored
  return { ...stored, expression: sql`case when ${isDay(stored.expression)} then ${stored.expression} end` }
}

/** Whether the column may hold days that no calendar has, which are served as missing. */
export function isVague(column: Column, { dialect, facts }: Context): boolean {
  return dialect.isDay !== undefined && (column.type === 'date' || column.type === 'datetime') && withDays.includes(facts(column).stored)
}

const withDays: readonly Stored[] = ['date', 'clock', 'instant']

function servedText(column: Column, written: Written, context: Context): Comparable {
  const text = asText(column, context)
  const trimmed = withoutBlanksAround(text, context)
  const value = written.trim ? trimmed : text
  const markers = markersOf(written)
  return markers.length === 0 ? value : { ...value, expression: unless(oneOf(trimmed, markers, context), value.expression) }
}

function truth(column: Column, written: Written, context: Context): Comparable {
  const trimmed = withoutBlanksAround(asText({ ...column, type: 'text' }, context), context)
  const [yes, no] = [written.true ?? [], written.false ?? []].map(words => oneOf(trimmed, words.map(withoutBlanks), context))
  return { column, kind: 'int', expression: sql`case when ${yes!} then 1 when ${no!} then 0 end`, narrow: false }
}

/** Seconds or milliseconds, as the number they are kept as. SQLite keeps fractions in columns of whole numbers. */
function epoch(column: Column, context: Context): Comparable {
  return storedAs({ ...column, type: context.dialect.looseTypes ? 'decimal' : 'bigint' }, context)
}

function withoutMarkers(column: Comparable, written: Written, context: Context): Comparable {
  const texts = markersOf(written).flatMap(marker => storedMarker(marker, column, context) ?? [])
  return texts.length === 0 ? column : { ...column, expression: unless(oneOf(column, texts, context), column.expression) }
}

/** A marker as a value that the column can hold; others no row has. */
function storedMarker(marker: string, column: Comparable, { dialect }: Context): string | undefined {
  const number = canonicalDecimal(marker)
  if (number === undefined || column.kind === 'boolean') return undefined
  if (column.column.type === 'boolean') return number.includes('.') ? undefined : number
  const placed = placeOf(column.column.type === 'float' ? Number(number) : number, column, dialect)
  return placed.is === 'at' ? placed.text : undefined
}

function asText(column: Column, context: Context): Comparable {
  const stored = storedAs(column, context)
  const kind = stored.kind === 'text' || stored.kind === 'padded' ? 'text' : 'other'
  return { ...stored, kind, expression: printed(stored, context) }
}

function withoutBlanksAround(text: Comparable, { dialect }: Context): Comparable {
  return { ...text, expression: wrap(text.expression, dialect.trim) }
}

function oneOf(column: Comparable, texts: readonly string[], context: Context): Fragment {
  const orEmpty = context.dialect.emptyTextIsNull && texts.includes('')
  const others = exactAlike(
    texts.filter(text => !(orEmpty && text === '')),
    column,
    context,
  )
  const empty = sql`${column.expression} is null`
  if (others.length === 0) return empty
  const listed = sql`${exactly(column, context)} in (${join(others, ', ')})`
  return orEmpty ? sql`(${empty} or ${listed})` : listed
}

function unless(condition: Fragment, value: Fragment): Fragment {
  return sql`case when ${condition} then null else ${value} end`
}

/**
 * A comparison of what is stored that is true for every row for which the given one is: it stands beside it for the sake of the index.
 * Only where both stand alone or beside others, not under `not`: for a marker one is false and the other unknown.
 *
 * @returns `undefined` when there is none
 */
export function besides(condition: Condition, context: Context): Condition | undefined {
  switch (condition.op) {
    case 'and': {
      const of = condition.of.flatMap(part => besides(part, context) ?? [])
      return of.length > 0 ? { op: 'and', of } : undefined
    }
    case 'or': {
      const of = condition.of.map(part => besides(part, context))
      return of.some(part => part) ? { op: 'or', of: of.map((part, at) => part ?? condition.of[at]!) } : undefined
    }
    case 'eq':
    case 'in': {
      const column = storedColumn(condition.column, context)
      return column && { ...condition, column }
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      // The order of padded texts is not everywhere that of their texts.
      const column = condition.column.type === 'text' ? undefined : storedColumn(condition.column, context)
      return column && { ...condition, column }
    }
    case 'keys': {
      const columns = condition.columns.map(column => storedColumn(column, context) ?? column)
      return columns.some((column, at) => column !== condition.columns[at]) ? { ...condition, columns } : undefined
    }
    default:
      return undefined
  }
}

/** The same column as it is stored, where every value that is served is stored just so. */
function storedColumn(column: Kept, context: Context): Kept | undefined {
  const isMarked = column.written && Object.keys(column.written).join() === 'missing' && column.type !== 'boolean'
  if (!isMarked && (column.written || column.asStored || !isVague(column, context))) return undefined
  const { written: _, ...stored } = column
  return { ...stored, asStored: true }
}

/** The column where it is known to have a value that is served: then nothing needs to be told from it, and an index serves. */
export function asPresent(column: Column, context: Context): Column {
  return column.written ? column : (storedColumn(column, context) ?? column)
}
