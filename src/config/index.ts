/** From a folder of files to one frozen gateway, or every mistake at once; and the two keys. */

export type { Audience, Audiences } from './audiences.ts'
export { diffGateways } from './compare.ts'
export {
  type DatasetWish,
  draftDataset,
  draftGateway,
  draftSource,
  draftWords,
  type FieldProposal,
  type GatewayWish,
  idFrom,
  proposeFields,
  type SourceWish,
} from './drafting/index.ts'
export { type Approval, type ApprovalState, approvalState, approve, exposureHash } from './exposure/approval.ts'
export type { Description } from './exposure/description.ts'
export { type Change, type Difference, diffExposures } from './exposure/diff.ts'
export type { Exposure } from './exposure/exposure.ts'
export { neededColumns } from './exposure/needed.ts'
export { writeExposure } from './exposure/write.ts'
export { createFiles, FilesInTheWay, type NewFile } from './files/create.ts'
export { dropApproval, dropKey, storeApproval, storeKey } from './files/store.ts'
export { frequencies, licences } from './form/dataset.ts'
export { type Opening, openAt, writeOpenings } from './form/opening.ts'
export type { ApiKey, Configuration, Gateway, ReadOptions, Source, SourceKindParser } from './gateway.ts'
export { createKey, hashKey } from './keys.ts'
export { type Mistake, writeMistakes } from './mistake.ts'
export { isAbout, type Notice } from './notices.ts'
export { readConfiguration } from './read.ts'
export { configurationSchemas } from './schemas.ts'
export { readSourceFiles, readSourceText, type SourceFiles } from './sources.ts'
export { nearest } from './suggest.ts'
export { noticeWords } from './words/notices.ts'
export { type MistakeCode, mistakeWords } from './words/table.ts'
