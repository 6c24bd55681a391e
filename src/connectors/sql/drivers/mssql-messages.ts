/** What do the gateway and the thread that speaks to SQL Server say to each other? Plain data only: it is copied on the way. */

import type { ColumnFacts } from '../dialects/index.ts'
import type { Parameter } from './mssql-parameters.ts'
import type { RawRow } from './session.ts'

/** How a session is begun. */
export interface Login {
  readonly host: string
  readonly port?: number | undefined
  /** Found by name through the server's browser service, where there is no port. */
  readonly instance?: string | undefined
  readonly database: string
  readonly user: string
  readonly password: string
  readonly encrypt: boolean | 'strict'
  readonly ca?: string | undefined
  readonly trustServerCertificate: boolean
  readonly serverName?: string | undefined
  readonly statementMs: number
}

export type Question =
  | { readonly ask: 'describe'; readonly text: string }
  /** Reading stops at the row that goes beyond the limit. */
  | { readonly ask: 'run'; readonly text: string; readonly parameters: readonly Parameter[]; readonly limitBytes: number }
  | { readonly ask: 'cancel' }

export type Answer =
  | { readonly facts: readonly ColumnFacts[] }
  | { readonly rows: readonly RawRow[] }
  | { readonly done: true }
  | { readonly trouble: Trouble }

/** An error, as far as it can be copied. */
export interface Trouble {
  /** The server's number where it has one, else the driver's word. */
  readonly code: string
  /** All numbers that the server raised, the first one first. */
  readonly numbers: readonly number[]
  readonly message: string
}

/** From the gateway: a question by its number, or the end of the session. */
export type ToSession = { readonly id: number; readonly question: Question } | 'end'
/** To the gateway: an answer by the number of its question, or the word that the connection is gone. */
export type FromSession = { readonly id: number; readonly answer: Answer } | 'gone'

/** The number of the answer that nobody asked for: whether the session could be begun. */
export const welcome = 0

/** Words of our own for what the driver has none for. */
export const troubles = {
  /** The driver is not installed. */
  missing: 'DRIVER_MISSING',
  /** The server would have the login sent in clear text. */
  downgrade: 'ENCRYPTION_REFUSED',
  /** The answer is no complete answer. */
  protocol: 'EPROTOCOL',
  /** A column has become something that the driver cannot carry without loss. */
  type: 'ETYPE',
  /** More bytes came than the answer may have. */
  tooLarge: 'ETOOLARGE',
  timeout: 'ETIMEOUT',
  /** The thread or the connection ended. */
  gone: 'ECONNRESET',
  /** What came was so strange that the thread ended. */
  crash: 'EGARBAGE',
} as const

/** An error with a code of its own, as the driver's have one. */
export function trouble(code: string, message: string, numbers: readonly number[] = []): Error & Trouble {
  return Object.assign(new Error(message), { code, numbers })
}
