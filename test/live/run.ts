/**
 * Does a connector keep its promises with a real server? `ORACLE_URL=… npm run test:live -- oracle`, for those who have one.
 *
 * Nothing here runs with the other tests: nobody can install these databases where the tests of every change run.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

interface Kind {
  /** Environment variable with the address. */
  readonly variable: string
  readonly example: string
}

const kinds: Readonly<Record<string, Kind>> = {
  oracle: { variable: 'ORACLE_URL', example: 'oracle://stadttor_live:geheim@db.example:1521/ORCLPDB1' },
  mssql: { variable: 'MSSQL_URL', example: 'mssql://stadttor_live:geheim@db.example:1433/stadttor_live' },
}

const [kind = '', ...more] = process.argv.slice(2)
process.exitCode = run(kind, more)

function run(name: string, more: readonly string[]): number {
  const known = kinds[name]
  if (!known) return complain(`Which database? One of: ${Object.keys(kinds).join(', ')}. Example: npm run test:live -- oracle`)
  const tests = resolve(import.meta.dirname, `${name}.live.ts`)
  if (!existsSync(tests)) return complain(`There are no live tests for ${name} yet.`)
  if (!process.env[known.variable]) {
    const script = resolve(import.meta.dirname, `${name}.sql`)
    return complain(
      `First let an administrator run ${script}, then say where the database is:\n  ${known.variable}=${known.example} npm run test:live -- ${name}`,
    )
  }
  const jest = resolve(import.meta.dirname, '../../node_modules/jest/bin/jest.js')
  const options = ['--experimental-vm-modules', '--no-warnings', jest, `--testMatch=${tests}`, '--runInBand', '--verbose', ...more]
  return spawnSync(process.execPath, options, { stdio: 'inherit' }).status ?? 1
}

/** The exit code of wrong usage, as everywhere in this house. */
function complain(words: string): number {
  console.error(words)
  return 2
}
