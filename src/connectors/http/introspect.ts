/** What do the rows of a web service hold, for those who write dataset files? */

import type { ConnectorServices, Introspector, RecognisedSource, SourceSetting } from '../../model/index.ts'
import { columnsSeen, rowsSeenOf } from '../shared/columns-seen.ts'
import { connection, type HttpConnection, type HttpPlace, place } from './options.ts'
import { openReader } from './read.ts'

/** Nothing lists what a service has: whoever writes the dataset file says where its rows stand, and is told what is in them. */
export function openIntrospector(source: SourceSetting<HttpConnection>, services: ConnectorServices): Introspector {
  const reader = openReader(source, services)
  return {
    list: async () => [],
    async describe(at, context) {
      const table = await reader.firstRows(at as HttpPlace, context)
      const { path } = at as HttpPlace
      // One page does not show what tells all rows apart, nor how many there are.
      return { name: path, what: 'collection', place: { ...at }, columns: columnsSeen(table), key: [] }
    },
    async sample(at, columns, limit, context) {
      return rowsSeenOf(await reader.firstRows(at as HttpPlace, context), columns, limit)
    },
    async close() {
      reader.close()
    },
  }
}

/** Parameters that may be a login; they are never taken over. */
const secret = /key|token|secret|pass|auth|sig/i

/** An address that ends in .json, .xml or .csv, or that of a table of CKAN or DKAN. */
export function recognise(pasted: string): RecognisedSource | undefined {
  const url = URL.parse(pasted.trim())
  const [, base = '', last = ''] = /^(.*)\/([^/]+)$/.exec(url?.pathname ?? '') ?? []
  const ckan = /^datastore_search$|^search\.json$/.test(last) && url?.searchParams.has('resource_id') === true
  const [, ending] = /\.(json|xml|csv)$/i.exec(last) ?? []
  if (!url || url.username || url.password || !(ckan || ending)) return undefined
  const pages = new Set(['limit', 'offset'])
  const query = [...url.searchParams].filter(([name]) => !secret.test(name) && !(ckan && pages.has(name)))
  const at = place.safeParse({
    path: decodeURIComponent(last),
    ...(query.length > 0 && { query: Object.fromEntries(query) }),
    ...(ckan
      ? { rows: 'result/records', paging: { by: 'offset', size: 1000, total: 'result/total' } }
      : ending && ending.toLowerCase() !== 'json' && { format: ending.toLowerCase(), ...(/xml/i.test(ending) && { rows: '*' }) }),
  })
  const to = connection.safeParse({ url: `${url.origin}${base}` })
  return at.success && to.success ? { kind: 'http', connection: { url: to.data.url }, place: { ...at.data } } : undefined
}
