/** What we say about ourselves, generated from a model. */

export * from './names.ts'
export * from './sdl.ts'
