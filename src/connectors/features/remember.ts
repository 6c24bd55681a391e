/** How is something found out once, for everybody who asks at the same time? */

import { GatewayError } from '../../model/index.ts'

/**
 * Values by key that are found out on first demand. A failure is not remembered; when the caller who does the work leaves, one of
 * those who wait takes it over.
 */
export class Remembered {
  readonly #values = new Map<string, Promise<unknown>>()

  /**
   * @param signal the caller's: leaving early
   * @param find   uses the same signal
   */
  async get<T>(key: string, signal: AbortSignal, find: () => Promise<T>): Promise<T> {
    for (;;) {
      const known = this.#values.get(key) as Promise<T> | undefined
      if (!known) return this.#start(key, find)
      try {
        return await orLeave(known, signal)
      } catch (error) {
        // It was another caller's attempt: a source that fails fails us all, but his leaving and his deadline are not ours.
        const his = error instanceof GatewayError && (error.code === 'CANCELLED' || error.code === 'SOURCE_TIMEOUT')
        if (signal.aborted || !his) throw error
      }
    }
  }

  forget(key: string): void {
    this.#values.delete(key)
  }

  async #start<T>(key: string, find: () => Promise<T>): Promise<T> {
    const found = find()
    this.#values.set(key, found)
    try {
      return await found
    } catch (error) {
      if (this.#values.get(key) === found) this.#values.delete(key)
      throw error
    }
  }
}

async function orLeave<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise: left, reject } = Promise.withResolvers<never>()
  const leave = (): void => reject(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([work, left])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
