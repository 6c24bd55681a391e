/** What may a test want of the tests' own OGC API, and what do its answers look like? */

import type { TownTable } from '../../contract/town.ts'

export interface OgcWish {
  readonly tables: readonly TownTable[]
  /** false: no CQL2, only `name=value` and `datetime`. Default: true. */
  readonly cql?: boolean
  /** false: no `/schema` and no `/queryables`. Default: true. */
  readonly described?: boolean
  /** Parameters that are accepted and have no effect, as in services that do not know them. */
  readonly ignores?: readonly string[]
  /** true: a choice of properties leaves the geometry out. Default: false. */
  readonly dropsGeometry?: boolean
  /** Features in one answer at most. Default: 10,000. */
  readonly limitMost?: number
  /** false: `numberMatched` is left out. Default: true. */
  readonly counts?: boolean
  /** What a link to the next page looks like. Default: the address of the next page. */
  readonly next?: (url: URL) => string | undefined
}

/** What an answer is made of. */
export interface Reply {
  readonly status?: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** A refusal in the words of RFC 9457. */
export class Problem extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
