/** Where did the values of an answer come from, and how old are they? */

import type { Dataset, Language, Text } from '../model/index.ts'

/** What an answer says of one dataset in `extensions.provenance`. */
export interface Origin {
  readonly dataset: string
  readonly source: string
  readonly owner: string
  readonly licence: string
  readonly attribution?: string
  /** When the oldest part was read from the source: ISO 8601, UTC. */
  readonly asOf: string
  /** Seconds since then. */
  readonly age: number
  /** true: the source could not be asked, and this is an older answer. */
  readonly stale: boolean
}

export interface Warning {
  readonly code: string
  readonly dataset: string
  readonly message: Text
}

interface Seen {
  readonly dataset: Dataset
  asOf: number
  stale: boolean
}

/** Collects, over one request, what was read from where. */
export class Provenance {
  readonly #seen = new Map<string, Seen>()
  #spoilt = false
  readonly #gone = new Set<string>()
  readonly #unreadable = new Map<string, number>()
  readonly #misplaced = new Map<string, { readonly count: number; readonly served: 'flag' | 'close' }>()

  /** @param asOf milliseconds since 1970 (UTC) */
  note(dataset: Dataset, asOf: number, stale: boolean, problems: number): void {
    const seen = this.#seen.get(dataset.id) ?? { dataset, asOf, stale: false }
    seen.asOf = Math.min(seen.asOf, asOf)
    seen.stale ||= stale
    this.#seen.set(dataset.id, seen)
    if (problems > 0) this.#unreadable.set(dataset.id, (this.#unreadable.get(dataset.id) ?? 0) + problems)
  }

  /** @param count of places that lie far outside the city */
  noteMisplaced(dataset: Dataset, count: number, served: 'flag' | 'close'): void {
    const before = this.#misplaced.get(dataset.id)?.count ?? 0
    this.#misplaced.set(dataset.id, { count: before + count, served })
  }

  /** The answer holds an error: what it says is about this one request. */
  spoil(): void {
    this.#spoilt = true
  }

  /**
   * How long the whole answer may be used: milliseconds since 1970 (UTC) of its oldest part and of the first end of freshness.
   *
   * @returns `undefined` for an answer that must not be used again: with errors, old parts standing in, or nothing from a source
   */
  freshness(): { readonly asOf: number; readonly freshUntil: number } | undefined {
    if (this.#spoilt || this.#seen.size === 0) return undefined
    let [oldest, freshUntil] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const { asOf, dataset, stale } of this.#seen.values()) {
      if (stale) return undefined
      oldest = Math.min(oldest, asOf)
      freshUntil = Math.min(freshUntil, asOf + dataset.freshForSeconds * 1000)
    }
    return { asOf: oldest, freshUntil }
  }

  /**
   * Columns of a dataset are gone from its source.
   *
   * @returns true the first time
   */
  noteGone(dataset: Dataset): boolean {
    const isNew = !this.#gone.has(dataset.id)
    this.#gone.add(dataset.id)
    return isNew
  }

  /** Some values of the answer have no column any more. */
  get lacks(): boolean {
    return this.#gone.size > 0
  }

  origins(now: number): Origin[] {
    return [...this.#seen.values()].map(({ dataset, asOf, stale }) => ({
      ...lasting(dataset),
      asOf: new Date(asOf).toISOString(),
      age: ageOf(asOf, now),
      stale,
    }))
  }

  /** What an answer says in `extensions`, as JSON; `undefined` when nothing was read. */
  extensions(now: number, language: Language): string | undefined {
    if (this.#seen.size === 0) return undefined
    let text = '{"provenance":['
    let separator = ''
    for (const { dataset, asOf, stale } of this.#seen.values()) {
      text += `${separator}${headOf(dataset)},"asOf":"${new Date(asOf).toISOString()}","age":${ageOf(asOf, now)},"stale":${stale}}`
      separator = ','
    }
    const warnings = this.warnings().map(warning => ({ ...warning, message: warning.message[language] }))
    return `${text}]${warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : ''}}`
  }

  warnings(): Warning[] {
    const stale = [...this.#seen.values()]
      .filter(seen => seen.stale)
      .map(({ dataset }) => ({
        code: 'SOURCE_UNAVAILABLE',
        dataset: dataset.id,
        message: {
          de: 'Die Datenquelle antwortet gerade nicht; dies ist ihre letzte Antwort.',
          en: 'The source does not answer at the moment; this is its last answer.',
        },
      }))
    const unreadable = [...this.#unreadable].map(([dataset, count]) => ({
      code: 'VALUES_UNREADABLE',
      dataset,
      message: {
        de: `${count} Werte der Datenquelle waren nicht lesbar und fehlen.`,
        en: `${count} values of the source could not be read and are missing.`,
      },
    }))
    const misplaced = [...this.#misplaced].map(([dataset, { count, served }]) => ({
      code: 'PLACES_OUTSIDE',
      dataset,
      message:
        served === 'close'
          ? {
              de: `${count} Orte lagen laut Datenquelle weit außerhalb der Stadt und fehlen.`,
              en: `${count} places lay far outside the city, as the source has them, and are missing.`,
            }
          : {
              de: `${count} Orte liegen laut Datenquelle weit außerhalb der Stadt; vermutlich stimmen sie nicht.`,
              en: `${count} places lie far outside the city, as the source has them; they are probably wrong.`,
            },
    }))
    return [...stale, ...unreadable, ...misplaced]
  }
}

/** What is said of a dataset whenever it is read. */
function lasting({ id, source, owner, licence, attribution }: Dataset): Omit<Origin, 'asOf' | 'age' | 'stale'> {
  return { dataset: id, source: source.title, owner: owner.department, licence, ...(attribution && { attribution }) }
}

/** Its beginning as JSON; written once for each. */
const heads = new WeakMap<Dataset, string>()

function headOf(dataset: Dataset): string {
  const known = heads.get(dataset) ?? JSON.stringify(lasting(dataset)).slice(0, -1)
  heads.set(dataset, known)
  return known
}

/** Whole seconds. */
function ageOf(asOf: number, now: number): number {
  return Math.max(0, Math.round((now - asOf) / 1000))
}
