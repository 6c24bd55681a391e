/** Who shares one piece of work, and when does nobody wait for it any longer? */

/** Work under way that several callers wait for. Each may leave early; when the last one leaves, the work is told to stop. */
export class Flight<T> {
  readonly #stop = new AbortController()
  readonly #work: Promise<T>
  readonly #over: () => void
  #waiting = 0

  /**
   * @param work starts at once
   * @param over called when newcomers can't join any longer: the work is done, or was abandoned; may be called twice
   */
  constructor(work: (signal: AbortSignal) => Promise<T>, over: () => void) {
    this.#over = over
    this.#work = work(this.#stop.signal)
    this.#work.then(over, over)
  }

  /** @throws what the work throws; `signal.reason` as soon as the caller's own signal is aborted */
  join(signal: AbortSignal): Promise<T> {
    this.#waiting++
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal.reason)
        this.#left(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#work.then(
        value => {
          signal.removeEventListener('abort', leave)
          resolve(value)
        },
        error => {
          signal.removeEventListener('abort', leave)
          reject(error)
        },
      )
    })
  }

  #left(reason: unknown): void {
    if (--this.#waiting > 0) return
    this.#over()
    this.#stop.abort(reason)
  }
}
