/** Which columns does a statement ask for, in which form? */

import type { Column, FieldType } from '../../../model/index.ts'
import { geometryTypes } from '../../../model/index.ts'
import type { Stored } from '../dialects/dialect.ts'
import { type Context, columnOf, once, tableOf } from './context.ts'
import { type Fragment, join, raw, sql, wrap } from './fragment.ts'
import { limited } from './limit.ts'
import type { Reader } from './statement.ts'

export interface Selected {
  readonly items: readonly Fragment[]
  /** The items with their names. */
  readonly list: Fragment
  readonly readers: readonly Reader[]
}

/** Each column as exact text, or as WKB; with its reference system beside it where nobody declared one. */
export const selected = once((columns: readonly Column[], context: Context): Selected => {
  const items: Fragment[] = []
  const readers = columns.map((column): Reader => {
    const at = items.length
    items.push(outputOf(column, context))
    const { srid, wkbSaysSrid } = context.dialect.geometry
    const reader = readerOf(column, at, context)
    const saysItself = wkbSaysSrid || isWritten(context.facts(column).stored)
    if (!isGeometry(column.type) || reader.crs !== undefined || saysItself || !srid) return reader
    items.push(wrap(columnOf(column, context), srid))
    return { ...reader, sridAt: at + 1 }
  })
  return { items, list: named(items), readers }
})

/** `c0`, `c1`, …: by place, so that no two names are alike whatever the columns are called. */
export function named(items: readonly Fragment[]): Fragment {
  return join(
    items.map((item, at) => sql`${item} as ${raw(`c${at}`)}`),
    ', ',
  )
}

/** The same columns where they are selected from a query of that name. */
export function placesOf(query: string, items: readonly Fragment[]): Fragment {
  return raw(items.map((_, at) => `${query}.c${at}`).join(', '))
}

/** How the cells of a column are read. */
export function readerOf(column: Column, at: number, context: Context): Reader {
  const crs = 'crs' in column ? column.crs : undefined
  const zone = context.facts(column).stored === 'instant' ? undefined : column.zone
  const { type, written } = column
  return { at, type, ...(zone !== undefined && { zone }), ...(written && { written }), ...(crs !== undefined && { crs }) }
}

/** How the cells of a column are read that the statement has made comparable: they are served values, save for numbers since 1970. */
export function servedReaderOf(column: Column, at: number, context: Context): Reader {
  const { written: _, ...reader } = readerOf(column, at, context)
  return column.written?.epoch ? { ...reader, written: { epoch: column.written.epoch } } : reader
}

/** An expression of a kind as the text that is read. */
export function asRead(expression: Fragment, stored: Stored, { dialect }: Context): Fragment {
  const selects = dialect.selects[stored]
  return selects ? wrap(expression, selects) : expression
}

/** A statement that asks for these columns and is never run: the source says what they are. */
export function probeSql(columns: readonly Column[], context: Context): Fragment {
  return sql`select ${named(columns.map(column => columnOf(column, context)))} from ${tableOf(context)} t`
}

/** Asks one geometry for its EPSG number; `undefined` where only its WKB can say it. */
export function sridSql(column: Column, context: Context): Fragment | undefined {
  const { srid } = context.dialect.geometry
  if (!srid) return undefined
  const expression = columnOf(column, context)
  const from = sql`from ${tableOf(context)} t where ${expression} is not null`
  return limited({ items: named([wrap(expression, srid)]), from, order: undefined, limit: 1, skip: 0 }, context)
}

export function isGeometry(type: FieldType): boolean {
  return geometryTypes.some(geometry => geometry === type)
}

function outputOf(column: Column, context: Context): Fragment {
  const expression = columnOf(column, context)
  const { stored } = context.facts(column)
  if (!isGeometry(column.type)) return asRead(expression, stored, context)
  const { out } = context.dialect.geometry
  if (isWritten(stored) && !context.dialect.looseTypes) return stored === 'padded' ? asRead(expression, stored, context) : expression
  return typeof out === 'function' ? out(expression) : wrap(expression, out)
}

/** Texts and bytes hold geometry as WKT, WKB or GeoJSON, which is read here. What else we have no word for is the source's own, such as geography. */
function isWritten(stored: Stored): boolean {
  return stored === 'text' || stored === 'padded' || stored === 'bytes'
}
