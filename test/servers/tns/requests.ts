/** What does the client ask? Messages of TTC as plain data. */

import { type Reader, Writer } from './bytes.ts'
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

export interface LobRequest {
  readonly is: 'lob'
  readonly operation: number
  readonly locator: Buffer
  /** From 1. */
  readonly from: number
  readonly amount: number | undefined
  readonly data: Buffer | undefined
}

export type Request =
  | { readonly is: 'protocol' }
  | { readonly is: 'types' }
  | { readonly is: 'challenge'; readonly user: string; readonly said: ReadonlyMap<string, string>; readonly fast: boolean }
  | { readonly is: 'proof'; readonly said: ReadonlyMap<string, string> }
  | Execute
  | { readonly is: 'again'; readonly cursor: number; readonly rows: number; readonly fetch: boolean; readonly binds: readonly Bind[] }
  | { readonly is: 'fetch'; readonly cursor: number; readonly rows: number }
  | LobRequest
  | { readonly is: 'commit' | 'rollback' | 'ping' | 'logoff' }

/** What travels in front of a request without an answer of its own. */
export type Rider =
  | { readonly is: 'close'; readonly cursors: readonly number[] }
  | { readonly is: 'free'; readonly locators: readonly Buffer[] }
  | { readonly is: 'names'; readonly module: string }

export interface Message {
  readonly riders: readonly Rider[]
  readonly request: Request
}

/** What the server remembers and a message leaves out. */
export interface Known {
  readonly fields: number
  /** Texts longer than this travel behind the other values. */
  readonly longestText: number
  readonly shapesOf: (cursor: number) => readonly BindShape[]
}

const message = { protocol: 1, types: 2, call: 3, row: 7, lobData: 14, rider: 17, fastLogin: 34 } as const

/** @throws Unfinished when the rest has not arrived yet */
export function readMessage(reader: Reader, known: Known): Message {
  const riders: Rider[] = []
  for (;;) {
    const kind = reader.byte()
    switch (kind) {
      case message.protocol:
        readProtocol(reader)
        return { riders, request: { is: 'protocol' } }
      case message.types:
        readTypes(reader)
        return { riders, request: { is: 'types' } }
      case message.fastLogin:
        return { riders, request: readFastLogin(reader) }
      case message.rider:
        riders.push(readRider(reader, known))
        break
      case message.call:
        return { riders, request: readCall(reader, known) }
      default:
        throw new Error(`a message of kind ${kind} is unknown here`)
    }
  }
}

function readProtocol(reader: Reader): void {
  reader.skip(2).word()
}

function readTypes(reader: Reader): void {
  reader.skip(5)
  reader.block()
  const ours = reader.block()
  if (ours && (ours[1]! & 1) === 1) reader.skip(11)
  while (reader.raw(2).readUInt16BE() !== 0) if (reader.raw(2).readUInt16BE() !== 0) reader.skip(4)
}

/** Protocol, types and the first half of the login in one message, in the fields of 19c whatever comes after. */
function readFastLogin(reader: Reader): Request {
  reader.skip(3)
  expect(reader, message.protocol)
  readProtocol(reader)
  reader.skip(6)
  expect(reader, message.types)
  readTypes(reader)
  expect(reader, message.call)
  reader.skip(2)
  return readChallenge(reader, true)
}

function expect(reader: Reader, kind: number): void {
  const found = reader.byte()
  if (found !== kind) throw new Error(`a message of kind ${kind} was expected, not ${found}`)
}

const call = {
  reexecute: 4,
  fetch: 5,
  logoff: 9,
  commit: 14,
  rollback: 15,
  reexecuteAndFetch: 78,
  execute: 94,
  lob: 96,
  proof: 115,
  challenge: 118,
  ping: 147,
} as const

function readCall(reader: Reader, known: Known): Request {
  const code = reader.byte()
  reader.skip(1)
  if (known.fields >= since['23.1 (tokens)']) reader.number()
  switch (code) {
    case call.challenge:
      return readChallenge(reader, false)
    case call.proof:
      return { is: 'proof', said: readLogin(reader).said }
    case call.execute:
      return readExecute(reader, known)
    case call.reexecute:
    case call.reexecuteAndFetch:
      return readAgain(reader, known, code === call.reexecuteAndFetch)
    case call.fetch:
      return { is: 'fetch', cursor: reader.number(), rows: reader.number() }
    case call.lob:
      return readLob(reader)
    case call.commit:
      return { is: 'commit' }
    case call.rollback:
      return { is: 'rollback' }
    case call.ping:
      return { is: 'ping' }
    case call.logoff:
      return { is: 'logoff' }
    default:
      throw new Error(`the call ${code} is unknown here`)
  }
}

