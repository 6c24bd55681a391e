/** How many streams may run at once? Each holds a connection of its source for as long as its reader takes. */

import { GatewayError } from '../model/index.ts'

export interface StreamSlots {
  /**
   * Counts a stream over a source.
   *
   * @returns to be called when it has ended
   * @throws GatewayError GATEWAY_BUSY
   */
  enter(source: string): () => void
}

/**
 * @param atOnce   streams of this process
 * @param ofSource streams over one source
 */
export function streamSlots(atOnce: number, ofSource: (source: string) => number): StreamSlots {
  const running = new Map<string, number>()
  let all = 0
  const count = (source: string, change: 1 | -1): void => {
    all += change
    running.set(source, (running.get(source) ?? 0) + change)
  }
  return {
    enter(source) {
      if (all >= atOnce || (running.get(source) ?? 0) >= ofSource(source)) throw tooMany()
      count(source, 1)
      return () => count(source, -1)
    },
  }
}

function tooMany(): GatewayError {
  return new GatewayError('GATEWAY_BUSY', {
    message: { de: 'Gerade laufen zu viele Exporte.', en: 'Too many exports are running at the moment.' },
    hint: { de: 'Bitte in einer Minute noch einmal fragen.', en: 'Ask again in a minute.' },
  })
}
