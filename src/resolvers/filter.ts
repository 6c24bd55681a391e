/** What a caller's `filter` means as a condition on the source's columns. */

import {
  type BBox,
  type Condition,
  canonicalDecimal,
  type Dataset,
  type Geometry,
  type OpenField,
  type Operator,
  type Position,
  type Scalar,
  shiftDecimal,
} from '../model/index.ts'
import { enumName, filterFields } from '../schema/index.ts'
import { refuse } from './refuse.ts'

/** A filter as GraphQL hands it over: checked against the input types, nothing else. */
export type FilterInput = Readonly<Record<string, unknown>>

/** What is left of a filter: a condition, everything, or nothing (then no source is asked). */
export type Filtered = Condition | 'all' | 'none'

/** Conditions in one filter; far more than people write, and few enough for any source's parser. */
const conditionsAtMost = 100
/** `and`, `or` and `not` within one another. */
const depthAtMost = 20

/**
 * @param valuesAtMost values in all lists of the filter together
 * @throws GatewayError BAD_USER_INPUT for nulls, impossible boxes, unknown labels and filters that are too large
 */
export function readFilter(dataset: Dataset, input: FilterInput | null | undefined, valuesAtMost: number): Filtered {
  if (input === undefined || input === null) return 'all'
  const fields = new Map(filterFields(dataset).map(field => [field.name, field]))
  const budget = { conditions: conditionsAtMost, values: valuesAtMost, valuesAtMost }
  return readGroup(fields, input, budget)
}

interface Budget {
  conditions: number
  values: number
  readonly valuesAtMost: number
}

type Fields = ReadonlyMap<string, OpenField>

/**
 * @param negated the conditions stand below an odd number of `not`. They are carried down to the single ones (SQL's three values allow
 *   it): only there can a code without a label be told from a code with another one
 */
function readGroup(fields: Fields, input: FilterInput, budget: Budget, negated = false, depth = 0): Filtered {
  if (depth > depthAtMost)
    throw tooMuch({
      de: `Bedingungen dürfen höchstens ${depthAtMost}-mal ineinander stehen.`,
      en: `Conditions may stand within one another ${depthAtMost} times at most.`,
    })
  const parts = Object.entries(input).map(([name, value]) => {
    if (value === null) throw badNull(name)
    const field = fields.get(name)
    if (field) return readField(field, value as FilterInput, budget, negated)
    if (name === 'not') return readGroup(fields, value as FilterInput, budget, !negated, depth + 1)
    const of = (value as FilterInput[]).map(part => readGroup(fields, part, budget, negated, depth + 1))
    return (name === 'and') !== negated ? allOf(of) : anyOf(of)
  })
  return negated ? anyOf(parts) : allOf(parts)
}

function readField(field: OpenField, input: FilterInput, budget: Budget, negated: boolean): Filtered {
  const parts = Object.entries(input).map(([operator, value]) => {
    if (value === null) throw badNull(`${field.name}.${operator}`)
    budget.conditions -= 1
    if (budget.conditions < 0)
      throw tooMuch({
        de: `Ein Filter darf höchstens ${conditionsAtMost} Bedingungen haben.`,
        en: `A filter may have at most ${conditionsAtMost} conditions.`,
      })
    if (field.codes) return readCode(field, field.codes, operator as Operator, value, negated, budget)
    const condition = readOperator(field, operator as Operator, value, budget)
    return negated ? notOf(condition) : condition
  })
  return negated ? anyOf(parts) : allOf(parts)
}

/**
 * A condition on labels as one on codes. A code without a label is served as missing, and so no condition may tell it from a missing
 * value: "not this" means any other code that has a label.
 */
function readCode(
  column: OpenField,
  codes: NonNullable<OpenField['codes']>,
  op: Operator,
  value: unknown,
  negated: boolean,
  budget: Budget,
): Filtered {
  const labelled = Object.keys(codes)
  if (op === 'isNull') {
    if ((value === true) === negated) return { op: 'in', column, values: labelled }
    return unlabelled(column, labelled)
  }
  const list = op === 'in' || op === 'notIn' ? readList(column, op, value, budget) : [value]
  if (list.length === 0) return (op === 'in') === negated ? 'all' : 'none'
  const meant = new Set<Scalar>(list.flatMap(label => stored(column, label)))
  const wanted = (op === 'eq' || op === 'in') !== negated
  const values = labelled.filter(code => meant.has(code) === wanted)
  return values.length === 1 ? { op: 'eq', column, value: values[0]! } : membership(column, 'in', values)
}

