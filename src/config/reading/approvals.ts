/** What does `approvals.yml` say? */

import { type Approval, approvalsForm } from '../exposure/approval.ts'
import type { Loaded } from '../files/load.ts'
import { parseForm } from '../form/parse.ts'
import { reporter } from '../meaning/report.ts'
import type { Mistake } from '../mistake.ts'

/** Approvals by dataset; a void or expired one is still an approval somebody gave. */
export function readApprovals(files: readonly Loaded[], mistakes: Mistake[]): ReadonlyMap<string, Approval> {
  const file = files.find(({ role }) => role === 'approvals')
  if (!file) return new Map()
  const parsed = parseForm(approvalsForm, file.data, file)
  if (parsed.mistakes) {
    mistakes.push(...parsed.mistakes)
    return new Map()
  }
  const { approvals } = parsed.value
  approvals.forEach(({ dataset }, index) => {
    if (approvals.findIndex(other => other.dataset === dataset) < index)
      reporter(file, mistakes)('DUPLICATE_ENTRY', ['approvals', index, 'dataset'], { entry: dataset })
  })
  return new Map(
    approvals.map(({ until, ...approval }): [string, Approval] => [approval.dataset, { ...approval, ...(until && { until }) }]),
  )
}
