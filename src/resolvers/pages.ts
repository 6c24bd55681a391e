/** How is every row read from a source that cannot stream? Page after page, and never more than one in memory. */

import { type Answer, type Connector, type ReadContext, type RowsRequest, type StreamRequest, sourceFailure } from '../model/index.ts'
import { readOrder } from './order.ts'
import { withColumns } from './view.ts'

const pageRows = 1_000

/**
 * The rows in the order of the key. Between two pages nothing is held at the source; what changes there meanwhile may be in the answer
 * or not, and what stays as it is comes exactly once where pages start after a row (`keyset`).
 *
 * @param pageMs one page may take so long; milliseconds
 * @throws GatewayError as `Connector.read` does; SOURCE_ANSWER_INVALID when the source gives the same page again
 */
export async function* pageByPage(
  connector: Connector,
  request: StreamRequest,
  { signal, deadline }: ReadContext,
  pageMs: number,
): AsyncGenerator<Answer> {
  const { dataset } = request
  const orderBy = readOrder(dataset, undefined)
  const columns = withColumns(
    request.columns,
    orderBy.map(({ column }) => column),
    dataset,
  )
  const byOffset = dataset.can.paging === 'offset'
  let asked: RowsRequest = { ...request, kind: 'rows', columns, orderBy, limit: pageRows }
  let [skip, last] = [0, '']
  for (;;) {
    const answer = await connector.read(asked, { signal, deadline: Math.min(deadline, Date.now() + pageMs) })
    const { rows } = answer
    yield { ...answer, rows: columns === request.columns ? rows : rows.map(row => row.slice(0, request.columns.length)) }
    if (rows.length < pageRows) return
    const after = orderBy.map(({ column }) => rows.at(-1)![columns.indexOf(column)] ?? null)
    skip += rows.length
    const place = JSON.stringify(after)
    if (place === last) throw sourceFailure('SOURCE_ANSWER_INVALID', `${dataset.id}: the source gives the same page again and again`)
    last = place
    asked = { ...asked, position: byOffset ? { skip } : { after } }
  }
}
