/** Compares the configuration with its sources, for `check --live`. */

export { type Finding, findingCodes } from './finding.ts'
export { lookAtAll } from './look.ts'
export { exitCodeOf, writeFindings } from './write.ts'
