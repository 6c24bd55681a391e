/** Does a field, read in another way, show more than before? */

import { same } from './canonical.ts'
import type { FieldExposure } from './exposure.ts'

/**
 * `less`: only further markers count as missing, so that some values fall away and no other one comes. `other`: values come out that
 * nobody has seen, such as a marker that was hidden before.
 */
export function spellingChange(before: FieldExposure, after: FieldExposure): 'same' | 'less' | 'other' {
  if (same(before.written, after.written)) return 'same'
  const { missing: old = [], ...read } = before.written ?? {}
  const { missing: young = [], ...readNow } = after.written ?? {}
  return same(read, readNow) && old.every(marker => young.includes(marker)) ? 'less' : 'other'
}
