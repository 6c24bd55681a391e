/** From a GraphQL selection to an answer. */

export type { Asking, House, Joined, Limits } from './asking.ts'
export { startOf } from './coarsen.ts'
export { type Frame, makeRunner, type Runner, type Written } from './compiled/run.ts'
export { makeGraph } from './graph.ts'
export { joinReport } from './joins.ts'
export { assertAffordable } from './limits.ts'
export { type LineWriter, lineWriter } from './lines.ts'
export { Provenance } from './provenance.ts'
export { read, stream } from './read.ts'
export { refuse } from './refuse.ts'
export { createSeal, type Seal } from './seal.ts'
export { type StreamSlots, streamSlots } from './slots.ts'
