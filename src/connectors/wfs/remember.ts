/** How is something found out once, for everybody who asks at the same time? */

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
        // It was another caller's attempt: his leaving, or his deadline, is not ours.
        if (signal.aborted) throw error
      }
    }
  }

  /** Puts a value in place of what was found. */
  set(key: string, value: unknown): void {
    this.#values.set(key, Promise.resolve(value))
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
