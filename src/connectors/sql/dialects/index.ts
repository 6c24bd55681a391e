/** The databases whose SQL we write. */

export type { ColumnFacts, Dialect, DialectName, Stored, TableFacts } from './dialect.ts'
export { mssql } from './mssql.ts'
export { mariadb, mysql } from './mysql.ts'
export { longestRaw, oracle } from './oracle.ts'
export { postgres, postgresWithoutLetters } from './postgres.ts'
export { sqlite } from './sqlite.ts'
