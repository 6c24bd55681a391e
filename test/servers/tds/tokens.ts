/** What is an answer made of? (MS-TDS 2.2.7) */

import { Writer } from './bytes.ts'
import type { SqlError } from './errors.ts'
import type { SqlType, Value } from './types.ts'
import { collation, writeType, writeValue } from './wire.ts'

export interface ResultColumn {
  readonly name: string
  readonly type: SqlType
}

export interface ResultSet {
  readonly columns: readonly ResultColumn[]
  readonly rows: Iterable<readonly Value[]>
}

/** Flags of a DONE token. */
export const done = { final: 0x00, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const
/** A statement is done; a statement within a procedure; a procedure. */
export const doneTokens = { statement: 0xfd, procedure: 0xfe, inProcedure: 0xff } as const

const token = {
  returnStatus: 0x79,
  columns: 0x81,
  error: 0xaa,
  info: 0xab,
  returnValue: 0xac,
  loginAck: 0xad,
  row: 0xd1,
  nbcRow: 0xd2,
} as const
const environment = 0xe3
const select = 0xc1

export const changes = { database: 1, packetSize: 4, collation: 7, began: 8, committed: 9, rolledBack: 10, reset: 18, routing: 20 } as const

export function columnsToken(columns: readonly ResultColumn[]): Buffer {
  const to = new Writer().u8(token.columns).u16(columns.length)
  const nullable = 0x0001
  for (const { name, type } of columns) writeType(to.u32(0).u16(nullable), type).shortText(name)
  return to.take()
}

/** A row with missing values comes with a map of them, as from a real server. */
export function rowToken(columns: readonly ResultColumn[], row: readonly Value[]): Buffer {
  const to = new Writer()
  if (!row.includes(null)) {
    to.u8(token.row)
    for (const [at, { type }] of columns.entries()) writeValue(to, type, row[at]!)
    return to.take()
  }
  const map = Buffer.alloc(Math.ceil(columns.length / 8))
  for (const [at, value] of row.entries()) if (value === null) map[at >> 3]! |= 1 << (at & 7)
  to.u8(token.nbcRow).bytes(map)
  for (const [at, { type }] of columns.entries()) if (row[at] !== null) writeValue(to, type, row[at]!)
  return to.take()
}

export function doneToken(kind: keyof typeof doneTokens, flags: number, rows = 0): Buffer {
  return new Writer().u8(doneTokens[kind]).u16(flags).u16(select).u64(BigInt(rows)).take()
}

export function errorToken({ number, state, class: severity, message }: SqlError): Buffer {
  return message_(token.error, number, state, severity, message)
}

export function infoToken(number: number, message: string): Buffer {
  return message_(token.info, number, 1, 10, message)
}

function message_(kind: number, number: number, state: number, severity: number, message: string): Buffer {
  const body = new Writer().i32(number).u8(state, severity).longText(message).shortText('STADT-SQL').shortText('').u32(1).take()
  return new Writer().u8(kind).u16(body.length).bytes(body).take()
}

export function returnStatusToken(status: number): Buffer {
  return new Writer().u8(token.returnStatus).i32(status).take()
}

/** A whole number that a procedure hands back. */
export function returnValueToken(name: string, value: number): Buffer {
  const to = new Writer().u8(token.returnValue).u16(0).shortText(name).u8(1).u32(0).u16(0)
  writeType(to, { name: 'int' })
  writeValue(to, { name: 'int' }, BigInt(value))
  return to.take()
}

export function loginToken(): Buffer {
  const tds74 = Buffer.from([0x74, 0, 0, 4])
  const body = new Writer().u8(1).bytes(tds74).shortText('Microsoft SQL Server').u8(16, 0, 0x10, 0).take()
  return new Writer().u8(token.loginAck).u16(body.length).bytes(body).take()
}

export function changeToken(kind: number, now: string, before = ''): Buffer {
  return change(kind, new Writer().shortText(now).shortText(before).take())
}

export function collationToken(): Buffer {
  return change(changes.collation, new Writer().u8(collation.length).bytes(collation).u8(0).take())
}

/** Beginning, end and undoing of a transaction, by its number. */
export function transactionToken(kind: number, now: Buffer, before: Buffer): Buffer {
  return change(kind, new Writer().u8(now.length).bytes(now).u8(before.length).bytes(before).take())
}

/** Sends the client on to another server. */
export function routingToken(host: string, port: number): Buffer {
  const place = new Writer().u8(0).u16(port).longText(host).take()
  return change(changes.routing, new Writer().u16(place.length).bytes(place).u16(0).take())
}

function change(kind: number, values: Buffer): Buffer {
  return new Writer()
    .u8(environment)
    .u16(values.length + 1)
    .u8(kind)
    .bytes(values)
    .take()
}
