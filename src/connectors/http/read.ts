/** Which rows of a service can an answer be made of? */

import { type ConnectorServices, type ReadContext, type SourceRequest, type SourceSetting, sourceFailure } from '../../model/index.ts'
import { decodeText } from '../shared/charset.ts'
import { columnsNamed } from '../shared/columns.ts'
import { createFetch, hostOf } from '../shared/fetch.ts'
import type { Table } from '../shared/table.ts'
import { type Page, readPage } from './answer.ts'
import { type Equality, equalities, parametersOf } from './filters.ts'
import type { HttpConnection, HttpPlace, List } from './options.ts'
import { readList, type Service } from './pages.ts'
import { Proofs } from './proof.ts'
import { addressOf, headersOf, type Parameters } from './request.ts'
import { beside } from './tables.ts'

export interface Reader {
  /** All rows that a request may be about; what it asks of them is left to do. */
  readonly rowsFor: (request: SourceRequest, context: ReadContext) => Promise<Table>
  /** The first page of a place, joined lists included. */
  readonly firstRows: (place: HttpPlace, context: ReadContext) => Promise<Table>
  readonly close: () => void
}

export function openReader(source: SourceSetting<HttpConnection>, services: ConnectorServices): Reader {
  const { connection, limits } = source
  const fetch = createFetch({
    source: source.id,
    hosts: [hostOf(connection.url)],
    limits,
    call: services.call,
    received: services.received,
  })
  const proofs = new Proofs()

  const serviceFor = (place: HttpPlace, dataset: string, context: ReadContext): Service => ({
    address: (list, more) => addressOf(connection, list, more),
    page: async (list, address) => {
      context.signal.throwIfAborted()
      const answer = await fetch(address, { dataset, context, headers: headersOf(connection, place.format) })
      const { status, bytes } = answer
      if (status === 404 || status === 410) return undefined
      if (status >= 400) throw sourceFailure('SOURCE_ANSWER_INVALID', `${list.path}: status ${status}`)
      const text = place.encoding ? decodeText(bytes, `text/plain; charset=${place.encoding}`) : answer.text()
      const page: Page = await readPage(text, list, place, connection.namespaces ?? {})
      return { ...page, bytes: bytes.byteLength }
    },
    limitBytes: limits.bytes,
  })

  const rows = async (service: Service, place: HttpPlace, filters: Parameters, pages?: number): Promise<Table> => {
    const main = await readList(service, place, place.paging, filters, pages)
    if (!place.join || main.size === 0) return main
    const other: List = place.join
    return beside(main, await readList(service, other, undefined, {}), place.join)
  }

  const trusted = async (service: Service, place: HttpPlace, asked: readonly Equality[]): Promise<readonly Equality[]> => {
    const found: Equality[] = []
    for (const equality of asked) {
      const first = (filter: Parameters): Promise<Table> => readList(service, place, place.paging, filter, 1)
      if (await proofs.works(JSON.stringify(place), equality, first)) found.push(equality)
    }
    return found
  }

  return {
    async rowsFor(request, context) {
      const place = request.dataset.place as HttpPlace
      const service = serviceFor(place, request.dataset.id, context)
      const pushed = await trusted(service, place, equalities(request, place))
      if (pushed.length === 0) return rows(service, place, {})
      const part = await rows(service, place, parametersOf(pushed))
      // A few rows may all lack a value that the others have: only the whole list can tell that a column is gone.
      const missing = columnsNamed(request).some(({ column }) => part.names && !part.names.has(column))
      return missing ? rows(service, place, {}) : part
    },
    firstRows: (place, context) => rows(serviceFor(place, 'introspect', context), place, {}, 1),
    close: () => fetch.close(),
  }
}
