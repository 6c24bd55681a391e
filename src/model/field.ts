/** What is a field, and which columns may a request name? */

import type { Text } from './text.ts'
import type { Written } from './written.ts'

declare const signedOff: unique symbol
declare const engineOnly: unique symbol

/** What may be done with a field. `filter`, `sort`, `group` and `aggregate` are granted one by one. */
export type Use = 'read' | 'filter' | 'sort' | 'group' | 'aggregate'

export const geometryTypes = ['point', 'line', 'polygon', 'geometry'] as const
export const fieldTypes = [
  'text',
  'code',
  'int',
  'bigint',
  'decimal',
  'float',
  'boolean',
  'date',
  'time',
  'datetime',
  ...geometryTypes,
] as const

/** The declared type of a field; see `Cell` for the form its values take. */
export type FieldType = (typeof fieldTypes)[number]
export type GeometryType = (typeof geometryTypes)[number]

/** Makes values less exact before anything is cached or served. */
export type Coarsen =
  /** Keeps the start of the period: month of 2026-05-17 is 2026-05-01. Weeks start on Monday (ISO 8601). */
  | { readonly to: 'hour' | 'day' | 'week' | 'month' | 'year' }
  /** Snaps a point to the centre of its cell in a square grid of so many metres, laid over the source's own or UTM 32N coordinates. */
  | { readonly toMetres: number }
  /** Rounds a number to the nearest multiple, halves away from zero. */
  | { readonly toMultipleOf: number }

/** One released property, as configured: how it is called, where it is found, what it means. */
export interface Field {
  /** GraphQL name: ASCII, lowerCamelCase. */
  readonly name: string
  /** Where the source keeps it: a column (SQL, CSV), a property (GIS), a path (JSON). Never shown to a caller. */
  readonly column: string
  readonly type: FieldType
  readonly title: Text
  readonly about?: Text
  /** Unit of the served value, UCUM or plain words: `m`, `µg/m³`, `Stellplätze`. */
  readonly unit?: string
  /** Served value = stored value × 10^shift; `scale: 0.01` in YAML is shift -2. Exact, in decimal digits. */
  readonly shift?: number
  /** For `type: code`: stored code → label. A code without a label is served as null. */
  readonly codes?: Readonly<Record<string, Text>>
  /** IANA zone of a wall-clock column. Absent: the stored value carries its own offset, or is UTC. */
  readonly zone?: string
  /** Coordinate reference system of the stored geometry, such as `EPSG:25832`. Absent: what the source says of itself. */
  readonly crs?: string
  /** How the source writes the values, where it is not as usual. */
  readonly written?: Written
  readonly coarsen?: Coarsen
  readonly use: ReadonlySet<Use>
  readonly deprecated?: Text
}

/** A field that department and data-protection officer have both released. Only `config/policy.ts` makes one. */
export type OpenField = Field & { readonly [signedOff]: true }

/** A column that statements may use but callers can never name: keys, relation columns, row rules. Only `config/policy.ts` makes one. */
export interface EngineColumn {
  readonly column: string
  readonly type: FieldType
  readonly zone?: string
  /** Keys, relations and row rules compare what is stored. */
  readonly written?: never
  readonly [engineOnly]: true
}

/** Anything a request may name. */
export type Column = OpenField | EngineColumn
