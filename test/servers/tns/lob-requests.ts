/** What does the client want of a large object? */

import { type Reader, Writer } from './bytes.ts'
import { expectKind, message } from './known.ts'

export interface LobRequest {
  readonly is: 'lob'
  readonly operation: number
  readonly locator: Buffer
  /** From 1. */
  readonly from: number
  readonly amount: number | undefined
  readonly data: Buffer | undefined
}

export const lobOperation = { read: 0x2, write: 0x40, create: 0x110, free: 0x8_0111, pieceSize: 0x4000 } as const

export function readLob(reader: Reader): LobRequest {
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
  expectKind(reader, message.lobData)
  return Buffer.from(reader.block() ?? [])
}

export const locatorBytes = 40

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
