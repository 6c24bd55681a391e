/**
 * How does an Oracle Database look from outside? A stand-in for tests: enough of the listener, the network layer (TNS) and the calls
 * behind it (TTC) for the thin driver to log in, ask, fetch, bind, break off and be hurt.
 *
 * It is NOT Oracle. There is no public description of the protocol; the stand-in was learnt from the driver's own source, so a
 * misunderstanding that both share stays unseen, and a new version of the driver may need a new version of it.
 */

import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Connection } from './connection.ts'
import type { Fault, GreetingFault } from './faults.ts'
import { type Release, type ReleaseName, releases } from './releases.ts'
import { OracleDatabase } from './sql/database.ts'
import type { Cell } from './types.ts'

/** What the server saw, in order. */
export type Note =
  | { readonly is: 'greeting'; readonly session: number; readonly user: string; readonly program: string }
  | { readonly is: 'login'; readonly session: number; readonly user: string }
  | { readonly is: 'module'; readonly session: number; readonly name: string }
  | { readonly is: 'settings'; readonly session: number; readonly settings: Readonly<Record<string, string>> }
  | {
      readonly is: 'statement'
      readonly session: number
      readonly sql: string
      readonly values: readonly Cell[]
      /** false: only described. */
      readonly runs: boolean
      /** In a read-only transaction or session. */
      readonly readOnly: boolean
    }
  | { readonly is: 'fetch'; readonly session: number; readonly rows: number }
  | { readonly is: 'commit' | 'rollback' | 'break' | 'shape' | 'logoff'; readonly session: number }

export interface ServerWish {
  /** Passwords by account, in capitals. */
  readonly accounts: Readonly<Record<string, string>>
  readonly release?: ReleaseName
  /** Rows in one answer at most, whatever the client asks for. Default: as many as it asks for. */
  readonly rowsAtOnce?: number
}

export class TnsServer {
  readonly database = new OracleDatabase()
  readonly release: Release
  readonly rowsAtOnce: number
  readonly notes: Note[] = []
  /** Messages that the stand-in does not know, and its own mistakes: a test that leaves any has not shown what it says. */
  readonly troubles: unknown[] = []
  /** Asked before each login; the service is the one in the connect string. */
  greet: (service: string) => GreetingFault | undefined = () => undefined
  /** Asked before each select. */
  disturb: (sql: string) => Fault | undefined = () => undefined
  /** Rows that went out, of all answers together. */
  rowsSent = 0
  readonly #accounts: ServerWish['accounts']
  readonly #connections = new Set<Connection>()
  readonly #listener = createServer({ noDelay: true }, socket => this.#serve(socket))
  #count = 0

  constructor({ accounts, release = '19c', rowsAtOnce = Number.POSITIVE_INFINITY }: ServerWish) {
    this.#accounts = accounts
    this.release = releases[release]
    this.rowsAtOnce = rowsAtOnce
  }

  async listen(): Promise<void> {
    await new Promise<void>(resolve => this.#listener.listen(0, '127.0.0.1', resolve))
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port
  }

  /** `127.0.0.1:1521/SERVICE` */
  connectString(service = 'STADT'): string {
    return `127.0.0.1:${this.port}/${service}`
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#connections.size
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.close()
    await new Promise(resolve => this.#listener.close(resolve))
    this.database.close()
  }

  // ---- for connections ----

  note(note: Note): void {
    this.notes.push(note)
  }

  ended(connection: Connection): void {
    this.#connections.delete(connection)
  }

  passwordOf(user: string): string | undefined {
    return this.#accounts[user]
  }

  #serve(socket: Socket): void {
    this.#connections.add(new Connection(this, socket, ++this.#count))
  }
}
