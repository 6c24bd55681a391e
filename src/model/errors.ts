/** What can go wrong for a caller, and what may each reader hear about it? */

import type { Text } from './text.ts'

/**
 * Every refusal a caller can meet: its HTTP status when it ends a whole request, and whether the same
 * question may succeed later. A code is never renamed and never reused.
 */
export const failures = {
  GRAPHQL_PARSE_FAILED: { status: 400, retry: false },
  GRAPHQL_VALIDATION_FAILED: { status: 400, retry: false },
  FIELD_UNKNOWN: { status: 400, retry: false },
  BAD_USER_INPUT: { status: 400, retry: false },
  PERSISTED_QUERY_NOT_FOUND: { status: 200, retry: false },
  ID_INVALID: { status: 400, retry: false },
  CURSOR_INVALID: { status: 400, retry: false },
  PAGE_TOO_LARGE: { status: 400, retry: false },
  QUERY_TOO_EXPENSIVE: { status: 400, retry: false },
  QUERY_TOO_DEEP: { status: 400, retry: false },
  TOO_MANY_ALIASES: { status: 400, retry: false },
  REQUEST_TOO_LARGE: { status: 413, retry: false },
  REQUEST_INVALID: { status: 400, retry: false },
  KEY_INVALID: { status: 401, retry: false },
  NOT_FOUND: { status: 404, retry: false },
  GATEWAY_BUSY: { status: 503, retry: true },
  TOO_MANY_ROWS: { status: 400, retry: false },
  SOURCE_UNAVAILABLE: { status: 503, retry: true },
  SOURCE_BUSY: { status: 503, retry: true },
  SOURCE_CLOSED: { status: 503, retry: true },
  SOURCE_TIMEOUT: { status: 504, retry: true },
  SOURCE_REFUSED: { status: 502, retry: false },
  SOURCE_CHANGED: { status: 502, retry: false },
  SOURCE_ANSWER_INVALID: { status: 502, retry: false },
  CANCELLED: { status: 499, retry: true },
  INTERNAL: { status: 500, retry: false },
} as const satisfies Record<string, { readonly status: number; readonly retry: boolean }>

export type FailureCode = keyof typeof failures

export interface Failure {
  /** For the caller: names only what is open to this caller. */
  readonly message: Text
  /** For the caller: what to do next. */
  readonly hint?: Text
  /** For the operator's log only: tables, hosts, columns that were asked for. */
  readonly log?: string
  /** For the log at debug level only: the source's own words, or what else it holds. May name what nobody released. */
  readonly detail?: string
  /** For the house only: columns that the request names and the source has no more. What names none of them can still be answered. */
  readonly gone?: readonly string[]
  readonly cause?: unknown
}

/** The only kind of error whose words leave the house. Anything else becomes INTERNAL with a request id. */
export class GatewayError extends Error {
  readonly code: FailureCode
  readonly text: Text
  readonly hint: Text | undefined
  readonly log: string | undefined
  readonly detail: string | undefined
  readonly gone: readonly string[]

  constructor(code: FailureCode, failure: Failure) {
    super(failure.message.en, { cause: failure.cause })
    this.name = 'GatewayError'
    this.code = code
    this.text = failure.message
    this.hint = failure.hint
    this.log = failure.log
    this.detail = failure.detail
    this.gone = failure.gone ?? []
  }
}

const sentences: Partial<Record<FailureCode, Pick<Failure, 'message' | 'hint'>>> = {
  SOURCE_UNAVAILABLE: {
    message: { de: 'Die Datenquelle ist gerade nicht erreichbar.', en: 'The source is not reachable at the moment.' },
    hint: { de: 'Bitte später noch einmal fragen.', en: 'Ask again later.' },
  },
  SOURCE_BUSY: {
    message: { de: 'Die Datenquelle ist gerade ausgelastet.', en: 'The source is busy at the moment.' },
    hint: { de: 'Bitte in einigen Sekunden noch einmal fragen.', en: 'Ask again in a few seconds.' },
  },
  SOURCE_TIMEOUT: {
    message: { de: 'Die Datenquelle hat nicht rechtzeitig geantwortet.', en: 'The source did not answer in time.' },
    hint: {
      de: 'Weniger Felder, eine kleinere Seite oder ein engerer Filter helfen.',
      en: 'Fewer fields, a smaller page or a narrower filter help.',
    },
  },
  SOURCE_REFUSED: {
    message: { de: 'Die Datenquelle hat die Anmeldung des Gateways abgelehnt.', en: 'The source refused the gateway.' },
    hint: { de: 'Der Betrieb wurde über das Protokoll benachrichtigt.', en: 'The operators find the reason in their log.' },
  },
  SOURCE_CHANGED: {
    message: { de: 'Die Datenquelle passt nicht mehr zu ihrer Beschreibung.', en: 'The source no longer matches its description.' },
    hint: { de: 'Ansprechpartner steht im Katalog.', en: 'The catalogue names whom to ask.' },
  },
  SOURCE_ANSWER_INVALID: {
    message: { de: 'Die Datenquelle hat eine unlesbare Antwort gegeben.', en: 'The source gave an answer that cannot be read.' },
    hint: { de: 'Bitte später noch einmal fragen.', en: 'Ask again later.' },
  },
  CANCELLED: { message: { de: 'Die Anfrage wurde abgebrochen.', en: 'The request was cancelled.' } },
  INTERNAL: { message: { de: 'Unerwarteter Fehler.', en: 'Unexpected error.' } },
}

/**
 * A failure of a source, in the standard words for its code: nothing of the source can slip into the caller's text.
 *
 * @param log    for operators: what was asked, what came back; no column that was not asked for
 * @param cause  the driver's own error
 * @param detail for operators at debug level: the source's own words, or what else it holds
 */
export function sourceFailure(
  code:
    | 'SOURCE_UNAVAILABLE'
    | 'SOURCE_BUSY'
    | 'SOURCE_TIMEOUT'
    | 'SOURCE_REFUSED'
    | 'SOURCE_CHANGED'
    | 'SOURCE_ANSWER_INVALID'
    | 'CANCELLED'
    | 'INTERNAL',
  log: string,
  cause?: unknown,
  detail?: string,
): GatewayError {
  const words = sentences[code] ?? sentences.INTERNAL
  return new GatewayError(code, {
    message: words!.message,
    ...(words!.hint && { hint: words!.hint }),
    log,
    cause,
    ...(detail && { detail }),
  })
}

/**
 * SOURCE_CHANGED, by the columns that are gone.
 *
 * @param columns as the request names them; never all that the source has
 * @param log     see `sourceFailure`, as are the others
 */
export function columnsGone(columns: readonly string[], log: string, cause?: unknown, detail?: string): GatewayError {
  const { message, hint } = sentences.SOURCE_CHANGED!
  return new GatewayError('SOURCE_CHANGED', { message, ...(hint && { hint }), log, cause, gone: columns, ...(detail && { detail }) })
}
