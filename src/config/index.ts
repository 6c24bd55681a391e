/** From a folder of files to one frozen gateway, or every mistake at once. */

export type { Audience, Audiences } from './audiences.ts'
export { type Approval, type ApprovalState, approvalState, approve, exposureHash } from './exposure/approval.ts'
export type { Exposure } from './exposure/exposure.ts'
export type { Opening } from './form/opening.ts'
export type { ApiKey, Configuration, Gateway, ReadOptions, Source, SourceKindParser } from './gateway.ts'
export { createKey, hashKey } from './keys.ts'
export { type Mistake, writeMistakes } from './mistake.ts'
export type { Notice } from './notices.ts'
export { readConfiguration } from './read.ts'
