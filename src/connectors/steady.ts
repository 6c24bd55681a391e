/** How does the gateway stay calm when a source is not? Opening hours and a circuit breaker before every connector. */

import { BrokenCircuitError, CircuitState, circuitBreaker, handleWhen, SamplingBreaker } from 'cockatiel'
import {
  type Answer,
  type Connector,
  GatewayError,
  type PackedAnswer,
  type ReadContext,
  type SourceRequest,
  type StreamRequest,
  sourceFailure,
  type Text,
} from '../model/index.ts'

/** Where an SDK of OpenTelemetry that the operators have loaded before (`node --import`) says that it is there. */
const traced = Symbol.for('opentelemetry.js.api.1')

/** Nothing is traced without such an SDK: 50 files and 3 MB that do nothing then. */
const tracer = traced in globalThis ? (await import('@opentelemetry/api')).trace.getTracer('stadttor') : undefined

export interface SteadySetting {
  /** Id of the source, for the log. */
  readonly source: string
  /** Whether the source may be asked at this moment. Absent: always. */
  readonly isOpen?: () => boolean
  /** The opening hours as people read them. */
  readonly hours?: Text
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void
  /** Told whenever the breaker changes. */
  readonly onState?: (state: BreakerState) => void
  /** Told of every question when it is asked and when it has ended. */
  readonly watch?: QuestionWatch
}

type QuestionKind = SourceRequest['kind'] | 'stream'

/** For metrics. */
export interface QuestionWatch {
  /** Questions that wait for the source or are being answered. */
  running(change: 1 | -1): void
  ended(question: {
    readonly dataset: string
    readonly kind: QuestionKind
    /** `answer`, or the code of the failure. */
    readonly outcome: string
    readonly seconds: number
    readonly rows: number
  }): void
}

/** `closed`: questions pass. `open`: none does. `halfOpen`: one is let through to see. */
export type BreakerState = 'closed' | 'open' | 'halfOpen'

/** Opens when half of at least ten questions within ten seconds failed. */
const sampled = { threshold: 0.5, duration: 10_000, minimumRps: 1 } as const
/** So long nothing is asked; spread, so that several gateways do not come back at the same moment. */
const restMs = { least: 12_000, spread: 6_000 } as const

/**
 * A connector that is not asked outside its opening hours, nor while it keeps failing. Only failures to reach the source and time-outs
 * count: what a source refuses, cannot read or answers to a caller's own mistake says nothing about its health.
 *
 * @throws GatewayError SOURCE_CLOSED outside the opening hours, SOURCE_UNAVAILABLE at once while the breaker is open
 */
export function steady(connector: Connector, setting: SteadySetting): Connector {
  const breaker = circuitBreaker(handleWhen(saysItIsIll), {
    breaker: new SamplingBreaker(sampled),
    halfOpenAfter: restMs.least + Math.random() * restMs.spread,
  })
  breaker.onStateChange(state => {
    const now = nameOf(state)
    setting.onState?.(now)
    if (now !== 'halfOpen')
      setting.warn(now === 'open' ? 'the source keeps failing and is left alone for a while' : 'the source is well again')
  })
  const guarded = async <T>({ signal }: ReadContext, ask: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    if (setting.isOpen?.() === false) throw closed(setting)
    try {
      return await breaker.execute(ask, signal)
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw sourceFailure('SOURCE_UNAVAILABLE', `${setting.source} kept failing and is not asked for a while`)
      throw error
    }
  }

  /** The first batch says whether the source is well. A later failure is counted, and an open breaker ends no stream that still runs. */
  async function* stream(request: StreamRequest, context: ReadContext): AsyncGenerator<Answer> {
    const question = watched(setting, request, 'stream')
    const batches = connector.stream!(request, context)[Symbol.asyncIterator]()
    let rows = 0
    let outcome = 'CANCELLED'
    try {
      let batch = await guarded(context, () => batches.next())
      for (; !batch.done; batch = await counted(batches.next())) {
        rows += batch.value.rows.length
        yield batch.value
      }
      outcome = 'answer'
    } catch (error) {
      outcome = codeOf(error)
      throw error
    } finally {
      question(outcome, rows)
      await batches.return?.()
    }
  }

  const counted = async <T>(later: Promise<T>): Promise<T> => {
    try {
      return await later
    } catch (error) {
      await breaker.execute(() => Promise.reject(error)).catch(() => {})
      throw error
    }
  }

  const asked = <T extends PackedAnswer>(request: SourceRequest, context: ReadContext, read: () => Promise<T>): Promise<T> =>
    guarded(context, async () => {
      const question = watched(setting, request, request.kind)
      try {
        const answer = await read()
        question('answer', answer.rows.length)
        return answer
      } catch (error) {
        question(codeOf(error), 0)
        throw error
      }
    })

  return {
    capabilities: connector.capabilities,
    read: (request, context) => asked(request, context, () => connector.read(request, context)),
    ...(connector.readPacked && {
      readPacked: (request: SourceRequest, context: ReadContext) => asked(request, context, () => connector.readPacked!(request, context)),
    }),
    ...(connector.stream && { stream }),
    close: () => connector.close(),
  }
}

/**
 * Counts a question, and puts it into the trace that the operators collect, if they do: names of the configuration only, no values.
 *
 * @returns to be called once, when the question has ended
 */
function watched({ source, watch }: SteadySetting, { dataset }: Pick<SourceRequest, 'dataset'>, kind: QuestionKind) {
  const asked = performance.now()
  const span = tracer?.startSpan('stadttor.source', {
    attributes: { 'stadttor.source': source, 'stadttor.dataset': dataset.id, 'stadttor.kind': kind },
  })
  watch?.running(1)
  return (outcome: string, rows: number): void => {
    watch?.ended({ dataset: dataset.id, kind, outcome, seconds: (performance.now() - asked) / 1000, rows })
    span?.setAttribute('stadttor.outcome', outcome).setAttribute('stadttor.rows', rows)
    watch?.running(-1)
    span?.end()
  }
}

function codeOf(error: unknown): string {
  return error instanceof GatewayError ? error.code : 'INTERNAL'
}

function saysItIsIll(error: unknown): boolean {
  return error instanceof GatewayError && (error.code === 'SOURCE_UNAVAILABLE' || error.code === 'SOURCE_TIMEOUT')
}

function nameOf(state: CircuitState): BreakerState {
  return state === CircuitState.Closed ? 'closed' : state === CircuitState.HalfOpen ? 'halfOpen' : 'open'
}

function closed({ source, hours }: SteadySetting): GatewayError {
  return new GatewayError('SOURCE_CLOSED', {
    message: { de: 'Die Datenquelle ist gerade nicht geöffnet.', en: 'The source is not open at the moment.' },
    ...(hours && { hint: { de: `Sie ist geöffnet: ${hours.de}.`, en: `It is open: ${hours.en}.` } }),
    log: `${source} is outside its opening hours`,
  })
}

/** How many second tries a source is given. */
export interface RetryBudget {
  /** Counts one question. */
  asked(): void
  /** true: one second try is allowed, and is counted. */
  take(): boolean
}

/**
 * One second try for ten questions; a few are saved up, so that a source with little traffic has one as well.
 *
 * @see https://sre.google/sre-book/handling-overload/ "Deciding to Retry": second tries of more than a tenth make an overload worse
 */
export function retryBudget(): RetryBudget {
  const most = 5
  let tries = most
  return {
    asked: () => {
      tries = Math.min(most, tries + 0.1)
    },
    take: () => {
      if (tries < 1) return false
      tries--
      return true
    },
  }
}
