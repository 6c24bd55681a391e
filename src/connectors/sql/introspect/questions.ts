/** How is a database asked about itself? Over one connection of its own, one question at a time, no longer than somebody waits. */

import { type ConnectorServices, GatewayError, type ReadContext, type SourceSetting, sourceFailure } from '../../../model/index.ts'
import type { Fragment } from '../compile/fragment.ts'
import { statementOf } from '../compile/statement.ts'
import { Meter } from '../drivers/meter.ts'
import type { Driver, RawRow, Session } from '../drivers/session.ts'
import { Failed, failed } from '../failures.ts'
import { Pool } from '../pool.ts'
import { Patience, stoppable, type Waiting } from '../stop.ts'
import type { Ask } from './catalogue.ts'

const connectMs = 5_000
const graceMs = 250

/** One conversation: everything in it is asked over the same session. */
export interface Conversation {
  readonly session: Session
  /** Rows as texts; bytes and what else is no text are not shown. */
  readonly ask: Ask
  /** Rows as the driver hands them over. */
  readonly rows: (piece: Fragment) => Promise<readonly RawRow[]>
  /** Anything else that is asked of the session. */
  readonly exchange: <T>(what: string, work: () => Promise<T>) => Promise<T>
}

export class Questions {
  readonly #source: SourceSetting
  readonly #services: ConnectorServices
  readonly #driver: Driver
  readonly #pool: Pool
  readonly #waiting: Waiting = []

  constructor(source: SourceSetting, services: ConnectorServices, driver: Driver) {
    this.#source = source
    this.#services = services
    this.#driver = driver
    this.#pool = new Pool({ source: source.id, driver, connections: 1, queue: Number.POSITIVE_INFINITY, connectMs })
  }

  /** @throws GatewayError as `Connector.read` does */
  async hold<T>(context: ReadContext, work: (conversation: Conversation) => Promise<T>): Promise<T> {
    const patience = new Patience(context, this.#waiting)
    try {
      patience.check()
      return await patience.within(this.#held(patience, work))
    } catch (error) {
      patience.check()
      throw error instanceof Failed ? error.failure : error
    } finally {
      patience.clear()
    }
  }

  async close(): Promise<void> {
    for (const patience of [...this.#waiting]) patience.end(sourceFailure('SOURCE_UNAVAILABLE', `source ${this.#source.id} is closed`))
    await this.#pool.close()
    await this.#driver.close?.()
  }

  async #held<T>(patience: Patience, work: (conversation: Conversation) => Promise<T>): Promise<T> {
    await this.#pool.enter(patience)
    try {
      const session =
        this.#pool.idle() ??
        (await this.#pool.connect().catch(error => {
          throw failed(error, this.#driver)
        }))
      try {
        return await work(this.#conversation(session, patience))
      } finally {
        this.#pool.release(session)
      }
    } finally {
      this.#pool.leave()
    }
  }

  #conversation(session: Session, patience: Patience): Conversation {
    const exchange = async <T>(what: string, ask: () => Promise<T>): Promise<T> => {
      patience.check()
      try {
        return await stoppable(session, patience, this.#source.limits.statementMs + graceMs, ask)
      } catch (error) {
        throw error instanceof GatewayError ? error : failed(error, this.#driver, what).failure
      }
    }
    const rows = (piece: Fragment): Promise<readonly RawRow[]> => {
      const statement = statementOf(piece, session.dialect)
      this.#services.call({ source: this.#source.id, dataset: '', means: 'sql', statement: statement.text })
      return exchange(statement.text, () => session.run(statement, new Meter(this.#source.limits.bytes)))
    }
    return { session, rows, exchange, ask: async piece => (await rows(piece)).map(row => row.map(textOf)) }
  }
}

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'boolean') return cell ? '1' : '0'
  if (cell instanceof Uint8Array) return new TextDecoder().decode(cell)
  return String(cell)
}
