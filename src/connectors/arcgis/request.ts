/** With which parameters is a layer asked? */

import type { Order } from '../../model/index.ts'
import { esriArea, esriBox } from './geometry.ts'
import { fieldOf, type Layer } from './layer.ts'
import type { Spatial } from './where.ts'

/** Parameters of one call. */
export type Parameters = Readonly<Record<string, string>>

/** Which rows are meant, for every call about them. */
export interface Selection {
  readonly where?: string
  readonly spatial?: Spatial
}

/** What of them is wanted. */
export interface Wanted {
  /** Names of fields, in the layer's own spelling. */
  readonly fields: readonly string[]
  readonly geometry: boolean
}

export interface Page {
  readonly orderBy: readonly Order[]
  readonly skip: number
  readonly size: number
}

/** @see https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/ */
export function pageQuery(layer: Layer, selection: Selection, wanted: Wanted, { orderBy, skip, size }: Page): Parameters {
  return {
    ...selected(selection),
    ...shown(layer, wanted),
    orderByFields: orderText(layer, orderBy),
    resultOffset: String(skip),
    resultRecordCount: String(size),
  }
}

/** Rows by their numbers, for services that know no pages. */
export function rowsQuery(layer: Layer, wanted: Wanted, ids: readonly number[]): Parameters {
  return { ...shown(layer, wanted), objectIds: ids.join(',') }
}

/** The numbers of all rows; no limit of the service cuts them off. */
export function idsQuery(selection: Selection): Parameters {
  return { ...selected(selection), returnIdsOnly: 'true', returnGeometry: 'false' }
}

export function countQuery(selection: Selection): Parameters {
  return { ...selected(selection), returnCountOnly: 'true', returnGeometry: 'false' }
}

/** One number that the service works out. */
export interface Statistic {
  readonly function: 'count' | 'sum' | 'avg' | 'min' | 'max'
  readonly field: string
  /** What the answer calls it. */
  readonly as: string
}

export function statisticsQuery(selection: Selection, statistics: readonly Statistic[], groupBy: readonly string[]): Parameters {
  const asked = statistics.map(({ function: statisticType, field, as }) => ({
    statisticType,
    onStatisticField: field,
    outStatisticFieldName: as,
  }))
  return {
    ...selected(selection),
    returnGeometry: 'false',
    outStatistics: JSON.stringify(asked),
    ...(groupBy.length > 0 && { groupByFieldsForStatistics: groupBy.join(',') }),
  }
}

/** A filter that no row passes: a service that finds some ignores filters. */
export const canary: Parameters = countQuery({ where: '1=0' })

function selected({ where, spatial }: Selection): Parameters {
  const shape = spatial && ('box' in spatial ? esriBox(spatial.box) : esriArea(spatial.area))
  return { where: where ?? '1=1', ...shape }
}

function shown({ objectId }: Layer, { fields, geometry }: Wanted): Parameters {
  const names = new Set([...fields, ...(objectId === undefined ? [] : [objectId])])
  return {
    outFields: [...names].join(','),
    returnGeometry: String(geometry),
    ...(geometry && { outSR: '4326' }),
  }
}

function orderText(layer: Layer, orderBy: readonly Order[]): string {
  const orders = orderBy.map(({ column, direction }) => `${fieldOf(layer, column)?.name} ${direction === 'asc' ? 'ASC' : 'DESC'}`)
  return orders.length > 0 ? orders.join(',') : `${layer.objectId} ASC`
}
