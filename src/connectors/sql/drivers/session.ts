/** What does the connector need of a database, whatever its driver? */

import type { Probe, Reader, Statement } from '../compile/index.ts'
import type { ColumnFacts, Dialect, TableFacts } from '../dialects/index.ts'
import type { Meter } from './meter.ts'
import type { Packed } from './packer.ts'

/** A row as it came over the wire: text wherever a driver would have made a Date or a float of it. */
export type RawRow = readonly unknown[]

/** One connection. It runs one thing at a time. */
export interface Session {
  readonly dialect: Dialect
  /** How the source keeps the columns of a select (see `Probe`), which is prepared and not run. */
  describe(probe: Probe): Promise<readonly ColumnFacts[]>
  /**
   * What the catalogue says of a table that helps to ask it well; nothing is known of a view.
   *
   * @param name quoted for a statement
   */
  lookUp?(name: string): Promise<TableFacts>
  /** @throws GatewayError TOO_MANY_ROWS when the meter overflows; otherwise the driver's own error */
  run(statement: Statement, meter: Meter): Promise<readonly RawRow[]>
  /**
   * Runs a select whose rows are read where they come in: as bytes, or in another process.
   *
   * @param readers by column; none is a geometry's
   * @returns       the rows as they came, where that is of no use
   * @throws as `run`
   */
  pack?(statement: Statement, readers: readonly Reader[], meter: Meter): Promise<Packed | readonly RawRow[]>
  /**
   * Opens a select whose rows are fetched portion by portion. Nothing else runs on the session before its cursor is done.
   *
   * @param patienceMs whoever fetches may take so long over all of it; milliseconds
   */
  open?(statement: Statement, patienceMs: number): Promise<Cursor>
  /** Asks the server to stop what runs; most servers take that over a connection of its own. */
  cancel(): Promise<void>
  /** A request is answered: what was held for it at the source is given back. Nobody waits for that. */
  rest?(): void
  /** Ends the connection at once. What runs fails. */
  destroy(): void
  /** Says goodbye. */
  close(): Promise<void>
  /** The connection is gone, or nobody knows what state it is in. */
  readonly broken: boolean
}

/** The rows of one select, portion by portion. */
export interface Cursor {
  /** @returns the next rows; none: there are no more */
  next(meter: Meter): Promise<readonly RawRow[]>
  /** After the last row: makes the session what it was before. A session whose cursor was left earlier is of no use any more. */
  done(): Promise<void>
}

/** Rows that a cursor hands over at once. */
export const portionRows = 1_000

export interface Driver {
  /** Its sessions can `open` a cursor. */
  readonly cursors?: true
  /** Rows may bring those of other tables along. */
  readonly companions?: true
  /** Rows may say how many there are in all. */
  readonly totals?: true
  /** Its sessions can `pack`. */
  readonly packs?: true
  /**
   * @param signal aborted when connecting has taken too long or the connector is closed
   * @throws the driver's own error, or GatewayError when the driver is not installed
   */
  connect(signal: AbortSignal): Promise<Session>
  /** What went wrong, by the driver's own codes. */
  diagnose(error: unknown): Diagnosis
  /** Gives up what is kept beside the sessions, which are closed by then. */
  close?(): Promise<void>
}

export interface Diagnosis {
  readonly code:
    | 'SOURCE_UNAVAILABLE'
    | 'SOURCE_BUSY'
    | 'SOURCE_TIMEOUT'
    | 'SOURCE_REFUSED'
    | 'SOURCE_CHANGED'
    | 'SOURCE_ANSWER_INVALID'
    | 'BAD_USER_INPUT'
  /** The same question may be asked once more at once: over a new connection, or over this one. */
  readonly again?: 'newConnection' | 'sameConnection'
}