/** Rows whose code is served as missing. */
export function unlabelled(column: OpenField, labelled: readonly string[]): Condition {
  return {
    op: 'or',
    of: [
      { op: 'isNull', column, value: true },
      { op: 'notIn', column, values: labelled },
    ],
  }
}

function readList(column: OpenField, op: Operator, value: unknown, budget: Budget): readonly unknown[] {
  const list = value as unknown[]
  if (list.includes(null)) throw badNull(`${column.name}.${op}`)
  budget.values -= list.length
  if (budget.values < 0)
    throw tooMuch({
      de: `Ein Filter darf höchstens ${budget.valuesAtMost} Werte aufzählen.`,
      en: `A filter may list at most ${budget.valuesAtMost} values.`,
    })
  return list
}

function readOperator(column: OpenField, op: Operator, value: unknown, budget: Budget): Filtered {
  switch (op) {
    case 'isNull':
      return { op, column, value: value === true }
    case 'contains':
    case 'startsWith':
      return { op, column, value: text(String(value)) }
    case 'bbox':
      return { op, column, box: readBox(value as Record<'west' | 'south' | 'east' | 'north', number>) }
    case 'within':
      return { op, column, area: readArea(value as Geometry) }
    case 'near':
      return { op, column, ...readNear(value as Record<'longitude' | 'latitude' | 'metres', number>) }
    case 'in':
    case 'notIn':
      return membership(
        column,
        op,
        readList(column, op, value, budget).flatMap(entry => stored(column, entry)),
      )
    default:
      return { op, column, value: stored(column, value)[0]! }
  }
}

function membership(column: OpenField, op: 'in' | 'notIn', values: readonly Scalar[]): Filtered {
  if (values.length > 0) return { op, column, values: [...new Set(values)] }
  return op === 'in' ? 'none' : 'all'
}

/** The stored values that are served as this value: several when codes share a label. */
function stored(field: OpenField, value: unknown): readonly Scalar[] {
  if (field.codes) {
    const codes = Object.entries(field.codes).filter(([, label]) => label.de === value || label.en === value)
    if (codes.length > 0) return codes.map(([code]) => code)
    throw refuse(
      'BAD_USER_INPUT',
      { de: `„${field.name}“ hat diesen Wert nie.`, en: `"${field.name}" never has this value.` },
      {
        de: `Möglich: ${Object.values(field.codes)
          .map(label => label.de)
          .join(', ')}`,
        en: `Possible: ${Object.values(field.codes)
          .map(label => label.en)
          .join(', ')}`,
      },
    )
  }
  if (field.shift) return [unshift(field, String(value), field.shift)]
  return [typeof value === 'string' ? text(value) : (value as Scalar)]
}

function unshift(field: OpenField, value: string, shift: number): Scalar {
  const number = shiftDecimal(canonicalDecimal(value) ?? '0', -shift)
  if (field.type === 'decimal' || field.type === 'float') return field.type === 'float' ? Number(number) : number
  if (number.includes('.')) {
    throw refuse('BAD_USER_INPUT', {
      de: `„${field.name}“ hat nur ${-shift} Nachkommastellen.`,
      en: `"${field.name}" has ${-shift} decimal places only.`,
    })
  }
  return field.type === 'int' ? Number(number) : number
}

function text(value: string): string {
  if (value.length > 1000)
    throw tooMuch({
      de: 'Ein Text im Filter darf höchstens 1.000 Zeichen haben.',
      en: 'A text in a filter may have at most 1,000 characters.',
    })
  if (value.includes('\0'))
    throw refuse('BAD_USER_INPUT', {
      de: 'Ein Text im Filter darf kein Nullzeichen enthalten.',
      en: 'A text in a filter may not contain the character NUL.',
    })
  return value.isWellFormed() ? value : value.toWellFormed()
}

