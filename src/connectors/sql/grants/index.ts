/** What is the least that the gateway's account must be granted, in the language of its database? */

export { mssqlGrants } from './mssql.ts'
export { mysqlGrants } from './mysql.ts'
export { oracleGrants } from './oracle.ts'
export { postgresGrants } from './postgres.ts'
export { sqliteGrants } from './sqlite.ts'
