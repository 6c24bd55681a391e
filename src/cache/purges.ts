/** Which values are from before a purge, so that nobody may have them any more? */

import { createHash } from 'node:crypto'
import type { Purge, Subject } from '../model/index.ts'

/** Which purge of a mark was the last, in words that only need to differ. */
export type Generations = Readonly<Record<string, string>>

/**
 * A short name for a dataset, or for a field of one. Values in a shared store are found by it; what they are about is not told.
 *
 * @example
 *   markOf({ dataset: 'baeume' })  // → '04bb6e8f'
 */
export function markOf({ dataset, field }: Purge): string {
  return createHash('sha256')
    .update(`${dataset}\0${field ?? ''}`)
    .digest('hex')
    .slice(0, 8)
}

/** The purges that this process knows of. */
export class Purges {
  /** By dataset and field; as many as the configuration names. */
  readonly #marks = new Map<string, string>()
  #generations: Generations = {}
  /** false: nothing ever was, as nearly always. */
  #purged = false
  #own = 0

  /** Of each subject the dataset's, then those of the fields. */
  marksOf(subjects: readonly Subject[]): readonly string[] {
    return subjects.flatMap(({ dataset, fields }) => [this.#mark({ dataset }), ...fields.map(field => this.#mark({ dataset, field }))])
  }

  /** The same text for as long as nothing with one of these marks is purged; empty when nothing ever was. */
  generationOf(marks: readonly string[]): string {
    if (!this.#purged) return ''
    return marks.flatMap(mark => this.#generations[mark] ?? []).join()
  }

  /** A purge that begins here. Known by a number of this process's own until the shared store gives it one. */
  begin(mark: string): void {
    this.#generations = { ...this.#generations, [mark]: `own ${++this.#own}` }
    this.#purged = true
  }

  /**
   * Takes over what all processes know together.
   *
   * @returns the marks that were purged without this process, or for which that cannot be ruled out
   */
  learn(generations: Generations): readonly string[] {
    const before = this.#generations
    this.#generations = generations
    this.#purged = Object.keys(generations).length > 0
    return [...new Set([...Object.keys(before), ...Object.keys(generations)])].filter(mark => before[mark] !== generations[mark])
  }

  #mark(purge: Purge): string {
    const name = `${purge.dataset}.${purge.field ?? ''}`
    const known = this.#marks.get(name)
    if (known !== undefined) return known
    const mark = markOf(purge)
    this.#marks.set(name, mark)
    return mark
  }
}
