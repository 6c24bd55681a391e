/** How do types and values of parameters travel? (MS-TDS 2.2.5.4 to 2.2.5.6) */

import { ProtocolError, type Reader } from './bytes.ts'
import { dateOf, days1900, timeOf, timeOfTicks } from './calendar.ts'
import { decoded, isBinary, isNarrow, isText, type SqlType, type Value } from './types.ts'
import { id, max, noValue } from './wire.ts'

export interface Parameter {
  readonly name: string
  readonly type: SqlType
  readonly value: Value
}

export function readParameter(from: Reader): Parameter {
  const name = from.text(from.u8())
  from.u8()
  const type = readType(from)
  return { name, type, value: readValue(from, type) }
}

function readType(from: Reader): SqlType {
  const number = from.u8()
  const sized = (names: Readonly<Record<number, SqlType['name']>>): SqlType => {
    const size = from.u8()
    const name = names[size]
    if (name === undefined) throw new ProtocolError(`type ${number} of ${size} bytes`)
    return { name }
  }
  const text = (name: SqlType['name'], bytesEach: number): SqlType => {
    const length = from.u16()
    from.bytes(5)
    return { name, length: length === max ? 'max' : length / bytesEach }
  }
  switch (number) {
    case id.intN:
      return sized({ 1: 'tinyint', 2: 'smallint', 4: 'int', 8: 'bigint' })
    case id.bitN:
      return sized({ 1: 'bit' })
    case id.floatN:
      return sized({ 4: 'real', 8: 'float' })
    case id.moneyN:
      return sized({ 4: 'smallmoney', 8: 'money' })
    case id.datetimeN:
      return sized({ 4: 'smalldatetime', 8: 'datetime' })
    case id.guid:
      return sized({ 16: 'uniqueidentifier' })
    case id.decimalN:
    case id.numericN:
      from.u8()
      return { name: 'decimal', precision: from.u8(), scale: from.u8() }
    case id.date:
      return { name: 'date' }
    case id.time:
      return { name: 'time', scale: from.u8() }
    case id.datetime2:
      return { name: 'datetime2', scale: from.u8() }
    case id.datetimeoffset:
      return { name: 'datetimeoffset', scale: from.u8() }
    case id.varchar:
      return text('varchar', 1)
    case id.char:
      return text('char', 1)
    case id.nvarchar:
      return text('nvarchar', 2)
    case id.nchar:
      return text('nchar', 2)
    case id.varbinary:
    case id.binary: {
      const length = from.u16()
      return { name: number === id.binary ? 'binary' : 'varbinary', length: length === max ? 'max' : length }
    }
    default:
      throw new ProtocolError(`a parameter of type 0x${number.toString(16)}`)
  }
}

function readValue(from: Reader, type: SqlType): Value {
  if (isText(type) || isBinary(type)) {
    const bytes = type.length === 'max' ? readLong(from) : readShort(from)
    if (bytes === null || isBinary(type)) return bytes
    return isNarrow(type) ? decoded(bytes) : bytes.toString('utf16le')
  }
  const length = from.u8()
  return length === 0 ? null : readFixed(type, from.bytes(length))
}

function readShort(from: Reader): Buffer | null {
  const length = from.u16()
  return length === 0xffff ? null : from.bytes(length)
}

function readLong(from: Reader): Buffer | null {
  if (from.u64() === noValue) return null
  const parts: Buffer[] = []
  for (let length = from.u32(); length > 0; length = from.u32()) parts.push(from.bytes(length))
  return Buffer.concat(parts)
}

function readFixed(type: SqlType, bytes: Buffer): Value {
  const unsigned = (part: Buffer): bigint => [...part].reduceRight((number, byte) => number * 256n + BigInt(byte), 0n)
  const signed = (part: Buffer): bigint => BigInt.asIntN(part.length * 8, unsigned(part))
  const date = (part: Buffer): string => dateOf(Number(unsigned(part)))
  const time = (part: Buffer): string => timeOf(unsigned(part) * 10n ** BigInt(7 - (type.scale ?? 7)))
  switch (type.name) {
    case 'bit':
    case 'tinyint':
      return unsigned(bytes)
    case 'smallint':
    case 'int':
    case 'bigint':
      return signed(bytes)
    case 'real':
      return bytes.readFloatLE()
    case 'float':
      return bytes.readDoubleLE()
    case 'decimal':
      return pointed(unsigned(bytes.subarray(1)) * (bytes[0] === 0 ? -1n : 1n), type.scale!)
    case 'smallmoney':
      return pointed(signed(bytes), 4)
    case 'money':
      return pointed((signed(bytes.subarray(0, 4)) << 32n) | unsigned(bytes.subarray(4)), 4)
    case 'date':
      return date(bytes)
    case 'time':
      return time(bytes)
    case 'datetime2':
      return `${date(bytes.subarray(-3))} ${time(bytes.subarray(0, -3))}`
    case 'datetimeoffset': {
      const shift = bytes.readInt16LE(bytes.length - 2)
      const [hours, minutes] = [Math.floor(Math.abs(shift) / 60), Math.abs(shift) % 60].map(part => String(part).padStart(2, '0'))
      return `${date(bytes.subarray(-5, -2))} ${time(bytes.subarray(0, -5))} ${shift < 0 ? '-' : '+'}${hours}:${minutes}`
    }
    case 'datetime':
      return `${dateOf(Number(signed(bytes.subarray(0, 4))) + days1900)} ${timeOfTicks(Number(unsigned(bytes.subarray(4))))}`
    case 'smalldatetime':
      return `${dateOf(Number(unsigned(bytes.subarray(0, 2))) + days1900)} ${timeOf(unsigned(bytes.subarray(2)) * 600_000_000n)}`
    case 'uniqueidentifier': {
      const hex = (part: Buffer): string => part.toString('hex').toUpperCase()
      const turned = (from: number, to: number): string => hex(Buffer.from(bytes.subarray(from, to)).reverse())
      return `${turned(0, 4)}-${turned(4, 6)}-${turned(6, 8)}-${hex(bytes.subarray(8, 10))}-${hex(bytes.subarray(10))}`
    }
    default:
      throw new ProtocolError(`a value of type ${type.name}`)
  }
}

/** 1250 with scale 2 is 12.50. */
function pointed(number: bigint, scale: number): string {
  const digits = String(number < 0n ? -number : number).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return number < 0n ? `-${text}` : text
}
