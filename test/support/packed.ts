/** Rows at hand in the form in which a database's bytes come. */

import { type Column, type FieldType, type PackedForm, PackedRows, type Row, type Rows } from '../../src/model/index.ts'

const forms: Readonly<Partial<Record<FieldType, PackedForm>>> = {
  text: 'text',
  int: 'int',
  float: 'float',
  bigint: 'digits',
  decimal: 'decimal',
  date: 'date',
  datetime: 'instant',
  boolean: 'boolean',
}

/** @returns the rows as they are, where a column has a type that is never packed */
export function packed(columns: readonly Column[], rows: readonly Row[]): Rows {
  const formed = columns.map(({ type }) => forms[type])
  if (!formed.every(form => form !== undefined)) return rows
  const pieces: Buffer[] = []
  const starts: number[] = []
  let at = 0
  for (const row of rows) {
    starts.push(at)
    for (const [place, form] of formed.entries()) {
      const cell = row[place] ?? null
      const bytes = cell === null ? Buffer.alloc(0) : Buffer.from(written(cell, form))
      const length = Buffer.alloc(4)
      length.writeInt32BE(cell === null ? -1 : bytes.byteLength)
      pieces.push(length, bytes)
      at += 4 + bytes.byteLength
    }
  }
  return new PackedRows(Buffer.concat(pieces), starts, formed)
}

function written(cell: unknown, form: PackedForm): string {
  if (form === 'boolean') return cell ? 't' : 'f'
  if (form === 'instant') return String(cell).replace('T', ' ').replace('Z', '+00')
  return String(cell)
}
