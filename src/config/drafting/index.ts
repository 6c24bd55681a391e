/** From what a source says of itself to files that people finish: proposals, never decisions. */

export { type DatasetWish, draftDataset } from './dataset.ts'
export { type FieldProposal, type ProposalWish, proposeFields } from './fields.ts'
export { datasetNames, idFrom, type Words } from './names.ts'
export type { PersonalHint } from './personal.ts'
export { draftGateway, draftSource, type GatewayWish, type SourceWish } from './source.ts'
export { draftWords } from './words.ts'
