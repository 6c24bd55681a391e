/** Databases: PostgreSQL with PostGIS, MySQL, MariaDB, SQLite, SQL Server and Oracle Database. */

const mysql = async () => (await import('./kinds/mysql.ts')).mysql

/** One module for each form of `connection:`, so that mistakes in a source file are named exactly. */
export const sql = {
  postgres: async () => (await import('./kinds/postgres.ts')).postgres,
  mysql,
  mariadb: mysql,
  sqlite: async () => (await import('./kinds/sqlite.ts')).sqlite,
  mssql: async () => (await import('./kinds/mssql.ts')).mssql,
  oracle: async () => (await import('./kinds/oracle.ts')).oracle,
}
