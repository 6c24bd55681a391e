/** What does the server say? Messages of TTC from plain data. */

import { Writer } from './bytes.ts'
import { OracleError } from './errors.ts'
import { type Release, since, versionNumber } from './releases.ts'
import { bytesOf, type Cell, isLob, type OracleType, wireOf } from './types.ts'

/** One column of a select. */
export interface ResultColumn {
  readonly name: string
  readonly type: OracleType
}

const charset = 873

/** How the server is built: which fields its messages have, how long texts may be. */
export function protocolAnswer({ fields }: Release): Buffer {
  const national = Buffer.alloc(11)
  national.writeUInt16BE(2000, 9)
  const built = Buffer.alloc(53)
  built[7] = fields
  const running = Buffer.alloc(7)
  running[1] = 1
  return new Writer()
    .byte(1, 6, 0)
    .raw(Buffer.from('x86_64/Linux 2.4.xx\0'))
    .byte(charset & 0xff, charset >> 8)
    .byte(1)
    .zeros(2)
    .byte(0, national.length)
    .raw(national)
    .block(built)
    .block(running)
    .done()
}

/** The server's own zone is UTC; no type is converted. */
export function typesAnswer(): Buffer {
  return new Writer().byte(2, 0x80, 0, 0, 0, 60, 60, 0x80, 0, 0, 0, 0).zeros(2).done()
}

export function loggedIn(release: Release, proof: string, service: string): Buffer {
  return new Writer()
    .byte(8)
    .number(8)
    .pair('AUTH_SVR_RESPONSE', proof)
    .pair('AUTH_VERSION_NO', String(versionNumber(release)))
    .pair('AUTH_SC_SERVICE_NAME', service)
    .pair('AUTH_SC_DBUNIQUE_NAME', 'STANDIN')
    .pair('AUTH_DBNAME', 'STANDIN')
    .pair('AUTH_INSTANCENAME', 'standin')
    .pair('AUTH_MAX_OPEN_CURSORS', '300')
    .pair('AUTH_MAX_IDEN_LENGTH', '128')
    .done()
}

/** A call is over, and nothing is to be said of it. */
export function status(): Buffer {
  return new Writer().byte(9).numbers(0, 1).done()
}

/** End of rows, as the client knows it. */
export const noMoreRows = new OracleError(1403, 'no data found')

/** How a call ended: well, or with an error. */
export function outcome(fields: number, cursor: number, rows: number, error?: OracleError): Buffer {
  const number = error?.number ?? 0
  const writer = new Writer()
    .byte(4)
    .numbers(0, 1, 0, Math.min(number, 65_535), 0, 0, cursor, error?.at ?? 0)
    .zeros(6)
    // No row id, nothing of the operating system, no batch.
    .numbers(0, 0)
    .byte(0)
    .numbers(0, 0, 0)
    .byte(0, 0)
    .numbers(0, 0, 0, 0, 0, 0)
    .number(number)
    .number(rows)
  if (fields >= since['20.1']) writer.numbers(0, 0)
  return error ? writer.text(`${error.message}\n`).done() : writer.done()
}

export function description(columns: readonly ResultColumn[], fields: number): Buffer {
  return new Writer().byte(16, 0).raw(describedColumns(columns, fields)).done()
}

export function describedColumns(columns: readonly ResultColumn[], fields: number): Buffer {
  const writer = new Writer().numbers(1000, columns.length)
  if (columns.length > 0) writer.byte(0)
  for (const [at, column] of columns.entries()) writer.raw(describedColumn(column, at + 1, fields))
  return writer.numbers(0, 0, 0, 0, 0, 0).done()
}

/** The type of geometries, and its number as this server counts. */
export const geometryType = { schema: 'MDSYS', name: 'SDO_GEOMETRY', id: Buffer.alloc(16, 0x5d) }

