/** A small OGC API of the tests' own that does what the standards say, and less where a test wants it to. Not a product: a stand-in. */

export { type OgcServer, startOgcServer } from './server.ts'
export type { OgcWish } from './wish.ts'
