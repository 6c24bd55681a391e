/** Which relations have keys that lead nowhere? Counted as they are followed, told from time to time. */

import type { Clock } from '../model/index.ts'
import type { Joined } from './asking.ts'

/** Operators hear of one relation at most this often. */
const everyMs = 60 * 60 * 1000

interface Sum {
  matched: number
  unmatched: number
  toldAt: number
}

/**
 * Collects what `House.joined` is told, and puts it into the log: at once when keys first lead nowhere, then what has come together
 * since, an hour later at the earliest. Counts and names of the configuration only; never a key.
 */
export function joinReport(
  tell: (message: string, details: Readonly<Record<string, unknown>>) => void,
  now: Clock,
): (join: Joined) => void {
  const sums = new Map<string, Sum>()
  return ({ dataset, relation, matched, unmatched }) => {
    const name = `${dataset}.${relation}`
    const sum = sums.get(name) ?? { matched: 0, unmatched: 0, toldAt: Number.NEGATIVE_INFINITY }
    sums.set(name, sum)
    sum.matched += matched
    sum.unmatched += unmatched
    if (sum.unmatched === 0 || now() - sum.toldAt < everyMs) return
    tell('keys of a relation lead nowhere', { dataset, relation, matched: sum.matched, unmatched: sum.unmatched })
    sums.set(name, { matched: 0, unmatched: 0, toldAt: now() })
  }
}