function describedColumn({ name, type }: ResultColumn, at: number, fields: number): Buffer {
  const { number, form, bytes } = wireOf(type)
  const object = type.name === 'SDO_GEOMETRY'
  const writer = new Writer()
    .byte(number, 0, type.precision ?? 0, scaleOf(type))
    .numbers(bytes, 0, 0)
    .number(object ? geometryType.id.length : 0)
  if (object) writer.block(geometryType.id)
  writer
    .number(object ? 1 : 0)
    .number(form === 0 ? 0 : charset)
    .byte(form)
    .number(bytes)
  if (fields >= since['12.2']) writer.number(0)
  writer
    .byte(1, 0)
    .label(name)
    .label(object ? geometryType.schema : '')
    .label(object ? geometryType.name : '')
    .numbers(at, 0)
  if (fields >= since['23.1']) writer.numbers(0, 0)
  if (fields >= since['23.1 (annotations)']) writer.number(0)
  if (fields >= since['23.4']) writer.number(0).byte(0, 0)
  return writer.done()
}

/** A NUMBER that holds anything says −127. */
function scaleOf({ name, scale }: OracleType): number {
  return scale ?? (name === 'NUMBER' ? -127 : name.startsWith('TIMESTAMP') ? 6 : 0)
}

export function rowsFollow(count: number): Buffer {
  return new Writer().byte(6, 0).numbers(0, 0, count, 0, 0, 0).done()
}

/** How a large object goes out: in full, or as a locator to read it by. */
export type LobForm = 'inline' | ((cell: Buffer, type: OracleType) => Buffer)

/**
 * One row. Cells that are the same as in the row before are left out, as a real server does.
 *
 * @param before the row that was sent before in the same answer
 */
export function row(
  columns: readonly ResultColumn[],
  cells: readonly Cell[],
  before: readonly Cell[] | undefined,
  lobs: readonly LobForm[],
): Buffer {
  const sent = cells.map((cell, at) => before === undefined || !sameCell(cell, before[at] ?? null))
  const writer = new Writer()
  if (sent.includes(false)) {
    const bits = Buffer.alloc(Math.ceil(cells.length / 8))
    for (const [at, isSent] of sent.entries()) if (isSent) bits[at >> 3]! |= 1 << (at & 7)
    writer.byte(21).number(sent.filter(Boolean).length).raw(bits)
  }
  writer.byte(7)
  for (const [at, cell] of cells.entries()) if (sent[at]) writer.raw(cellBytes(cell, columns[at]!.type, lobs[at] ?? 'inline'))
  return writer.done()
}

function sameCell(left: Cell, right: Cell): boolean {
  return Buffer.isBuffer(left) && Buffer.isBuffer(right) ? left.equals(right) : left === right
}

const pieceSize = 8060

function cellBytes(cell: Cell, type: OracleType, form: LobForm): Buffer {
  const bytes = bytesOf(cell, type)
  const writer = new Writer()
  if (!isLob(type)) return writer.block(bytes ?? Buffer.alloc(0)).done()
  // A long value says once more behind itself that nothing was cut off.
  if (form === 'inline')
    return writer
      .block(bytes ?? Buffer.alloc(0))
      .numbers(0, 0)
      .done()
  if (bytes === undefined) return writer.number(0).done()
  const locator = form(bytes, type)
  const length = type.name === 'CLOB' ? [...bytes.toString()].length : bytes.length
  return writer.numbers(locator.length, length, pieceSize).block(locator).done()
}

/** Contents of a large object, read by its locator. */
export function lobData(bytes: Buffer): Buffer {
  return new Writer().byte(14).block(bytes).done()
}

/** The end of a call on a large object: its locator, and what the call asked for besides. */
export function lobDone(locator: Buffer, more: { readonly amount?: number | undefined; readonly created?: boolean }): Buffer {
  const writer = new Writer().byte(8).raw(locator)
  if (more.created) writer.number(charset).byte(0)
  else if (more.amount !== undefined) writer.number(more.amount)
  return writer.done()
}

export { pieceSize }
