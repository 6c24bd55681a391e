/** Which statement does the client want to run, and with which values? */

import type { Reader } from './bytes.ts'
import { expectKind, type Known, message } from './known.ts'
import { since } from './releases.ts'

/** A value of a statement: the number of its type on the wire, and its bytes. */
export interface Bind {
  readonly type: number
  /** `undefined`: no value, or one that the server shall fill in. */
  readonly bytes: Buffer | undefined
}

export interface BindShape {
  readonly type: number
  /** Bytes at most. */
  readonly size: number
}

export interface Execute {
  readonly is: 'execute'
  /** 0: a new one. */
  readonly cursor: number
  readonly sql: string | undefined
  readonly run: boolean
  readonly describe: boolean
  readonly fetch: boolean
  readonly commit: boolean
  readonly rows: number
  /** How the client wants its columns, where it says so. */
  readonly defines: readonly BindShape[] | undefined
  readonly shapes: readonly BindShape[]
  readonly binds: readonly Bind[]
}

/** A statement that the server has a number for, run once more. */
export interface Again {
  readonly is: 'again'
  readonly cursor: number
  readonly rows: number
  readonly fetch: boolean
  readonly binds: readonly Bind[]
}

const option = { parse: 0x1, define: 0x10, run: 0x20, fetch: 0x40, commit: 0x100, describe: 0x2_0000 } as const

export function readExecute(reader: Reader, known: Known): Execute {
  const options = reader.number()
  const cursor = reader.number()
  const hasText = reader.byte() === 1
  reader.skipNumbers(1).skip(1).skipNumbers(1).skip(3)
  const rows = reader.number()
  reader.skipNumbers(1).skip(1)
  const binds = reader.number()
  reader.skip(6)
  const defines = reader.number()
  reader.skipNumbers(1).skip(3).skipNumbers(1).skip(1).skipNumbers(2).skip(1).skipNumbers(1).skip(1)
  if (known.fields >= since['12.2']) reader.skip(1).skipNumbers(1).skip(1).skipNumbers(1).skip(1)
  if (known.fields >= since['12.2 (second)']) reader.skip(1).skipNumbers(1)
  const sql = hasText ? String(reader.block() ?? '') : undefined
  reader.skipNumbers(13)
  const has = (flag: number): boolean => (options & flag) !== 0
  const defined = has(option.define) ? readShapes(reader, defines, known) : undefined
  const shapes = defined || binds === 0 ? [] : readShapes(reader, binds, known)
  return {
    is: 'execute',
    cursor,
    sql,
    run: has(option.run),
    describe: has(option.describe),
    fetch: has(option.fetch),
    commit: has(option.commit),
    rows,
    defines: defined,
    shapes,
    binds: shapes.length === 0 ? [] : readBinds(reader, shapes, known),
  }
}

export function readAgain(reader: Reader, known: Known, fetch: boolean): Again {
  const cursor = reader.number()
  const rows = reader.number()
  reader.skipNumbers(2)
  const shapes = known.shapesOf(cursor)
  return { is: 'again', cursor, rows, fetch, binds: shapes.length === 0 ? [] : readBinds(reader, shapes, known) }
}

function readShapes(reader: Reader, count: number, { fields }: Known): BindShape[] {
  return Array.from({ length: count }, () => {
    const type = reader.byte()
    reader.skip(3)
    const size = reader.number()
    reader.skipNumbers(2)
    if (reader.number() > 0) reader.block()
    reader.skipNumbers(2).skip(1).skipNumbers(1)
    if (fields >= since['12.2']) reader.number()
    return { type, size }
  })
}

function readBinds(reader: Reader, shapes: readonly BindShape[], { longestText }: Known): Bind[] {
  expectKind(reader, message.row)
  const isLast = ({ size }: BindShape): boolean => size > longestText
  const found = new Map<BindShape, Bind>()
  for (const shape of [...shapes.filter(shape => !isLast(shape)), ...shapes.filter(isLast)]) found.set(shape, readBind(reader, shape))
  return shapes.map(shape => found.get(shape)!)
}

/** Numbers of types whose values are not simply bytes behind their length. */
const odd = { cursor: 102, clob: 112, blob: 113 } as const

function readBind(reader: Reader, { type }: BindShape): Bind {
  if (type === odd.cursor) {
    // A cursor of the client's that is not open yet: the server will fill it in.
    if (reader.skip(1).byte() !== 0) reader.number()
    return { type, bytes: undefined }
  }
  if (type === odd.clob || type === odd.blob) return { type, bytes: reader.number() === 0 ? undefined : reader.block() }
  return { type, bytes: reader.block() }
}
