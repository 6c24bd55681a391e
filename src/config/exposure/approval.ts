/** What has a data-protection officer signed, and is it still what was signed? */

import { z } from 'zod'
import { says } from '../form/rules.ts'
import { date, id, line } from '../form/values.ts'
import { checksum } from './canonical.ts'
import { type Exposure, exposureForm } from './exposure.ts'

export const approvalForm = z.strictObject({
  dataset: id.describe('Id of the dataset'),
  by: line.describe('Who approved'),
  record: line.describe('Where the decision is filed'),
  on: date.describe('First day of the approval'),
  until: date.optional().describe('Last day of the approval'),
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, says('HASH_FORM'))
    .describe('Checksum of the exposure below'),
  exposure: exposureForm.describe('What was approved; written by the approve command'),
})

export const approvalsForm = z
  .strictObject({ approvals: z.array(approvalForm) })
  .meta({ title: 'approvals.yml', description: 'What the data-protection officer approved; written by the approve command' })

/** One signature under one exposure. */
export interface Approval {
  readonly dataset: string
  readonly by: string
  /** File number or the like. */
  readonly record: string
  /** First day, in the city's zone: `2026-11-02`. */
  readonly on: string
  /** Last day; absent: no end. */
  readonly until?: string
  /** `sha256:` and 64 hexadecimal digits. */
  readonly hash: string
  readonly exposure: Exposure
}

/** A new approval of an exposure. */
export function approve(exposure: Exposure, signature: Pick<Approval, 'by' | 'record' | 'on' | 'until'>): Approval {
  return { dataset: exposure.dataset, ...signature, hash: exposureHash(exposure), exposure }
}

/** Checksum of an exposure: equal for equal exposures, whatever their order of keys. */
export function exposureHash(exposure: Exposure): string {
  return checksum(exposure)
}

export type ApprovalState = 'valid' | 'void' | 'notYet' | 'expired'

/**
 * @param today calendar date in the city's zone
 * @returns `void` when somebody changed the entry after it was signed
 */
export function approvalState(approval: Approval, today: string): ApprovalState {
  if (approval.hash !== exposureHash(approval.exposure) || approval.exposure.dataset !== approval.dataset) return 'void'
  if (approval.on > today) return 'notYet'
  return approval.until !== undefined && approval.until < today ? 'expired' : 'valid'
}
