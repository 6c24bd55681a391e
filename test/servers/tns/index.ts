/** A stand-in for Oracle Database. It is not Oracle; see `server.ts`. */

export { OracleError } from './errors.ts'
export type { Fault, GreetingFault } from './faults.ts'
export { decodeNumber, encodeNumber } from './numbers.ts'
export { type ReleaseName, releases } from './releases.ts'
export { type Note, type ServerWish, TnsServer } from './server.ts'
export { OracleDatabase, type TableDefinition } from './sql/database.ts'
export type { Cell, OracleType, Value } from './types.ts'
