/** With which questions does a service prove what it can do? */

import {
  type BBox,
  type Cell,
  type Column,
  type Condition,
  type FieldType,
  GatewayError,
  type Geometry,
  type Scalar,
} from '../../model/index.ts'
import { boxOfArea } from '../geo/index.ts'
import { isScalar } from '../shared/compare.ts'
import type { Filter, ServerType } from './filter.ts'
import type { Skill } from './pushed.ts'

/** What makes two columns the same to a service and to us. */
export function signature(column: Column): string {
  return JSON.stringify([column.column, column.type, column.zone, column.written, 'crs' in column ? column.crs : undefined])
}

/**
 * Conditions that one of the cells is known to match; the first that can be asked is enough.
 *
 * @param cells of the column, in rows that the service has
 */
export function trials(column: Column, skill: Skill, cells: readonly Cell[]): readonly Condition[] {
  const values = [...new Set(cells.filter(isScalar))]
  switch (skill) {
    case 'eq':
      return values.map(value => ({ op: 'eq', column, value }))
    case 'range':
      return values.map(value => ({ op: 'and', of: [bound('gte', column, value), bound('lte', column, value)] }))
    case 'like':
      return values.flatMap(value => {
        const word = /[A-Za-z]{2,}/.exec(String(value))?.[0]
        return word ? [{ op: 'contains', column, value: otherCase(word) }] : []
      })
    case 'case':
      return values.flatMap(value =>
        /^[A-Za-z]/.test(String(value)) ? [{ op: 'eq', column, value: otherCase(String(value)) } as const] : [],
      )
    case 'isNull':
      return cells.includes(null) && values.length > 0 ? [{ op: 'isNull', column, value: true }] : []
    case 'bbox':
      return cells.flatMap(cell => (cell === null || isScalar(cell) ? [] : [{ op: 'bbox', column, box: around(cell) }]))
  }
}

/** What is believed when no row has a value to try it with: only what no service has been seen to get wrong. */
export function withoutProof(skill: Skill, type: ServerType): boolean {
  if (skill === 'eq') return type === 'text' || type === 'integer' || type === 'number'
  return skill === 'range' && (type === 'integer' || type === 'number')
}

/** A canary: a filter that no feature can match. A service that finds one does not read filters. */
export function impossible(key: readonly { readonly property: string; readonly type: ServerType }[]): Filter | undefined {
  for (const { property, type } of key) {
    if (type === 'text') return { op: 'eq', property, literal: 'stadttor-gibt-es-nicht', type }
    if (type === 'integer' || type === 'number') return { op: 'eq', property, literal: '-987654321', type }
  }
  return undefined
}

/** What a column is taken for when the service does not say. */
export function assumedType(type: FieldType): ServerType {
  switch (type) {
    case 'text':
    case 'code':
      return 'text'
    case 'int':
    case 'bigint':
      return 'integer'
    case 'decimal':
    case 'float':
      return 'number'
    case 'boolean':
    case 'date':
    case 'time':
      return type
    case 'datetime':
      return 'moment'
    default:
      return 'geometry'
  }
}

/** Whether the service's order of a column can be the one that is meant: numbers kept as text sort as text. */
export function isSortable(type: FieldType, server: ServerType): boolean {
  switch (type) {
    case 'text':
    case 'code':
      return server !== 'geometry' && server !== 'other'
    case 'int':
    case 'bigint':
    case 'decimal':
    case 'float':
      return server === 'integer' || server === 'number'
    case 'boolean':
      return server === 'boolean' || server === 'integer'
    case 'date':
    case 'datetime':
      return server === 'date' || server === 'moment'
    default:
      return type === 'time' && server === 'time'
  }
}

function bound(op: 'gte' | 'lte', column: Column, value: Scalar): Condition {
  return { op, column, value }
}

function otherCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
}

function around(geometry: Geometry): BBox {
  return boxOfArea(geometry) ?? [0, 0, 0, 0]
}

/** A service that answers a trial with an error cannot do it; a service that is down will say so to the next question as well. */
export async function unlessRefused<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const refused = error instanceof GatewayError && /^SOURCE_(ANSWER_INVALID|CHANGED|REFUSED|UNAVAILABLE)$/.test(error.code)
    if (!refused) throw error
    return otherwise
  }
}
