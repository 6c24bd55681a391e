/** What does the client ask? Messages of TTC as plain data. */

import type { Reader } from './bytes.ts'
import { expectKind, type Known, message } from './known.ts'
import { type LobRequest, readLob } from './lob-requests.ts'
import { since } from './releases.ts'
import { type Rider, readRider } from './riders.ts'
import { type Again, type Execute, readAgain, readExecute } from './statements.ts'

export type Request =
  | { readonly is: 'protocol' }
  | { readonly is: 'types' }
  | { readonly is: 'challenge'; readonly user: string; readonly said: ReadonlyMap<string, string>; readonly fast: boolean }
  | { readonly is: 'proof'; readonly said: ReadonlyMap<string, string> }
  | Execute
  | Again
  | { readonly is: 'fetch'; readonly cursor: number; readonly rows: number }
  | LobRequest
  | { readonly is: 'commit' | 'rollback' | 'ping' | 'logoff' }

export interface Message {
  readonly riders: readonly Rider[]
  readonly request: Request
}

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
  expectKind(reader, message.protocol)
  readProtocol(reader)
  reader.skip(6)
  expectKind(reader, message.types)
  readTypes(reader)
  expectKind(reader, message.call)
  reader.skip(2)
  return readChallenge(reader, true)
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
