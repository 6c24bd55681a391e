/** Which rows of a layer, which counts and which statistics does a question to the demo's ArcGIS mean? */

import { areaIn, pointOf } from './arcgis-area.ts'
import { describeTable, type LayerTable, largestPage, objectId } from './arcgis-table.ts'
import { layerCrs } from './layers.ts'
import { fieldNamed, list, type Parameters, translateWhere, WhereError, whole } from './where.ts'

type Values = Readonly<Record<string, string | number | null>>

export function askTable(table: LayerTable, parameters: Parameters): unknown {
  const where = conditionOf(table, parameters)
  const statistics = parameters.get('outStatistics')
  if (statistics) return askStatistics(table, parameters, where, statistics)
  // Ties by number, so that pages never overlap.
  const order = [...ordersIn(table.fields, parameters), `"${objectId}"`].join(', ')
  const rows = table.database.prepare(`select * from layer where ${where} order by ${order}`).all() as Values[]
  const area = areaIn(parameters)
  const found = area ? rows.filter(row => area.holds(pointOf(table, row, area.crs))) : rows
  if (parameters.get('returnCountOnly') === 'true') return { count: found.length }
  if (parameters.get('returnIdsOnly') === 'true') return { objectIdFieldName: objectId, objectIds: found.map(row => row[objectId]) }
  return features(table, parameters, found)
}

function features(table: LayerTable, parameters: Parameters, found: readonly Values[]) {
  const names = outFields(table, parameters)
  const picked = found.map(row => Object.fromEntries(names.map(name => [name, row[name] ?? null])))
  const distinct = parameters.get('returnDistinctValues') === 'true'
  const rows = distinct ? [...new Map(picked.map(row => [JSON.stringify(row), row])).values()] : picked
  const start = whole(parameters, 'resultOffset') ?? 0
  const count = Math.min(whole(parameters, 'resultRecordCount') ?? largestPage, largestPage)
  const crs = whole(parameters, 'outSR') ?? layerCrs
  const withGeometry = !distinct && parameters.get('returnGeometry') !== 'false'
  return {
    objectIdFieldName: objectId,
    geometryType: 'esriGeometryPoint',
    spatialReference: { wkid: crs, latestWkid: crs },
    fields: describeTable(table).fields.filter(({ name }) => names.includes(name)),
    features: rows.slice(start, start + count).map((attributes, at) => {
      if (!withGeometry) return { attributes }
      const [x, y] = pointOf(table, found[start + at]!, crs)
      return { attributes, geometry: { x, y } }
    }),
    ...(rows.length > start + count && { exceededTransferLimit: true }),
  }
}

function conditionOf({ fields }: LayerTable, parameters: Parameters): string {
  const ids = parameters.get('objectIds')
  if (ids !== undefined && !/^[\d,\s]*$/.test(ids)) throw new WhereError('objectIds are numbers')
  const where = parameters.get('where')
  if (where === undefined && ids === undefined && !parameters.has('geometry')) throw new WhereError('where is missing')
  const parts = [where && translateWhere(where, fields), ids && `"${objectId}" in (${ids})`]
  return (
    parts
      .filter(Boolean)
      .map(part => `(${part})`)
      .join(' and ') || '1 = 1'
  )
}

/** `NAME DESC, BAUJAHR` */
function ordersIn(fields: ReadonlySet<string>, parameters: Parameters): readonly string[] {
  return list(parameters.get('orderByFields')).map(part => {
    const [name = '', direction = 'ASC', ...more] = part.split(/\s+/)
    if (more.length > 0 || !/^(asc|desc)$/i.test(direction)) throw new WhereError('the direction is ASC or DESC')
    return `"${fieldNamed(name, fields)}" ${direction}`
  })
}

function outFields({ fields }: LayerTable, parameters: Parameters): readonly string[] {
  const wanted = parameters.get('outFields')
  if (wanted === '*') return [...fields]
  return wanted ? list(wanted).map(name => fieldNamed(name, fields)) : [objectId]
}

const functions: Readonly<Record<string, (column: string) => string>> = {
  count: column => `count(${column})`,
  sum: column => `sum(${column})`,
  min: column => `min(${column})`,
  max: column => `max(${column})`,
  avg: column => `avg(${column})`,
}

interface Statistic {
  readonly statisticType?: unknown
  readonly onStatisticField?: unknown
  readonly outStatisticFieldName?: unknown
}

function askStatistics({ database, fields }: LayerTable, parameters: Parameters, where: string, text: string): unknown {
  const columns = (JSON.parse(text) as Statistic[]).map(({ statisticType, onStatisticField, outStatisticFieldName }, at) => {
    const write = functions[String(statisticType).toLowerCase()]
    if (!write) throw new WhereError(`the statistic ${statisticType} is not offered`)
    const name = String(outStatisticFieldName ?? `${statisticType}_${at}`)
    if (!/^\w{1,60}$/.test(name)) throw new WhereError(`${name} is no name`)
    return `${write(`"${fieldNamed(String(onStatisticField), fields)}"`)} as "${name}"`
  })
  const groups = list(parameters.get('groupByFieldsForStatistics')).map(name => `"${fieldNamed(name, fields)}"`)
  const grouped = groups.length > 0 ? ` group by ${groups.join(', ')}` : ''
  const known = new Set([...fields, ...columns.map(column => /"(\w+)"$/.exec(column)![1]!)])
  const orders = ordersIn(known, parameters)
  const ordered = orders.length > 0 ? ` order by ${orders.join(', ')}` : ''
  const rows = database
    .prepare(`select ${[...groups, ...columns].join(', ')} from layer where ${where}${grouped}${ordered}`)
    .all() as Values[]
  return { fields: Object.keys(rows[0] ?? {}).map(name => ({ name, alias: name })), features: rows.map(attributes => ({ attributes })) }
}
