/** Which types does SQL Server have, as far as a gateway reads them? */

export const typeNames = [
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'money',
  'smallmoney',
  'real',
  'float',
  'date',
  'time',
  'smalldatetime',
  'datetime',
  'datetime2',
  'datetimeoffset',
  'char',
  'varchar',
  'text',
  'nchar',
  'nvarchar',
  'ntext',
  'binary',
  'varbinary',
  'image',
  'uniqueidentifier',
  'xml',
  'geometry',
  'geography',
] as const
export type TypeName = (typeof typeNames)[number]

export interface SqlType {
  readonly name: TypeName
  /** Characters or bytes. */
  readonly length?: number | 'max'
  readonly precision?: number
  /** Digits behind the point, or of fractions of a second. */
  readonly scale?: number
  /** Texts are compared by their code units; otherwise as usual, forgiving case and blanks at the end. */
  readonly binary?: boolean
}

/**
 * What stands in a cell, in and out:
 *
 * whole numbers as bigint · floats as number · decimals and money as text with all their digits · `2026-07-01` · `12:00:00.0000000` ·
 * `2026-07-01 12:00:00.0000000` · for datetimeoffset the same in UTC with ` +02:00` behind it · texts · bytes
 */
export type Value = null | bigint | number | string | Uint8Array

/** @throws RangeError for a type that is not known here */
export function typeOf(text: string): SqlType {
  const [, word = '', first, second] = /^\s*(\w+)\s*(?:\(\s*(\w+)\s*(?:,\s*(\d+)\s*)?\))?\s*$/.exec(text) ?? []
  const name = typeNames.find(known => known === aliasOf(word.toLowerCase()))
  if (name === undefined) throw new RangeError(text)
  switch (name) {
    case 'decimal':
      return { name, precision: Number(first ?? 18), scale: Number(second ?? 0) }
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return { name, scale: Number(first ?? 7) }
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary':
      return { name, length: first?.toLowerCase() === 'max' ? 'max' : Number(first ?? 30) }
    default:
      return { name }
  }
}

function aliasOf(word: string): string {
  return { numeric: 'decimal', integer: 'int', dec: 'decimal', sysname: 'nvarchar' }[word] ?? word
}

/** As `sp_describe_first_result_set` prints it. */
export function printed({ name, length, precision, scale }: SqlType): string {
  if (name === 'decimal') return `decimal(${precision},${scale})`
  if (length !== undefined) return `${name}(${length})`
  return scale === undefined ? name : `${name}(${scale})`
}

const wide: readonly TypeName[] = ['nchar', 'nvarchar', 'ntext', 'xml']
const narrow: readonly TypeName[] = ['char', 'varchar', 'text']

export function isText({ name }: SqlType): boolean {
  return wide.includes(name) || narrow.includes(name)
}

/** Texts of a one-byte character set: windows-1252 here. */
export function isNarrow({ name }: SqlType): boolean {
  return narrow.includes(name)
}

export function isBinary({ name }: SqlType): boolean {
  return name === 'binary' || name === 'varbinary' || name === 'image'
}

const decoder = new TextDecoder('windows-1252')
const fromByte = Array.from({ length: 256 }, (_, byte) => decoder.decode(Uint8Array.of(byte)))
const toByte = new Map(fromByte.map((character, byte) => [character, byte]))

/** As windows-1252; `?` for what it has not, one for each half of a character of four bytes. */
export function encoded(text: string): Buffer {
  return Buffer.from(text.split('').map(unit => toByte.get(unit) ?? 0x3f))
}

export function decoded(bytes: Uint8Array): string {
  return Array.from(bytes, byte => fromByte[byte]!).join('')
}
