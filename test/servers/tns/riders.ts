/** What travels in front of a request without an answer of its own? */

import type { Reader } from './bytes.ts'
import type { Known } from './known.ts'
import { lobOperation, locatorBytes } from './lob-requests.ts'
import { since } from './releases.ts'

export type Rider =
  | { readonly is: 'close'; readonly cursors: readonly number[] }
  | { readonly is: 'free'; readonly locators: readonly Buffer[] }
  | { readonly is: 'names'; readonly module: string }

const rider = { lob: 96, close: 105, cancel: 120, names: 135 } as const

export function readRider(reader: Reader, { fields }: Known): Rider {
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
