/** Databases: PostgreSQL with PostGIS, MySQL, MariaDB, SQLite, SQL Server and Oracle Database. */

export { sql } from './kinds.ts'
