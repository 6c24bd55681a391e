/** Which instants can a clock on a wall not tell? Those of the second pass of the hour that comes twice in autumn. */

import { instant, wallClock } from '../../../model/index.ts'

/**
 * The earliest instant, from the given one on, that a wall clock without an offset can mean. In the hour that comes twice the clock
 * means its first pass (see `instant`), so the second pass is skipped as a whole.
 *
 * @param at   canonical instant
 * @param zone IANA zone
 * @example
 *   clockThatExists('2026-10-25T01:30:00Z', 'Europe/Berlin')  // → { existing: '2026-10-25T02:00:00Z', moved: true }
 *   clockThatExists('2026-10-25T00:30:00Z', 'Europe/Berlin')  // → { existing: '2026-10-25T00:30:00Z', moved: false }
 */
export function clockThatExists(at: string, zone: string): { readonly existing: string; readonly moved: boolean } {
  if (isTold(at, zone)) return { existing: at, moved: false }
  // Clocks are changed on whole minutes, and no zone has ever set its clock back by more than a day.
  const minute = 60_000
  const start = Math.ceil((Date.parse(at) + 1) / minute) * minute
  for (let step = 0; step <= 24 * 60; step++) {
    const next = `${new Date(start + step * minute).toISOString().slice(0, 19)}Z`
    if (isTold(next, zone)) return { existing: next, moved: true }
  }
  return { existing: at, moved: false }
}

function isTold(at: string, zone: string): boolean {
  return instant(wallClock(at, zone), zone) === at
}
