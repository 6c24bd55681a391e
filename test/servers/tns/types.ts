/** Which types of columns does the stand-in know, and how does each travel? */

import { OracleError } from './errors.ts'
import { encodeNumber } from './numbers.ts'
import { clockOf, encodeClock } from './times.ts'

export type TypeName =
  | 'VARCHAR2'
  | 'NVARCHAR2'
  | 'CHAR'
  | 'NUMBER'
  | 'DATE'
  | 'TIMESTAMP'
  | 'TIMESTAMP WITH TIME ZONE'
  | 'RAW'
  | 'CLOB'
  | 'BLOB'
  | 'BINARY_DOUBLE'
  | 'BINARY_FLOAT'
  | 'SDO_GEOMETRY'

export interface OracleType {
  readonly name: TypeName
  /** Bytes of texts and RAWs. */
  readonly size?: number
  /** Digits of a NUMBER; absent: as many as it has. */
  readonly precision?: number
  /** Digits behind the point of a NUMBER, or of the seconds of a TIMESTAMP. */
  readonly scale?: number
}

/** A value as it is kept and sent: texts as such, floats as numbers, everything else in the bytes of the wire. */
export type Cell = null | string | number | Buffer

/** What a test writes: texts, numbers of any size, dates and times as `2026-03-29 02:30:00.5`, geometries as WKB with their SRID. */
export type Value = null | string | number | bigint | boolean | Uint8Array | { readonly srid: number; readonly wkb: Uint8Array }

/** VARCHAR2 takes so many bytes unless the database was set up for more. */
export const longestText = 4000

interface Wire {
  /** Number of the type in descriptions. */
  readonly number: number
  /** Character set form: 0 none, 1 the database's, 2 the national one. */
  readonly form: 0 | 1 | 2
  readonly bytes: number
}

const wires: Readonly<Record<TypeName, Wire>> = {
  VARCHAR2: { number: 1, form: 1, bytes: 4000 },
  NVARCHAR2: { number: 1, form: 2, bytes: 4000 },
  CHAR: { number: 96, form: 1, bytes: 2000 },
  NUMBER: { number: 2, form: 0, bytes: 22 },
  DATE: { number: 12, form: 0, bytes: 7 },
  TIMESTAMP: { number: 180, form: 0, bytes: 11 },
  'TIMESTAMP WITH TIME ZONE': { number: 181, form: 0, bytes: 13 },
  RAW: { number: 23, form: 0, bytes: 2000 },
  CLOB: { number: 112, form: 1, bytes: 4000 },
  BLOB: { number: 113, form: 0, bytes: 4000 },
  BINARY_DOUBLE: { number: 101, form: 0, bytes: 8 },
  BINARY_FLOAT: { number: 100, form: 0, bytes: 4 },
  SDO_GEOMETRY: { number: 109, form: 0, bytes: 1 },
}

export function wireOf(type: OracleType): Wire {
  const wire = wires[type.name]
  return type.size === undefined ? wire : { ...wire, bytes: type.size }
}

export function isLob({ name }: OracleType): boolean {
  return name === 'CLOB' || name === 'BLOB'
}

/** Oracle has no empty text: it is a missing value. */
export function cellOf(value: Value, type: OracleType): Cell {
  if (value === null || value === '') return null
  switch (type.name) {
    case 'VARCHAR2':
    case 'NVARCHAR2':
    case 'CLOB':
      return String(value)
    case 'CHAR':
      return String(value).padEnd(type.size ?? 1, ' ')
    case 'NUMBER':
      return encodeNumber(typeof value === 'boolean' ? (value ? '1' : '0') : String(value))
    case 'DATE':
      return encodeClock(clockOf(String(value)), 7)
    case 'TIMESTAMP':
      return encodeClock(clockOf(String(value)), 11)
    case 'TIMESTAMP WITH TIME ZONE':
      return encodeClock(clockOf(String(value)), 13)
    case 'RAW':
    case 'BLOB':
      return Buffer.from(value as Uint8Array)
    case 'BINARY_DOUBLE':
      return Number(value)
    case 'BINARY_FLOAT':
      return Math.fround(Number(value))
    case 'SDO_GEOMETRY':
      return geometryCell(value)
  }
}

/** The bytes of a cell in a row, or `undefined` for a missing value. */
export function bytesOf(cell: Cell, type: OracleType): Buffer | undefined {
  if (cell === null) return undefined
  if (typeof cell === 'number') return type.name === 'BINARY_FLOAT' ? floatBytes(cell, 4) : floatBytes(cell, 8)
  if (typeof cell !== 'string') return cell
  return type.name === 'NVARCHAR2' ? Buffer.from(cell, 'utf16le').swap16() : Buffer.from(cell)
}

function floatBytes(value: number, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(size)
  if (size === 4) bytes.writeFloatBE(value)
  else bytes.writeDoubleBE(value)
  // Flipped so that bytes have the order of the numbers.
  if ((bytes[0]! & 0x80) === 0) bytes[0]! |= 0x80
  else for (const [at, byte] of bytes.entries()) bytes[at] = byte ^ 0xff
  return bytes
}

function geometryCell(value: Value): Buffer {
  if (typeof value !== 'object' || value === null || !('wkb' in value)) throw new OracleError(932, 'inconsistent datatypes')
  const srid = Buffer.alloc(4)
  srid.writeInt32BE(value.srid)
  return Buffer.concat([srid, value.wkb])
}
