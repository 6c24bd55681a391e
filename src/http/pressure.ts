/** What if more is asked than this process can answer? Some callers hear "later" at once, so that the others are answered in time. */

import type { ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../model/index.ts'

export interface PressureSetting {
  readonly gate: Gate
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

/** Under pressure is a process whose event loop is late, whose heap is nearly full, or which answers as many requests as it may. */
export function createGate(requestsAtOnce: number): Gate {
  const gauge = watch()
  let inside = 0
  return {
    pressure: () => (inside >= requestsAtOnce ? 'requests' : gauge.pressure()),
    enter(response) {
      let isInside = true
      const leave = () => {
        if (isInside) inside--
        isInside = false
      }
      inside++
      // Also for callers who leave before they are answered.
      response.once('close', leave)
      return leave
    },
    get inside() {
      return inside
    },
    close: () => gauge.end(),
  }
}

/**
 * Refuses requests with GATEWAY_BUSY and `Retry-After` while the gate is under pressure.
 *
 * Own code rather than @fastify/under-pressure, which refuses everybody for half a second after a single late look.
 *
 * @see RFC 9110, 15.6.4 and 10.2.3
 */
export function relievePressure(server: FastifyInstance, { gate, warn, onRefusal }: PressureSetting): void {
  let told = 0
  server.addHook('onRequest', async (request, reply) => {
    const reason = gate.pressure()
    if (reason && !isUnpressed(request)) {
      onRefusal?.(reason)
      // One line a minute: a crowd must not fill the log.
      if (Date.now() - told > 60_000) {
        told = Date.now()
        warn('requests are refused: this process cannot answer more', { reason, answering: gate.inside })
      }
      reply.header('retry-after', String(retryAfterSeconds))
      throw busy()
    }
    gate.enter(reply.raw)
  })
  server.addHook('onClose', async () => gate.close())
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
