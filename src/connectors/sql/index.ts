/** Databases: PostgreSQL with PostGIS, MySQL, MariaDB and SQLite. SQL Server and Oracle are compiled and reviewed, but not opened yet. */

export { sql } from './kinds.ts'
