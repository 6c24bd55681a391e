/** Which columns of a request does the source have no more? */

import { LRUCache } from 'lru-cache'
import { type Column, columnsGone, GatewayError, type SourceRequest } from '../../model/index.ts'
import { columnsOf, compileProbe, type Probe } from './compile/index.ts'
import type { ColumnFacts, Dialect } from './dialects/index.ts'
import { Failed } from './failures.ts'

/** A column that is back is noticed after so long; until then nothing is asked for it. */
const keptMs = 30_000
const most = 1_000
/** A request with more columns than this is not looked through one by one. */
const columnsAtMost = 100

export class GoneColumns {
  readonly #known = new LRUCache<string, string>({ max: most, ttl: keptMs })

  /** The failure of those of the request's columns that were gone a moment ago, in the words of that moment. */
  known(request: SourceRequest): GatewayError | undefined {
    if (this.#known.size === 0) return undefined
    const gone = columnsOf(request).flatMap(({ column }) => {
      const log = this.#known.get(keyOf(request, column))
      return log === undefined ? [] : [{ column, log }]
    })
    return (
      gone[0] &&
      columnsGone(
        gone.map(({ column }) => column),
        gone[0].log,
      )
    )
  }

  /**
   * Asks for each column by itself, without running anything.
   *
   * @param failure of the whole request
   * @returns       the same by its columns; as it was when all of them are gone: then it is the table that is
   */
  async find(
    failure: GatewayError,
    request: SourceRequest,
    dialect: Dialect,
    describe: (probe: Probe) => Promise<readonly ColumnFacts[]>,
  ): Promise<GatewayError> {
    const columns = columnsOf(request)
    if (columns.length > columnsAtMost) return failure
    const context = { dialect, dataset: request.dataset, facts: () => ({ stored: 'other' }) as const }
    const gone: string[] = []
    // The key is always there to compare with: a request may name nothing but what is gone.
    for (const column of columns) if (await fails(() => describe(compileProbe([column], context)))) gone.push(column.column)
    const isTable = gone.length === columns.length && (await fails(() => describe(compileProbe(keyWith(request, columns), context))))
    if (isTable || gone.length === 0) return failure
    const log = failure.log ?? failure.code
    for (const column of gone) this.#known.set(keyOf(request, column), log)
    return columnsGone(gone, log, failure.cause, failure.detail)
  }
}

function keyWith({ dataset }: SourceRequest, columns: readonly Column[]): readonly Column[] {
  return dataset.key.length > 0 ? dataset.key : columns
}

async function fails(describe: () => Promise<unknown>): Promise<boolean> {
  try {
    await describe()
    return false
  } catch (error) {
    const failure = error instanceof Failed ? error.failure : error
    if (failure instanceof GatewayError && failure.code === 'SOURCE_CHANGED') return true
    throw error
  }
}

function keyOf({ dataset }: SourceRequest, column: string): string {
  return `${JSON.stringify(dataset.place)}\n${column}`
}
