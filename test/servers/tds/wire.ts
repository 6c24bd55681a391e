/** How do types and values of answers travel? (MS-TDS 2.2.5.4 to 2.2.5.6) */

import type { Writer } from './bytes.ts'
import { days1900, daysOf, ticksOf, unitsOf } from './calendar.ts'
import { encoded, isBinary, isNarrow, isText, type SqlType, type Value } from './types.ts'

/** Numbers of types. */
export const id = {
  null: 0x1f,
  image: 0x22,
  text: 0x23,
  guid: 0x24,
  intN: 0x26,
  date: 0x28,
  time: 0x29,
  datetime2: 0x2a,
  datetimeoffset: 0x2b,
  ntext: 0x63,
  bitN: 0x68,
  decimalN: 0x6a,
  numericN: 0x6c,
  floatN: 0x6d,
  moneyN: 0x6e,
  datetimeN: 0x6f,
  varbinary: 0xa5,
  varchar: 0xa7,
  binary: 0xad,
  char: 0xaf,
  nvarchar: 0xe7,
  nchar: 0xef,
  udt: 0xf0,
  xml: 0xf1,
} as const

/** Latin1_General_CI_AS: windows-1252, forgiving case. */
export const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x00])

export const max = 0xffff
export const noValue = 0xffff_ffff_ffff_ffffn
const unknownLength = 0xffff_ffff_ffff_fffen

const sizes: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  int: 4,
  bigint: 8,
  real: 4,
  float: 8,
  smallmoney: 4,
  money: 8,
  smalldatetime: 4,
  datetime: 8,
}

export function writeType(to: Writer, type: SqlType): Writer {
  switch (type.name) {
    case 'bit':
      return to.u8(id.bitN, 1)
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return to.u8(id.intN, sizes[type.name]!)
    case 'real':
    case 'float':
      return to.u8(id.floatN, sizes[type.name]!)
    case 'money':
    case 'smallmoney':
      return to.u8(id.moneyN, sizes[type.name]!)
    case 'datetime':
    case 'smalldatetime':
      return to.u8(id.datetimeN, sizes[type.name]!)
    case 'decimal':
      return to.u8(id.decimalN, decimalBytes(type) + 1, type.precision!, type.scale!)
    case 'date':
      return to.u8(id.date)
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return to.u8(id[type.name], type.scale!)
    case 'uniqueidentifier':
      return to.u8(id.guid, 16)
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return to
        .u8(id[type.name])
        .u16(type.length === 'max' ? max : type.length! * (isNarrow(type) ? 1 : 2))
        .bytes(collation)
    case 'binary':
    case 'varbinary':
      return to.u8(id[type.name]).u16(type.length === 'max' ? max : type.length!)
    case 'text':
    case 'ntext':
      return to.u8(id[type.name]).u32(0x7fffffff).bytes(collation).u8(1).longText('t')
    case 'image':
      return to.u8(id.image).u32(0x7fffffff).u8(1).longText('t')
    case 'xml':
      return to.u8(id.xml, 0)
    case 'geometry':
    case 'geography':
      return to.u8(id.udt).u16(max).shortText('Stadt').shortText('sys').shortText(type.name).longText('Microsoft.SqlServer.Types')
  }
}

export function writeValue(to: Writer, type: SqlType, value: Value): Writer {
  if (isLong(type)) return writeLong(to, value === null ? null : bytesOf(type, value))
  if (isPointed(type)) return writePointed(to, value === null ? null : bytesOf(type, value))
  if (isText(type) || isBinary(type)) {
    if (value === null) return to.u16(0xffff)
    const bytes = bytesOf(type, value)
    return to.u16(bytes.length).bytes(bytes)
  }
  if (value === null) return to.u8(0)
  const bytes = fixedBytes(type, value)
  return to.u8(bytes.length).bytes(bytes)
}

function isLong({ name, length }: SqlType): boolean {
  return length === 'max' || name === 'xml' || name === 'geometry' || name === 'geography'
}

function isPointed({ name }: SqlType): boolean {
  return name === 'text' || name === 'ntext' || name === 'image'
}

/** In pieces, as values without a greatest length travel. Their length may be told before or not. */
function writeLong(to: Writer, bytes: Buffer | null): Writer {
  if (bytes === null) return to.u64(noValue)
  const piece = 3_000
  to.u64(bytes.length % 2 === 0 ? BigInt(bytes.length) : unknownLength)
  for (let at = 0; at < bytes.length; at += piece) {
    const part = bytes.subarray(at, at + piece)
    to.u32(part.length).bytes(part)
  }
  return to.u32(0)
}

