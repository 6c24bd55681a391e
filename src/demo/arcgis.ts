/** What does the city's ArcGIS answer? A small FeatureServer, so that the demo asks such a service over HTTP. */

import { askTable } from './arcgis-query.ts'
import { describeTable, type LayerTable, openTable, version } from './arcgis-table.ts'
import { type Asked, type Reply, type Service, serve } from './http.ts'
import type { Layer } from './layers.ts'
import { type Parameters, WhereError } from './where.ts'

const root = '/arcgis/rest/services/Stadtgruen/FeatureServer'

/**
 * Point layers under `/arcgis/rest/services/Stadtgruen/FeatureServer/<number>`: description, and `query` with where, objectIds,
 * an envelope, fields, order, pages, counts, distinct values and statistics. Errors come with HTTP 200, as they do from ArcGIS.
 */
export async function startArcgis(layers: readonly Layer[]): Promise<Service> {
  const tables = layers.map(openTable)
  const service = await serve(asked => answer(asked, tables))
  return {
    url: `${service.url}${root}`,
    async stop() {
      await service.stop()
      for (const { database } of tables) database.close()
    },
  }
}

function answer({ method, path, query, body }: Asked, tables: readonly LayerTable[]): Reply {
  const parameters: Parameters = new Map([...query, ...(method === 'POST' ? new URLSearchParams(body) : [])])
  const place = path.startsWith(root) ? path.slice(root.length).split('/').filter(Boolean) : undefined
  if (!place) return { status: 404, type: 'text/plain', body: 'not found' }
  try {
    return json(resource(place, parameters, tables))
  } catch (error) {
    const message = error instanceof WhereError ? `Unable to complete operation: ${error.message}` : 'Unable to complete operation.'
    return json({ error: { code: 400, message, details: [] } })
  }
}

function json(value: unknown): Reply {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) }
}

function resource([number, operation, ...more]: readonly string[], parameters: Parameters, tables: readonly LayerTable[]): unknown {
  if (number === undefined)
    return { currentVersion: version, capabilities: 'Query', layers: tables.map(({ layer }, id) => ({ id, name: layer.name })) }
  const table = tables.find(table => String(table.number) === number)
  if (!table || more.length > 0) throw new WhereError('there is no such layer')
  if (operation === undefined) return describeTable(table)
  if (operation !== 'query') throw new WhereError(`${operation} is not offered`)
  if ((parameters.get('f') ?? 'json') !== 'json') throw new WhereError('only f=json is offered')
  return askTable(table, parameters)
}
