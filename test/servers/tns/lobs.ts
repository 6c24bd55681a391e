/** How do large objects travel that are not simply part of a row? */

import { type LobForm, lobData, lobDone, pieceSize } from './answers.ts'
import { wireType } from './commands.ts'
import { OracleError } from './errors.ts'
import { idOf, type LobRequest, lobOperation, locatorOf } from './lob-requests.ts'
import type { BindShape } from './statements.ts'
import type { Cell, OracleType } from './types.ts'

interface Lob {
  readonly type: OracleType
  bytes: Buffer
}

/** Those of one connection, by the number in their locator. */
export class Lobs {
  readonly #kept = new Map<number, Lob>()
  #last = 0

  /** A column that was asked for as LONG goes out in full, any other large object as a locator. */
  formOf(type: OracleType, define: BindShape | undefined): LobForm {
    if (define === undefined || define.type === wireType.long || define.type === wireType.longRaw) return 'inline'
    return bytes => this.#keep({ type, bytes })
  }

  /** The content of a bound locator; `undefined` when the value is none. */
  bound(type: number, locator: Buffer): Cell | undefined {
    if (type !== wireType.clob && type !== wireType.blob) return undefined
    const { bytes } = this.#found(locator)
    return type === wireType.clob ? String(bytes) : bytes
  }

  free(locators: readonly Buffer[]): void {
    for (const locator of locators) this.#kept.delete(idOf(locator))
  }

  answer({ operation, locator, from, amount, data }: LobRequest): Buffer {
    if (operation === lobOperation.create) return lobDone(this.#keep({ type: { name: 'BLOB' }, bytes: Buffer.alloc(0) }), { created: true })
    const lob = this.#found(locator)
    switch (operation) {
      case lobOperation.pieceSize:
        return lobDone(locator, { amount: pieceSize })
      case lobOperation.write:
        lob.bytes = Buffer.concat([lob.bytes.subarray(0, from - 1), data ?? Buffer.alloc(0)])
        return lobDone(locator, {})
      case lobOperation.read:
        return Buffer.concat([lobData(partOf(lob, from - 1, amount ?? 0)), lobDone(locator, { amount })])
      default:
        throw new Error(`the operation ${operation} on a large object is unknown here`)
    }
  }

  #keep(lob: Lob): Buffer {
    this.#kept.set(++this.#last, lob)
    return locatorOf(this.#last)
  }

  #found(locator: Buffer): Lob {
    const lob = this.#kept.get(idOf(locator))
    if (!lob) throw new OracleError(22_922, 'nonexistent LOB value')
    return lob
  }
}

/** Of texts, characters are counted. */
function partOf({ type, bytes }: Lob, from: number, amount: number): Buffer {
  if (type.name !== 'CLOB') return bytes.subarray(from, from + amount)
  return Buffer.from([...String(bytes)].slice(from, from + amount).join(''))
}