function readBox({ west, south, east, north }: Record<'west' | 'south' | 'east' | 'north', number>): BBox {
  const possible = west >= -180 && east <= 180 && south >= -90 && north <= 90 && west <= east && south <= north
  if (!possible) {
    throw refuse(
      'BAD_USER_INPUT',
      { de: 'Diese Box gibt es auf der Erde nicht.', en: 'There is no such box on Earth.' },
      {
        de: 'west ≤ east zwischen -180 und 180, south ≤ north zwischen -90 und 90, in Grad.',
        en: 'west ≤ east between -180 and 180, south ≤ north between -90 and 90, in degrees.',
      },
    )
  }
  return [west, south, east, north]
}

function readNear({ longitude, latitude, metres }: Record<'longitude' | 'latitude' | 'metres', number>) {
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90))
    throw refuse('BAD_USER_INPUT', { de: 'Diesen Ort gibt es auf der Erde nicht.', en: 'There is no such place on Earth.' })
  if (!(metres > 0 && metres <= 100_000))
    throw refuse('BAD_USER_INPUT', {
      de: '„metres“ muss größer als 0 und höchstens 100.000 sein.',
      en: '"metres" must be more than 0 and at most 100,000.',
    })
  return { longitude, latitude, metres }
}

function readArea(area: Geometry): Geometry {
  if (area.type !== 'Polygon' && area.type !== 'MultiPolygon') {
    throw refuse('BAD_USER_INPUT', {
      de: '„within“ braucht ein Polygon oder MultiPolygon.',
      en: '"within" needs a Polygon or MultiPolygon.',
    })
  }
  const numbers = (area.coordinates as readonly unknown[]).flat(4) as unknown[]
  if (numbers.length > 4000)
    throw tooMuch({ de: 'Die Fläche darf höchstens 2.000 Punkte haben.', en: 'The area may have at most 2,000 points.' })
  const polygons: readonly (readonly (readonly Position[])[])[] = area.type === 'MultiPolygon' ? area.coordinates : [area.coordinates]
  const rings = polygons.flat()
  const sound =
    rings.length > 0 &&
    rings.every(ring => ring.length >= 4 && ring.every(([x, y]) => Math.abs(x ?? Number.NaN) <= 180 && Math.abs(y ?? Number.NaN) <= 90))
  const closed = rings.every(ring => ring[0]?.[0] === ring.at(-1)?.[0] && ring[0]?.[1] === ring.at(-1)?.[1])
  if (!sound || !closed) {
    throw refuse(
      'BAD_USER_INPUT',
      { de: 'Diese Fläche ist kein gültiges GeoJSON-Polygon.', en: 'This area is no valid GeoJSON polygon.' },
      {
        de: 'Ringe haben mindestens vier Punkte [Länge, Breite] und enden, wo sie beginnen.',
        en: 'Rings have at least four points [longitude, latitude] and end where they start.',
      },
    )
  }
  return area
}

function allOf(parts: readonly Filtered[]): Filtered {
  const of = parts.filter(part => part !== 'all')
  if (of.includes('none')) return 'none'
  return of.length === 0 ? 'all' : of.length === 1 ? of[0]! : { op: 'and', of: of as Condition[] }
}

function anyOf(parts: readonly Filtered[]): Filtered {
  const of = parts.filter(part => part !== 'none')
  if (of.includes('all')) return 'all'
  return of.length === 0 ? 'none' : of.length === 1 ? of[0]! : { op: 'or', of: of as Condition[] }
}

function notOf(part: Filtered): Filtered {
  return part === 'all' ? 'none' : part === 'none' ? 'all' : { op: 'not', of: part }
}

function badNull(path: string) {
  return refuse(
    'BAD_USER_INPUT',
    { de: `Der Filter „${path}“ ist null.`, en: `The filter "${path}" is null.` },
    {
      de: 'Fehlende Werte findet „isNull: true“; was nicht filtern soll, bitte weglassen.',
      en: '"isNull: true" finds missing values; leave out what shall not filter.',
    },
  )
}

function tooMuch(message: { de: string; en: string }) {
  return refuse('QUERY_TOO_EXPENSIVE', message)
}

/** The field an enum value of `groupBy` stands for; GraphQL lets no other value through. */
export function groupedField(dataset: Dataset, value: string): OpenField {
  const field = dataset.fields.find(candidate => candidate.use.has('group') && enumName(candidate.name) === value)
  if (!field) throw new Error(`${value} is no group of ${dataset.id}`)
  return field
}
