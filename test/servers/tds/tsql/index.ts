/** Statements of SQL Server, answered by SQLite. */

export { TsqlDatabase } from './database.ts'
