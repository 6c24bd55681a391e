/** What does every connector promise, whatever it speaks to? */

import type { Capabilities } from './capabilities.ts'
import type { BBox } from './condition.ts'
import type { Answer, PackedAnswer, SourceRequest, StreamRequest } from './request.ts'

/** Who is waiting, and how long. */
export interface ReadContext {
  /** Aborted when nobody waits any longer or the time is up; its `reason` is the GatewayError to throw. */
  readonly signal: AbortSignal
  /** Milliseconds since 1970 (UTC): nothing may run at the source after this. */
  readonly deadline: number
}

export interface Connector {
  readonly capabilities: Capabilities
  /**
   * Answers one request with exactly the columns asked for, never a row more than asked for, and never writes.
   *
   * @throws GatewayError SOURCE_UNAVAILABLE, SOURCE_BUSY, SOURCE_TIMEOUT, SOURCE_REFUSED, SOURCE_CHANGED,
   *   SOURCE_ANSWER_INVALID, TOO_MANY_ROWS, BAD_USER_INPUT (a value the source cannot take), CANCELLED; nothing else
   */
  read(request: SourceRequest, context: ReadContext): Promise<Answer>
  /** As `read`; only for columns that are served as they are stored: no label, no coarsening, no shifted point, no place. */
  readPacked?(request: SourceRequest, context: ReadContext): Promise<PackedAnswer>
  /**
   * Every row that matches, exactly once, in batches that are fetched when they are asked for; at least one batch, which may be empty.
   * It keeps all other promises of `read`. What runs at the source ends when the iteration is returned, at the deadline, or when the
   * signal is aborted; a batch that is being waited for then fails. Absent: the house reads page after page.
   *
   * @throws GatewayError as `read` does, at any batch
   */
  stream?(request: StreamRequest, context: ReadContext): AsyncIterable<Answer>
  /** Gives every connection back. Afterwards `read` fails with SOURCE_UNAVAILABLE. */
  close(): Promise<void>
}

/** One statement, HTTP call or file reading, as it leaves the gateway. For counting and for the log at debug level. */
export interface SourceCall {
  readonly source: string
  readonly dataset: string
  readonly means: 'sql' | 'http' | 'file'
  /** The statement without its values, the URL without its query values, or the file's name. */
  readonly statement: string
}

/** A source, as its file configured it. */
export interface SourceSetting<Connection = unknown> {
  readonly id: string
  readonly kind: string
  readonly title: string
  /** Parsed by the connector's own schema; secrets are filled in. */
  readonly connection: Connection
  /** The account may be one that can change data; only where a kind of source knows accounts. */
  readonly allowWriteAccount?: boolean
  readonly limits: {
    /** Connections or calls at once; 1 … 50. */
    readonly connections: number
    /** One statement or call may take so long; milliseconds. */
    readonly statementMs: number
    /** Callers that may wait for a connection; further ones get SOURCE_BUSY at once. */
    readonly queue: number
    /** Bytes of one HTTP answer or file. */
    readonly bytes: number
  }
}

/** What the house lends to a connector. */
export interface ConnectorServices {
  readonly call: (call: SourceCall) => void
  /** Told how many bytes came from the source, unpacked; of databases roughly. Absent: nobody counts them. */
  readonly received?: (bytes: number, from: Pick<SourceCall, 'source' | 'dataset'>) => void
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void
  /** Where the city lies; answers far outside hint at swapped axes. */
  readonly extent?: BBox
  /** Folder that relative paths of sources start from. */
  readonly folder: string
  /** Asked before anything is tried a second time; false when the source has had its share of second tries. Absent: it may. */
  readonly mayRetry?: () => boolean
}
