/** A stand-in for SQL Server, for tests. */

export { type Certificate, makeCertificate } from './certificate.ts'
export { errors, SqlError } from './errors.ts'
export type { Call, Fault, LoginFault } from './faults.ts'
export type { Login } from './login.ts'
export { type Backend, type Event, type Options, TdsServer } from './server.ts'
export type { ResultColumn, ResultSet } from './tokens.ts'
export { printed, type SqlType, typeOf, type Value } from './types.ts'
