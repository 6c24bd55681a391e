/** How do we speak to PostgreSQL? */

import { Socket } from 'node:net'
import type { Client, ClientConfig, CustomTypesConfig } from 'pg'
import type { SourceSetting } from '../../../model/index.ts'
import type { Binding, Probe, Reader, Statement } from '../compile/index.ts'
import type { DatabaseConnection } from '../connections.ts'
import { type ColumnFacts, type Dialect, postgres, postgresWithoutLetters, type TableFacts } from '../dialects/index.ts'
import { driverPackage } from './load.ts'
import { Meter } from './meter.ts'
import type { Packed } from './packer.ts'
import { diagnose } from './postgres-diagnosis.ts'
import { Description, storedAs } from './postgres-facts.ts'
import { packedRows } from './postgres-packed.ts'
import { arrayText, Prepared, type Selected, Selection, textsOf } from './postgres-selection.ts'
import { type Cursor, type Driver, portionRows, type RawRow, type Session } from './session.ts'

type Source = SourceSetting<DatabaseConnection>
type Package = typeof import('pg')['default']

export function postgresDriver(source: Source): Driver {
  return { connect: signal => connect(source, signal), diagnose, cursors: true, companions: true, totals: true, packs: true }
}

async function connect(source: Source, signal: AbortSignal): Promise<Session> {
  const { default: pg } = await driverPackage('pg', () => import('pg'))
  const { client, socket } = clientOf(pg, source)
  const stop = (): void => void socket.destroy(new Error('connecting was given up'))
  signal.addEventListener('abort', stop, { once: true })
  const session = new PostgresSession(pg, source, client, socket)
  try {
    signal.throwIfAborted()
    await client.connect()
    await session.ask()
    return session
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function clientOf(pg: Package, { connection, limits }: Source): { client: Client; socket: Socket } {
  // Our own socket: it can be cut whatever state the driver believes to be in.
  const socket = new Socket()
  const config: ClientConfig = {
    host: connection.host,
    port: connection.port ?? 5432,
    database: connection.database,
    user: connection.user,
    password: connection.password ?? '',
    ssl: connection.tls === undefined || connection.tls === false ? false : connection.tls === true ? true : { ca: connection.tls.ca },
    stream: () => socket,
    keepAlive: true,
    application_name: 'stadttor',
    // All of it holds from the first statement on, and costs no round trip.
    options: [
      `statement_timeout=${limits.statementMs}`,
      `lock_timeout=${Math.min(limits.statementMs, 2_000)}`,
      `idle_in_transaction_session_timeout=${limits.statementMs}`,
      'default_transaction_read_only=on',
      'timezone=UTC',
      'datestyle=ISO',
      'intervalstyle=iso_8601',
      'extra_float_digits=1',
      'bytea_output=hex',
      'standard_conforming_strings=on',
    ]
      .map(setting => `-c ${setting}`)
      .join(' '),
  }
  return { client: new pg.Client(config), socket }
}

class PostgresSession implements Session {
  dialect: Dialect = postgres
  readonly #pg: Package
  readonly #source: Source
  readonly #client: Client
  readonly #socket: Socket
  readonly #prepared = new Prepared()
  #geometries: ReadonlySet<number> = new Set()
  #broken = false

  constructor(pg: Package, source: Source, client: Client, socket: Socket) {
    this.#pg = pg
    this.#source = source
    this.#client = client
    this.#socket = socket
    client.on('error', () => this.destroy())
    client.on('end', () => this.destroy())
  }

  get broken(): boolean {
    return this.#broken
  }

  /** What this database is like: whether it folds the letters of Europe, and which types are PostGIS's. */
  async ask(): Promise<void> {
    const text = `select 'Ä' ilike 'ä', array(select oid::int8 from pg_type where typname in ('geometry', 'geography'))::text`
    const { rows } = await this.#client.query<[boolean, string]>({ text, rowMode: 'array' })
    const [folds, types] = rows[0] ?? [true, '{}']
    this.dialect = folds ? postgres : postgresWithoutLetters
    this.#geometries = new Set(types.match(/\d+/g)?.map(Number))
  }

  describe({ text }: Probe): Promise<readonly ColumnFacts[]> {
    return new Promise((resolve, reject) => {
      const question = new Description(text, (error, fields) => {
        if (error) reject(error)
        else resolve(fields.map(field => ({ stored: storedAs(field, this.#geometries) })))
      })
      this.#client.query(question)
    })
  }

  async lookUp(name: string): Promise<TableFacts> {
    const text = `select
      (select coalesce(json_agg(array(
          select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(number, place)
          left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number order by k.place)), '[]')
        from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
        where i.indrelid = t.oid and i.indpred is null and i.indisvalid and m.amname = 'btree')::text,
      (select coalesce(json_agg(attname::text), '[]') from pg_attribute where attrelid = t.oid and attnotnull and attnum > 0)::text
      from (select to_regclass($1) as oid) t`
    const { rows } = await this.#client.query<[string, string]>({ text, values: [name], rowMode: 'array', types: unparsed })
    const [indexes = '[]', present = '[]'] = rows[0] ?? []
    return { indexes: JSON.parse(indexes), present: JSON.parse(present) }
  }

  async run(statement: Statement, meter: Meter): Promise<readonly RawRow[]> {
    return textsOf(await this.#select(statement, meter, this.#prepared))
  }

  async pack(statement: Statement, readers: readonly Reader[], meter: Meter): Promise<Packed | readonly RawRow[]> {
    const selected = await this.#select(statement, meter, this.#prepared)
    const rows = packedRows(selected, readers)
    return rows ? { rows } : textsOf(selected)
  }

  /**
   * A cursor of SQL: each portion is a statement with a time limit of its own, which a reader who takes his time does not use up.
   *
   * @see https://www.postgresql.org/docs/current/sql-declare.html
   */
  async open({ text, bindings }: Statement, patienceMs: number): Promise<Cursor> {
    const once = async (statement: Statement, meter: Meter) => textsOf(await this.#select(statement, meter, new Prepared()))
    await this.#client.query(`begin read only; set local idle_in_transaction_session_timeout = ${Math.ceil(patienceMs)}`)
    await once({ text: `declare stadttor no scroll cursor for ${text}`, bindings }, new Meter(0))
    return {
      next: meter => once({ text: `fetch ${portionRows} from stadttor`, bindings: [] }, meter),
      done: async () => void (await this.#client.query('commit')),
    }
  }

  #select({ text, bindings }: Statement, meter: Meter, prepared: Prepared): Promise<Selected> {
    return new Promise((resolve, reject) => {
      const tooMuch = (error: unknown): void => {
        // The rest of a huge answer is not worth waiting for.
        reject(error)
        this.destroy()
      }
      const question = { text, values: bindings.map(parameterOf), prepared, meter }
      this.#client.query(new Selection(question, { rows: resolve, error: reject, tooMuch }))
    })
  }

  async cancel(): Promise<void> {
    const { client, socket } = clientOf(this.#pg, this.#source)
    client.on('error', () => {})
    // A server that does not answer the question will not answer this one either.
    const timer = setTimeout(() => socket.destroy(), 2_000)
    try {
      await client.connect()
      await client.query('select pg_cancel_backend($1)', [processId(this.#client)])
      await client.end()
    } finally {
      clearTimeout(timer)
      socket.destroy()
    }
  }

  destroy(): void {
    this.#broken = true
    this.#socket.destroy()
  }

  async close(): Promise<void> {
    if (this.#broken) return
    const timer = setTimeout(() => this.destroy(), 500)
    await this.#client.end().catch(() => {})
    clearTimeout(timer)
    this.destroy()
  }
}

const unparsed: CustomTypesConfig = { getTypeParser: (() => (text: string) => text) as unknown as CustomTypesConfig['getTypeParser'] }

function parameterOf({ value }: Binding): string | Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value)
  return typeof value === 'object' ? arrayText(value) : String(value)
}

function processId(client: Client): number {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : 0
}
