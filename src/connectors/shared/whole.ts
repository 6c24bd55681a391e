/** How does a source answer that hands over whole tables only? All that is asked of their rows is done here. */

import {
  type Answer,
  type Capabilities,
  type Connector,
  localCapabilities,
  type ReadContext,
  type RowsRequest,
  type SourceRequest,
  type StreamRequest,
  sourceFailure,
} from '../../model/index.ts'
import { answerLocally } from './local.ts'
import { localRows, type Table } from './table.ts'

/** Over rows in memory there is nothing that could not be done. */
export const wholeCapabilities: Capabilities = { ...localCapabilities, paging: 'offset' }

export interface WholeTables {
  /**
   * Every row that a request may be about.
   *
   * @throws GatewayError as `Connector.read` does
   */
  read(request: SourceRequest, context: ReadContext): Promise<Table>
  close(): void
}

/** Rows of a stream that are handed over at once. */
const batchRows = 1_000

/** @param source id, for the log */
export function overWholeTables(source: string, tables: WholeTables): Connector {
  let closed = false
  const rowsOf = async (request: SourceRequest, context: ReadContext) => {
    const asOf = Date.now()
    const { rows, problems } = localRows(await tables.read(request, context), request)
    return { rows, rest: { asOf, ...(Object.keys(problems).length > 0 && { problems }) } }
  }
  const goOn = ({ signal, deadline }: ReadContext): void => {
    signal.throwIfAborted()
    if (Date.now() >= deadline) throw sourceFailure('SOURCE_TIMEOUT', 'the time of the request was up')
    if (closed) throw sourceFailure('SOURCE_UNAVAILABLE', `source ${source} is closed`)
  }

  return {
    capabilities: wholeCapabilities,
    async read(request, context) {
      const { rows, rest } = await rowsOf(request, context)
      return { rows: answerLocally(request, rows), ...rest }
    },
    /** The table is read once: pages of it would be read whole again, each. */
    async *stream(wanted: StreamRequest, context: ReadContext): AsyncGenerator<Answer> {
      const request: RowsRequest = { ...wanted, kind: 'rows', orderBy: [], limit: batchRows }
      const { rows, rest } = await rowsOf(request, context)
      // What could not be read is told once.
      yield { rows: answerLocally(request, rows.slice(0, batchRows)), ...rest }
      for (let at = batchRows; at < rows.length; at += batchRows) {
        goOn(context)
        const found = answerLocally(request, rows.slice(at, at + batchRows))
        if (found.length > 0) yield { rows: found, asOf: rest.asOf }
      }
    },
    async close() {
      closed = true
      tables.close()
    },
  }
}
