/** What runs in the process that holds a SQLite file open? Started by `sqlite.ts`, which sends one question at a time. */

import { flushCompileCache } from 'node:module'
import type Database from 'better-sqlite3'
import type { Reader } from '../compile/index.ts'
import { readerOf } from '../response.ts'
import { sizeOf } from './meter.ts'
import { type Block, Packer } from './packer.ts'
import { addFunctions } from './sqlite-functions.ts'

interface Select {
  readonly text: string
  readonly values: readonly (string | bigint | Uint8Array)[]
  /** Reading stops at the row that goes beyond it. */
  readonly limitBytes: number
}

export type Request =
  | { readonly ask: 'describe'; readonly text: string }
  | ({ readonly ask: 'run' } & Select)
  | ({ readonly ask: 'pack'; readonly readers: readonly Reader[] } & Select)

export type Reply =
  | { readonly opened: true }
  | { readonly types: readonly (string | null)[] }
  | { readonly rows: readonly (readonly unknown[])[] }
  | Block
  | { readonly code: string; readonly message: string }

const [file = '', timeoutMs = '5000'] = process.argv.slice(2)
// When the gateway goes, so does its child.
process.on('disconnect', () => process.exit(0))

try {
  const database = await opened(file, Number(timeoutMs))
  process.on('message', request => reply(() => answer(database, request as Request)))
  reply(() => ({ opened: true }))
  // It ends by being killed, which leaves no time for that.
  setImmediate(flushCompileCache)
} catch (error) {
  reply(() => {
    throw error
  })
}

async function opened(path: string, timeout: number): Promise<Database.Database> {
  const { default: Sqlite } = await import('better-sqlite3').catch(() => {
    throw Object.assign(new Error('the driver "better-sqlite3" cannot be loaded; install it with: npm install better-sqlite3'), {
      code: 'DRIVER_MISSING',
    })
  })
  const database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout })
  database.pragma('query_only = on')
  // Functions hidden in a view of the file cannot call ours.
  database.pragma('trusted_schema = off')
  // Reads the header: a file that is no database shows here and not at the first caller.
  database.pragma('schema_version')
  database.defaultSafeIntegers(true)
  addFunctions(database)
  return database
}

type Prepared = Database.Statement<unknown[], unknown[]>

/** Statements that stay prepared; SQLite itself looks at them again when a table has changed. */
const preparedAtMost = 100
const prepared = new Map<string, Prepared>()

function select(database: Database.Database, text: string): Prepared {
  const known = prepared.get(text)
  if (known) return known
  const [oldest] = prepared.keys()
  if (oldest !== undefined && prepared.size >= preparedAtMost) prepared.delete(oldest)
  const made = database.prepare<unknown[], unknown[]>(text)
  prepared.set(text, made)
  return made
}

function answer(database: Database.Database, request: Request): Reply {
  const known = request.ask !== 'describe'
  const statement = known ? select(database, request.text) : database.prepare<unknown[], unknown[]>(request.text)
  // The compiler writes nothing but selects; this is the second lock.
  if (!statement.readonly || !statement.reader) {
    throw Object.assign(new Error('the statement is not a select'), { code: 'SQLITE_READONLY' })
  }
  switch (request.ask) {
    case 'describe':
      return { types: statement.columns().map(({ type }) => type) }
    case 'run':
      return { rows: rowsOf(statement, request) }
    case 'pack':
      return blockOf(statement, request, request.readers)
  }
}

function rowsOf(statement: Prepared, { values, limitBytes }: Select): unknown[][] {
  const rows: unknown[][] = []
  let bytes = 0
  for (const row of statement.raw().iterate(...values)) {
    rows.push(row)
    for (const cell of row) bytes += sizeOf(cell)
    if (bytes > limitBytes) break
  }
  return rows
}

function blockOf(statement: Prepared, { values, limitBytes }: Select, readers: readonly Reader[]): Block {
  const packer = new Packer()
  const columns = readers.map(reader => ({ read: readerOf(reader), type: reader.type }))
  for (const row of statement.raw().iterate(...values)) {
    packer.row()
    for (const { read, type } of columns) packer.cell(read(row), type)
    if (packer.byteLength > limitBytes) break
  }
  const block = packer.end()
  return { ...block, starts: Uint32Array.from(block.starts) }
}

function reply(make: () => Reply): void {
  process.send?.(attempt(make))
}

function attempt(make: () => Reply): Reply {
  try {
    return make()
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'SQLITE_MISUSE'
    return { code, message: error instanceof Error ? error.message : String(error) }
  }
}
