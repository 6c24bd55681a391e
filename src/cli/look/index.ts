/** To look at a source from the command line. */

export { describeItem, itemNamed, patience, sourceError } from './item.ts'
export { type Described, type Look, openLook, type SourceFlags, tryOut } from './open.ts'
export { address, isSecret, recognise, settings } from './pasted.ts'
