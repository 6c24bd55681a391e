/** What may a dataset file say about one field, one relation, one row rule? */

import { z } from 'zod'
import { type Coarsen, fieldTypes } from '../../model/index.ts'
import { says, tell } from './rules.ts'
import { column, id, line, oneOrMore, text, zone } from './values.ts'
import { writtenForm } from './written.ts'

/** Coordinate systems the gateway can turn into WGS 84. */
export const crsNames = [
  'EPSG:25832',
  'EPSG:25833',
  'EPSG:4326',
  'EPSG:4258',
  'EPSG:3857',
  'EPSG:31466',
  'EPSG:31467',
  'EPSG:31468',
  'EPSG:31469',
  'EPSG:4647',
] as const

export const uses = ['read', 'filter', 'sort', 'group', 'aggregate'] as const

const type = z.enum(fieldTypes)

const periods = ['hour', 'day', 'week', 'month', 'year'] as const

const coarsen = z.strictObject({
  to: z
    .union([z.string(), z.number()])
    .transform((value, context): Coarsen => readCoarsen(value) ?? tell(context, 'COARSEN', {}))
    .describe(
      'hour, day, week, month or year for times; a distance such as 100 m for points; a number for numbers, in the unit that is served',
    ),
})

function readCoarsen(value: string | number): Coarsen | undefined {
  if (typeof value === 'number') return value > 0 ? { toMultipleOf: value } : undefined
  const period = periods.find(period => period === value)
  if (period) return { to: period }
  const distance = /^(\d{1,6}(?:\.\d{1,3})?) ?(m|km)$/.exec(value)
  const metres = distance ? Number(distance[1]) * (distance[2] === 'km' ? 1000 : 1) : 0
  return metres > 0 ? { toMetres: metres } : undefined
}

/** `0.01` → -2: a shift of the decimal point loses no digit. */
const scale = z.number().transform((value, context) => {
  const shift = Math.round(Math.log10(value))
  return Math.abs(shift) <= 18 && Number(`1e${shift}`) === value && shift !== 0 ? shift : tell(context, 'SCALE', {})
})

export const fieldForm = z.strictObject({
  column: column.describe('Column (SQL), property (GIS) or path (JSON) in the source; callers never see it'),
  type: type.describe('Type of the stored value'),
  title: text.optional().describe('Name as people read it'),
  about: text.optional().describe('What the values mean'),
  unit: line.optional().describe('Unit of the served value: m, µg/m³, Stellplätze'),
  scale: scale.optional().describe('Served value = stored value × scale; a power of ten'),
  codes: z
    .record(z.string(), text)
    .refine(codes => Object.keys(codes).length > 0, says('EMPTY_LIST'))
    .optional()
    .describe('For type code: stored code → label; a code without a label is served as null'),
  zone: zone.optional().describe('For datetime: the IANA zone of a wall clock; without it the value carries its own offset or is UTC'),
  crs: z.enum(crsNames).optional().describe('For geometries: the coordinate system of the stored value'),
  written: writtenForm.optional().describe('How the source writes the values, where it does not write them as usual'),
  coarsen: coarsen.optional().describe('Makes values less exact before anything is cached or served'),
  use: z.array(z.enum(uses)).min(1, says('EMPTY_LIST')).prefault(['read']).describe('What callers may do with the field'),
  audience: oneOrMore(id).optional().describe('Who may see the field; without it: whoever sees the dataset'),
  deprecated: text.optional().describe('Why the field should no longer be used, and what replaces it'),
})

export type FieldForm = z.output<typeof fieldForm>

/** A column for the engine: its name, or its name with its type. */
export const columnForm = z
  .union([
    column,
    z.strictObject({
      column: column.describe('Name of the column'),
      type: type.optional().describe('Its type; without it, that of a field over the same column, else text'),
      zone: zone.optional().describe('For datetime: the IANA zone of a wall clock'),
    }),
  ])
  .transform(value => (typeof value === 'string' ? { column: value } : value))

export type ColumnForm = z.output<typeof columnForm>

const scalar = z.union([z.string(), z.number(), z.boolean()])
/** null is let in here and refused later, with better words. */
const compared = z.union([z.string(), z.number(), z.boolean(), z.null()])
const list = z.array(compared).min(1, says('EMPTY_LIST')).max(1000, says('LIST_TOO_LONG'))

const comparisons = z.strictObject({
  eq: compared.optional().describe('Equal to'),
  ne: compared.optional().describe('Not equal to, and not missing'),
  lt: compared.optional().describe('Less than'),
  lte: compared.optional().describe('Less than or equal to'),
  gt: compared.optional().describe('Greater than'),
  gte: compared.optional().describe('Greater than or equal to'),
  in: list.optional().describe('One of'),
  notIn: list.optional().describe('None of, and not missing'),
  contains: scalar.optional().describe('Contains this text, whatever its capitals'),
  startsWith: scalar.optional().describe('Starts with this text, whatever its capitals'),
  isNull: z.boolean().optional().describe('true: the value is missing; false: it is there'),
  type: type.optional().describe('Type of the column, when no field declares it'),
  zone: zone.optional().describe('For datetime: the IANA zone of a wall clock'),
})

export const rowsForm = z.record(column, z.union([z.string(), z.number(), z.boolean(), z.null(), comparisons]))

export type RowsForm = z.output<typeof rowsForm>

const normalise = z.strictObject({
  trim: z.boolean().optional().describe('Drops blanks around the text'),
  upper: z.boolean().optional().describe('Capitals'),
  padStart: z.int().min(1, says('TOO_SMALL')).max(64, says('TOO_BIG')).optional().describe('Zeros on the left up to this length'),
  map: z.record(z.string(), z.string()).optional().describe('Left value → right value, after the other steps'),
})

export const relationForm = z.strictObject({
  to: id.describe('Id of the other dataset'),
  title: text.optional(),
  about: text.optional(),
  match: z
    .record(column, line)
    .refine(match => Object.keys(match).length > 0, says('EMPTY_LIST'))
    .describe('Column of this dataset: field, key or joinable column of the other'),
  normalise: normalise.optional().describe('How the values of the left side are made like those of the right'),
  many: z.boolean().prefault(false).describe('true: all rows that match; false: the first'),
})

export type RelationForm = z.output<typeof relationForm>
