/** What would leave the house for a dataset? The canonical description that a data-protection officer signs. */

import { z } from 'zod'
import { fieldTypes, type Text, type Written } from '../../model/index.ts'
import { type Audiences, writtenAudiences } from '../audiences.ts'
import type { Draft, DraftColumn, DraftField, DraftRelation } from '../draft.ts'
import { uses } from '../form/field.ts'

const words = z.strictObject({ de: z.string(), en: z.string() })
const scalar = z.union([z.string(), z.number(), z.boolean()])
const column = z.strictObject({ column: z.string(), type: z.enum(fieldTypes), zone: z.string().optional() })
const operators = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn', 'contains', 'startsWith', 'isNull'] as const

const written = z.strictObject({
  trim: z.boolean().optional(),
  missing: z.array(z.string()).optional(),
  true: z.array(z.string()).optional(),
  false: z.array(z.string()).optional(),
  decimal: z.enum(['.', ',']).optional(),
  group: z.string().optional(),
  around: z.string().optional(),
  format: z.string().optional(),
  epoch: z.enum(['s', 'ms']).optional(),
})

const field = z.strictObject({
  column: z.string(),
  type: z.enum(fieldTypes),
  zone: z.string().optional(),
  crs: z.string().optional(),
  shift: z.int().optional().describe('Decimal places the stored value is moved by'),
  codes: z.record(z.string(), words).optional(),
  written: written.optional().describe('How the source writes the values'),
  coarsen: z
    .union([
      z.strictObject({ to: z.enum(['hour', 'day', 'week', 'month', 'year']) }),
      z.strictObject({ toMetres: z.number() }),
      z.strictObject({ toMultipleOf: z.number() }),
    ])
    .optional(),
  audiences: z.array(z.string()),
  use: z.array(z.enum(uses)),
})

const relation = z.strictObject({
  to: z.string(),
  match: z.array(
    z.strictObject({ left: column, right: z.union([z.strictObject({ field: z.string() }), z.strictObject({ column: z.string() })]) }),
  ),
  normalise: z
    .strictObject({
      trim: z.boolean().optional(),
      upper: z.boolean().optional(),
      padStart: z.int().optional(),
      map: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  many: z.boolean(),
})

/** Form of an exposure, as stored in `approvals.yml`. */
export const exposureForm = z.strictObject({
  dataset: z.string(),
  source: z.strictObject({ id: z.string(), kind: z.string(), place: z.record(z.string(), z.unknown()) }),
  key: z.array(column),
  joinable: z.array(column),
  rows: z.array(
    z.strictObject({
      column: z.string(),
      type: z.enum(fieldTypes),
      zone: z.string().optional(),
      op: z.enum(operators),
      value: z.union([scalar, z.array(scalar)]),
    }),
  ),
  audiences: z.array(z.string()),
  listed: z.boolean(),
  fields: z.record(z.string(), field),
  relations: z.record(z.string(), relation),
})

/**
 * Everything that decides what leaves the house for one dataset, and nothing else: titles, descriptions, units, licence and times of
 * keeping are not in it. Lists whose order means nothing are sorted.
 */
export type Exposure = DeepReadonly<z.output<typeof exposureForm>>
export type FieldExposure = Exposure['fields'][string]
export type RelationExposure = Exposure['relations'][string]
export type ColumnExposure = Exposure['key'][number]

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T

/** The exposure a dataset file wishes for. */
export function exposureOf(draft: Draft, audiences: Audiences): Exposure {
  const seen = (written: readonly string[]) => writtenAudiences(written, audiences)
  return {
    dataset: draft.id,
    source: { id: draft.source.id, kind: draft.source.kind, place: draft.placeAsWritten },
    key: draft.key.map(columnExposure),
    joinable: draft.joinable.map(columnExposure).sort(byColumn),
    rows: draft.rows.map(({ op, value, ...column }) => ({ ...columnExposure(column), op, value })).sort(byColumn),
    audiences: seen(draft.audiences),
    listed: draft.listed,
    fields: sorted(draft.fields.map(field => [field.name, fieldExposure(field, seen(field.audiences))])),
    relations: sorted(draft.relations.map(relation => [relation.name, relationExposure(relation)])),
  }
}

function columnExposure({ column, type, zone }: DraftColumn): ColumnExposure {
  return { column, type, ...(zone && { zone }) }
}

function fieldExposure(field: DraftField, audiences: readonly string[]): FieldExposure {
  return {
    ...columnExposure(field),
    ...(field.crs && { crs: field.crs }),
    ...(field.shift && { shift: field.shift }),
    ...(field.codes && { codes: sorted(Object.entries<Text>(field.codes)) }),
    ...(field.written && { written: writtenExposure(field.written) }),
    ...(field.coarsen && { coarsen: field.coarsen }),
    audiences,
    use: uses.filter(use => field.use.has(use)),
  }
}

/** Words in no order: which one comes first decides nothing. */
function writtenExposure(written: Written): NonNullable<FieldExposure['written']> {
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, Array.isArray(value) ? [...value].sort() : value]))
}

function relationExposure({ to, match, normalise, many }: DraftRelation): RelationExposure {
  return {
    to,
    match: match.map(({ left, right }) => ({ left: columnExposure(left), right })).sort((a, b) => byColumn(a.left, b.left)),
    ...(normalise && { normalise }),
    many,
  }
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function byColumn(a: { readonly column: string }, b: { readonly column: string }): number {
  return a.column < b.column ? -1 : a.column > b.column ? 1 : 0
}
