/** How does one get a SQLite file to try things with? `npx node examples/sqlite.ts town.sqlite town.sql` runs SQL into it. */

import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

const [file, sql] = process.argv.slice(2)
if (file === undefined || sql === undefined) {
  console.error('npx node examples/sqlite.ts <database file> <file with SQL>')
  process.exitCode = 2
} else {
  const database = new Sqlite(file)
  database.exec(readFileSync(sql, 'utf8'))
  database.close()
}
