/** How is one row written as a line of JSON? */

import type { Cell, Field, Language, Row } from '../model/index.ts'
import { jsonText } from './compiled/text.ts'
import { present } from './present.ts'

export type LineWriter = (row: Row) => string

/**
 * Writes rows as objects with the fields' names, each on a line of its own. Values are those of GraphQL, save that a point is plain
 * GeoJSON as every other geometry is.
 *
 * @param fields by position in the rows
 * @param zone   IANA zone in which instants are written
 */
export function lineWriter(fields: readonly Field[], zone: string, language: Language): LineWriter {
  const parts = fields.map((field, at) => {
    const before = `${at === 0 ? '{' : ','}${JSON.stringify(field.name)}:`
    const value = field.type === 'point' ? asPoint : (cell: Cell) => present(field, cell, zone, language)
    return (row: Row) => before + jsonText(value(row[at] ?? null) ?? null)
  })
  return row => {
    let line = ''
    for (const part of parts) line += part(row)
    return `${line}}\n`
  }
}

/** A geometry of another type is none, as in GraphQL. */
function asPoint(cell: Cell): Cell {
  return typeof cell === 'object' && cell?.type === 'Point' ? cell : null
}
