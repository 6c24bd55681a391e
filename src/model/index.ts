/** The words of the house; imports nothing from other rooms. */

export * from './cache.ts'
export * from './capabilities.ts'
export * from './cell.ts'
export * from './condition.ts'
export * from './connector.ts'
export * from './dataset.ts'
export * from './decimal.ts'
export * from './errors.ts'
export * from './field.ts'
export * from './request.ts'
export * from './text.ts'
export * from './time.ts'
