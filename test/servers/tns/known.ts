/** What does reading a message need beyond its bytes? */

import type { Reader } from './bytes.ts'
import type { BindShape } from './statements.ts'

/** What the server remembers and a message leaves out. */
export interface Known {
  readonly fields: number
  /** Texts longer than this travel behind the other values. */
  readonly longestText: number
  readonly shapesOf: (cursor: number) => readonly BindShape[]
}

/** Kinds of messages. */
export const message = { protocol: 1, types: 2, call: 3, row: 7, lobData: 14, rider: 17, fastLogin: 34 } as const

/** @throws Error when the next message is of another kind */
export function expectKind(reader: Reader, kind: number): void {
  const found = reader.byte()
  if (found !== kind) throw new Error(`a message of kind ${kind} was expected, not ${found}`)
}