/** Behind a pointer and a timestamp that nobody uses any more. */
function writePointed(to: Writer, bytes: Buffer | null): Writer {
  if (bytes === null) return to.u8(0)
  return to.u8(16).bytes(Buffer.alloc(16)).bytes(Buffer.alloc(8)).u32(bytes.length).bytes(bytes)
}

function bytesOf(type: SqlType, value: Exclude<Value, null>): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value)
  const text = String(value)
  if (!isNarrow(type)) return Buffer.from(type.name === 'nchar' ? text.padEnd(Number(type.length)) : text, 'utf16le')
  return encoded(type.name === 'char' ? text.padEnd(Number(type.length)) : text)
}

function fixedBytes(type: SqlType, value: Exclude<Value, null>): Buffer {
  const text = String(value)
  switch (type.name) {
    case 'bit':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return whole(BigInt(value as bigint | number), sizes[type.name] ?? 1)
    case 'real': {
      const bytes = Buffer.alloc(4)
      bytes.writeFloatLE(Number(value))
      return bytes
    }
    case 'float': {
      const bytes = Buffer.alloc(8)
      bytes.writeDoubleLE(Number(value))
      return bytes
    }
    case 'decimal': {
      const number = scaled(text, type.scale!)
      return Buffer.concat([Buffer.from([number < 0n ? 0 : 1]), whole(number < 0n ? -number : number, decimalBytes(type))])
    }
    case 'smallmoney':
      return whole(scaled(text, 4), 4)
    case 'money': {
      const number = BigInt.asUintN(64, scaled(text, 4))
      return Buffer.concat([whole(number >> 32n, 4), whole(number & 0xffff_ffffn, 4)])
    }
    case 'uniqueidentifier': {
      const bytes = Buffer.from(text.replaceAll('-', ''), 'hex')
      return Buffer.concat([
        bytes.subarray(0, 4).reverse(),
        bytes.subarray(4, 6).reverse(),
        bytes.subarray(6, 8).reverse(),
        bytes.subarray(8),
      ])
    }
    default:
      return momentBytes(type, text)
  }
}

function momentBytes({ name, scale = 7 }: SqlType, text: string): Buffer {
  const time = (clock: string): Buffer => whole(unitsOf(clock) / 10n ** BigInt(7 - scale), timeBytes(scale))
  const [first = '', second = '00:00:00', offset = '+00:00'] = text.split(' ')
  switch (name) {
    case 'date':
      return whole(BigInt(daysOf(first)), 3)
    case 'time':
      return time(first)
    case 'datetime2':
      return Buffer.concat([time(second), whole(BigInt(daysOf(first)), 3)])
    case 'datetimeoffset': {
      const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
      const shift = (hours * 60 + minutes) * (offset.startsWith('-') ? -1 : 1)
      return Buffer.concat([time(second), whole(BigInt(daysOf(first)), 3), whole(BigInt(shift), 2)])
    }
    case 'datetime':
      return Buffer.concat([whole(BigInt(daysOf(first) - days1900), 4), whole(BigInt(ticksOf(second)), 4)])
    case 'smalldatetime':
      return Buffer.concat([whole(BigInt(daysOf(first) - days1900), 2), whole(unitsOf(second) / 600_000_000n, 2)])
    default:
      throw new TypeError(`${name} has no bytes of its own`)
  }
}

function timeBytes(scale: number): number {
  return scale <= 2 ? 3 : scale <= 4 ? 4 : 5
}

function decimalBytes({ precision = 18 }: SqlType): number {
  return precision <= 9 ? 4 : precision <= 19 ? 8 : precision <= 28 ? 12 : 16
}

/** 12.5 with scale 2 is 1250. */
function scaled(text: string, scale: number): bigint {
  const [, sign = '', digits = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const number = BigInt(digits + fraction.padEnd(scale, '0').slice(0, scale))
  return sign === '-' ? -number : number
}

function whole(number: bigint, bytes: number): Buffer {
  const all = Buffer.alloc(16)
  all.writeBigUInt64LE(BigInt.asUintN(64, number), 0)
  all.writeBigUInt64LE(BigInt.asUintN(64, number >> 64n), 8)
  return all.subarray(0, bytes)
}