function readChallenge(reader: Reader, fast: boolean): Request {
  return { is: 'challenge', ...readLogin(reader), fast }
}

function readLogin(reader: Reader): { user: string; said: Map<string, string> } {
  const named = reader.byte() === 1
  reader.skipNumbers(2).skip(1)
  const count = reader.number()
  reader.skip(2)
  const user = named ? String(reader.block() ?? '') : ''
  return { user, said: new Map(Array.from({ length: count }, () => reader.pair())) }
}

const option = { parse: 0x1, define: 0x10, run: 0x20, fetch: 0x40, commit: 0x100, describe: 0x2_0000 } as const

function readExecute(reader: Reader, known: Known): Request {
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

function readAgain(reader: Reader, known: Known, fetch: boolean): Request {
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
  expect(reader, message.row)
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

export const lobOperation = { read: 0x2, write: 0x40, create: 0x110, free: 0x8_0111, pieceSize: 0x4000 } as const

function readLob(reader: Reader): Request {
  reader.skip(1)
  const length = reader.number()
  reader.skip(1).skipNumbers(3).skip(3)
  const operation = reader.number()
  reader.skip(2)
  const from = reader.number()
  reader.number()
  const hasAmount = reader.byte() === 1
  reader.skip(6)
  const locator = Buffer.from(reader.raw(length))
  if (operation === lobOperation.create) reader.number()
  const data = operation === lobOperation.write ? readLobData(reader) : undefined
  return { is: 'lob', operation, locator, from, data, amount: hasAmount ? reader.number() : undefined }
}

function readLobData(reader: Reader): Buffer {
  expect(reader, message.lobData)
  return Buffer.from(reader.block() ?? [])
}

const rider = { lob: 96, close: 105, cancel: 120, names: 135 } as const

function readRider(reader: Reader, { fields }: Known): Rider {
  const code = reader.byte()
  reader.skip(1)
  if (fields >= since['23.1 (tokens)']) reader.number()
  switch (code) {
    case rider.close:
    case rider.cancel: {
      reader.skip(1)
      const cursors = Array.from({ length: reader.number() }, () => reader.number())
      return { is: 'close', cursors: code === rider.close ? cursors : [] }
    }
    case rider.lob:
      return readFreed(reader)
    case rider.names:
      return readNames(reader)
    default:
      throw new Error(`the rider ${code} is unknown here`)
  }
}

const locatorBytes = 40

function readFreed(reader: Reader): Rider {
  reader.skip(1)
  const length = reader.number()
  reader.skip(1).skipNumbers(3).skip(3)
  const operation = reader.number()
  if (operation !== lobOperation.free) throw new Error(`the operation ${operation} on a large object is unknown here`)
  reader.skip(1).skipNumbers(3).skip(2).skipNumbers(1).skip(1).skipNumbers(1).skip(1).skipNumbers(1)
  const count = length / locatorBytes
  return { is: 'free', locators: Array.from({ length: count }, () => Buffer.from(reader.raw(locatorBytes))) }
}

/** Client, module, action and so on: each says first whether it is there, then all their texts follow. */
function readNames(reader: Reader): Rider {
  reader.skip(2).skipNumbers(1)
  const announced = (): number => {
    reader.skip(1)
    return reader.number()
  }
  const [client, module, action, execution] = [announced(), announced(), announced(), announced()]
  announced()
  const information = announced()
  announced()
  announced()
  const operation = announced()
  const texts = [client, module, action, execution, information, operation].map(length => (length > 0 ? String(reader.block()) : ''))
  return { is: 'names', module: texts[1]! }
}

/** A locator of a large object: forty bytes of which only ours mean something here. */
export function locatorOf(id: number): Buffer {
  return new Writer()
    .byte(0, locatorBytes - 2)
    .zeros(18)
    .raw(uint32(id))
    .zeros(16)
    .done()
}

export function idOf(locator: Buffer): number {
  return locator.readUInt32BE(20)
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
