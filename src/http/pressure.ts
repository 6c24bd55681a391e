/** What if more is asked than this process can answer? Some callers hear "later" at once, so that the others are answered in time. */

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../model/index.ts'

export interface PressureSetting {
  /** Requests that are answered at once; further ones are refused. */
  readonly requestsAtOnce: number
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void
  /** Told of every request that was refused, and why. */
  readonly onRefusal?: (reason: Pressure) => void
}

export type Pressure = 'requests' | 'lateness' | 'heap'

/** Mean delay of a timer; beyond it every caller waits so much longer, whatever is asked. */
const lateMs = 250
/** Share of the heap in use, after which V8 mostly collects garbage. */
const fullHeap = 0.85
/** Looked at so often. Only what holds for some looks in a row is pressure: one long collection or a large answer is none. */
const lookMs = 500
const looksInARow = 4
/** Callers are asked to come back after so long. */
const retryAfterSeconds = 2

/** Routes that must answer under any pressure: those that supervisors and load balancers ask. */
export const unpressed = { config: { unpressed: true } } as const

/**
 * Refuses requests with GATEWAY_BUSY and `Retry-After` while the event loop is late, the heap is nearly full, or too many are being
 * answered already.
 *
 * Own code rather than @fastify/under-pressure, which refuses everybody for half a second after a single late look.
 *
 * @returns tells whether newcomers are refused at this moment
 * @see RFC 9110, 15.6.4 and 10.2.3
 */
export function relievePressure(server: FastifyInstance, { requestsAtOnce, warn, onRefusal }: PressureSetting): () => boolean {
  const gauge = watch()
  let answering = 0
  let told = 0
  const pressure = () => (answering >= requestsAtOnce ? 'requests' : gauge.pressure())
  server.addHook('onRequest', async (request, reply) => {
    const reason = pressure()
    if (reason && !isUnpressed(request)) {
      onRefusal?.(reason)
      // One line a minute: a crowd must not fill the log.
      if (Date.now() - told > 60_000) {
        told = Date.now()
        warn('requests are refused: this process cannot answer more', { reason, answering })
      }
      reply.header('retry-after', String(retryAfterSeconds))
      throw busy()
    }
    answering++
    // Also for callers who leave before they are answered.
    reply.raw.once('close', () => answering--)
  })
  server.addHook('onClose', async () => gauge.end())
  return () => pressure() !== undefined
}

/** Looks at event loop and heap from time to time. */
function watch(): { pressure(): Exclude<Pressure, 'requests'> | undefined; end(): void } {
  const delays = monitorEventLoopDelay({ resolution: 10 })
  delays.enable()
  const limit = getHeapStatistics().heap_size_limit
  let [late, full] = [0, 0]
  const timer = setInterval(() => {
    // In nanoseconds; the timer's own resolution is part of it.
    late = delays.mean / 1e6 > lateMs ? late + 1 : 0
    full = process.memoryUsage().heapUsed > limit * fullHeap ? full + 1 : 0
    delays.reset()
  }, lookMs).unref()
  return {
    pressure: () => (late >= looksInARow ? 'lateness' : full >= looksInARow ? 'heap' : undefined),
    end: () => {
      clearInterval(timer)
      delays.disable()
    },
  }
}

function isUnpressed(request: FastifyRequest): boolean {
  return (request.routeOptions.config as { readonly unpressed?: boolean }).unpressed === true
}

function busy(): GatewayError {
  return new GatewayError('GATEWAY_BUSY', {
    message: { de: 'Das Gateway ist gerade ausgelastet.', en: 'The gateway is busy at the moment.' },
    hint: {
      de: `Bitte in ${retryAfterSeconds} Sekunden noch einmal fragen.`,
      en: `Ask again in ${retryAfterSeconds} seconds.`,
    },
  })
}
