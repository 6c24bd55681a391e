/** What if more is asked than this process can answer? Some callers hear "later" at once, so that the others are answered in time. */

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { failures, GatewayError, type Language } from '../model/index.ts'
import { refusal } from './errors.ts'

export interface PressureSetting {
  readonly gate: Gate
  /** Origins that browsers may ask from; `['*']` for all. They hear the refusal, too. */
  readonly origins: readonly string[]
  readonly languageOf: (request: IncomingMessage) => Language
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void
  /** Told of every request that was refused, and why. */
  readonly onRefusal: (reason: Pressure, request: IncomingMessage, requestId: string) => void
}

export type Pressure = 'requests' | 'processor' | 'lateness' | 'heap'

/** Whatever is asked beyond so many requests makes nothing faster while the processor has no pause. */
const crowd = 100
/** Share of the time in which the event loop is at work; beyond it there is no pause. */
const withoutPause = 0.97
/** Mean delay of a timer; beyond it every caller waits so much longer, whatever is asked. */
const lateMs = 250
/** Share of the heap in use, after which V8 mostly collects garbage. */
const fullHeap = 0.85
/** Looked at so often. Only what holds for some looks in a row is pressure: one long collection or a large answer is none. */
const lookMs = 250
const looksInARow = { processor: 2, lateness: 8, heap: 2 } as const
/** Callers are asked to come back after so long. */
const retryAfterSeconds = 2

/** Paths that must answer under any pressure: those that supervisors and load balancers ask. */
const unpressed = new Set(['/healthz', '/readyz'])

/** Knows how many are being answered, and whether that is all that this process can do. */
export interface Gate {
  /** Why newcomers are refused at this moment; `undefined`: they are not. */
  pressure(): Pressure | undefined
  /**
   * One more is being answered, until the response ends.
   *
   * @returns ends it before
   */
  enter(response: ServerResponse): () => void
  /** How many are being answered. */
  readonly inside: number
  close(): void
}

/**
 * Under pressure is a process that answers as many requests as it may, whose event loop is late, whose heap is nearly full, or which
 * answers a crowd without a pause. Many requests that wait for a slow source are no crowd: the processor has pauses then.
 */
export function createGate(requestsAtOnce: number): Gate {
  const gauge = watch()
  let inside = 0
  return {
    pressure: () => (inside >= requestsAtOnce ? 'requests' : gauge.pressure(inside)),
    enter(response) {
      let isInside = true
      const leave = () => {
        if (isInside) inside--
        isInside = false
      }
      inside++
      // Also for callers who leave before they are answered.
      response.on('close', leave)
      return leave
    },
    get inside() {
      return inside
    },
    close: () => gauge.end(),
  }
}

/**
 * Refuses requests with GATEWAY_BUSY and `Retry-After` while the gate is under pressure, before anything of them is looked at: a refusal
 * costs a few microseconds, or a crowd would take all the time that the others need.
 *
 * Own code rather than @fastify/under-pressure, which refuses everybody for half a second after a single late look.
 *
 * @see RFC 9110, 15.6.4 and 10.2.3
 */
export function relievePressure(setting: PressureSetting, listener: RequestListener): RequestListener {
  let told = Number.NEGATIVE_INFINITY
  return (request, response) => {
    const reason = setting.gate.pressure()
    // A browser asks OPTIONS before it asks; that costs no more than a refusal.
    if (!reason || request.method === 'OPTIONS' || unpressed.has(request.url ?? '')) return listener(request, response)
    const requestId = randomUUID()
    setting.onRefusal(reason, request, requestId)
    // One line a minute: a crowd must not fill the log.
    if (performance.now() - told > 60_000) {
      told = performance.now()
      setting.warn('requests are refused: this process cannot answer more', { reason, answering: setting.gate.inside })
    }
    refuse(request, response, setting, requestId)
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, { origins, languageOf }: PressureSetting, requestId: string): void {
  const body = JSON.stringify(refusal(busy, languageOf(request), requestId))
  const { origin } = request.headers
  const allowed = origins.includes('*') ? '*' : origin !== undefined && origins.includes(origin) ? origin : undefined
  const headers = ['retry-after', String(retryAfterSeconds), 'content-type', 'application/json; charset=utf-8', 'x-request-id', requestId]
  headers.push('x-content-type-options', 'nosniff', 'referrer-policy', 'no-referrer', 'cache-control', 'no-store', 'vary', 'origin')
  if (allowed !== undefined) headers.push('access-control-allow-origin', allowed)
  response.writeHead(failures.GATEWAY_BUSY.status, [...headers, 'content-length', String(Buffer.byteLength(body))]).end(body)
}

/** Looks at event loop and heap from time to time. */
function watch(): { pressure(inside: number): Exclude<Pressure, 'requests'> | undefined; end(): void } {
  const delays = monitorEventLoopDelay({ resolution: 10 })
  delays.enable()
  const limit = getHeapStatistics().heap_size_limit
  const looks = { processor: 0, lateness: 0, heap: 0 }
  const isLong = (what: keyof typeof looks): boolean => looks[what] >= looksInARow[what]
  let before = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const count = (what: keyof typeof looks, holds: boolean) => {
      looks[what] = holds ? looks[what] + 1 : 0
    }
    count('processor', performance.eventLoopUtilization(now, before).utilization > withoutPause)
    // In nanoseconds; the timer's own resolution is part of it.
    count('lateness', delays.mean / 1e6 > lateMs)
    count('heap', getHeapStatistics().used_heap_size > limit * fullHeap)
    before = now
    delays.reset()
  }, lookMs).unref()
  return {
    pressure(inside) {
      if (isLong('heap')) return 'heap'
      if (isLong('lateness')) return 'lateness'
      return inside >= crowd && isLong('processor') ? 'processor' : undefined
    },
    end: () => {
      clearInterval(timer)
      delays.disable()
    },
  }
}

const busy = new GatewayError('GATEWAY_BUSY', {
  message: { de: 'Das Gateway ist gerade ausgelastet.', en: 'The gateway is busy at the moment.' },
  hint: {
    de: `Bitte in ${retryAfterSeconds} Sekunden noch einmal fragen.`,
    en: `Ask again in ${retryAfterSeconds} seconds.`,
  },
})
