/** One request of one caller, for as long as it is being answered. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Language, type Model, sourceFailure } from '../model/index.ts'
import { type Asking, type House, Provenance } from '../resolvers/index.ts'
import type { Front } from './front.ts'

export interface AskingSetting {
  readonly house: House
  readonly front: Pick<Front, 'whenNobodyWaits'>
  readonly model: Model
  readonly language: Language
  readonly requestId: string
  /** The request may take so long; milliseconds. */
  readonly limitMs: number
}

/** Work for the request is given up when its time is over, or when its caller has left and nobody else waits for the same. */
export function askingOf(setting: AskingSetting, request: IncomingMessage, response: ServerResponse): Asking {
  const { house, front, model, language, requestId, limitMs } = setting
  const gone = new AbortController()
  const late = setTimeout(() => gone.abort(sourceFailure('SOURCE_TIMEOUT', `the request took longer than ${limitMs} ms`)), limitMs).unref()
  // Work that others wait for goes on when the caller who began it has left, for as long as any request may.
  response.on('close', () => {
    if (response.writableEnded) return clearTimeout(late)
    front.whenNobodyWaits(request, () => {
      clearTimeout(late)
      gone.abort(sourceFailure('CANCELLED', 'the caller left'))
    })
  })
  return { house, model, language, signal: gone.signal, requestId, provenance: new Provenance(), batches: new Map() }
}
