/** What may a dataset file ask for that only a later version can do? */

import type { Report } from '../meaning/report.ts'

/**
 * Tells about entries of later versions, so that nobody believes they work.
 *
 * @returns the data; `undefined` when nothing sensible is left to check
 */
export function notYet(data: unknown, report: Report): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data
  if ('kind' in data) {
    report('NOT_YET', ['kind'], { what: { de: 'Feste Tabellen („kind: table“)', en: 'Declared tables ("kind: table")' } })
    return undefined
  }
  return data
}
