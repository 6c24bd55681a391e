/** Which field would each column make, and what should people know before they open it? */

import type { FieldType, ItemDescription, StoredColumn, Text } from '../../model/index.ts'
import { crsNames } from '../form/field.ts'
import { isColumn } from '../form/values.ts'
import { isGeometry, isNumber } from '../meaning/types.ts'
import { fill } from '../words/template.ts'
import { forms } from './mask.ts'
import { fieldNames } from './names.ts'
import { hintInValues } from './patterns.ts'
import { hintInName, type PersonalHint, stronger } from './personal.ts'
import { proposeByValues } from './values.ts'
import { draftWords } from './words.ts'

/** A field that could be; nothing is open because of it. */
export interface FieldProposal {
  readonly name: string
  readonly column: string
  readonly stored: string
  /** Absent when no type of field fits: then there is no entry either. */
  readonly type?: FieldType
  /** What stands behind the name in a dataset file. */
  readonly entry: Readonly<Record<string, unknown>>
  readonly personal?: PersonalHint
  /** false: filters and orders by it would read everything. */
  readonly indexed?: boolean
  /** Further things to know. */
  readonly notes: readonly Text[]
  /** Forms that values of the sample have, masked; empty without a sample. For the screen only. */
  readonly forms: readonly string[]
}

export interface ProposalWish {
  /** Kind of the source: the same word for a type may mean another thing. */
  readonly kind: string
  /** Zone of wall clocks. */
  readonly zone: string
  /** `2026-11-26` */
  readonly today: string
  /** Rows as `Introspector.sample` gives them, with the columns they were asked for. */
  readonly sample?: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] }
}

/** A proposal for each column, in the order of the source. Pure: the sample is looked at and forgotten. */
export function proposeFields(item: ItemDescription, wish: ProposalWish): readonly FieldProposal[] {
  const names = fieldNames(item.columns.map(({ column }) => column))
  return item.columns.map((column, at) => {
    const position = wish.sample?.columns.indexOf(column.column) ?? -1
    const values = position < 0 ? [] : (wish.sample?.rows ?? []).map(row => row[position] ?? null)
    const { name = column.column, wished } = names[at] ?? {}
    const proposal = propose(name, column, values, wish)
    return wished === undefined ? proposal : { ...proposal, notes: [...proposal.notes, fill(draftWords.renamed, { name: wished })] }
  })
}

/** More codes than this are no list that anybody reads before signing. */
const mostCodes = 60

function propose(
  name: string,
  column: StoredColumn,
  values: readonly (string | null)[],
  { kind, zone, today }: ProposalWish,
): FieldProposal {
  const codes = column.codes && Object.keys(column.codes).length <= mostCodes ? column.codes : undefined
  const stored = column.type === 'code' && !codes ? 'text' : column.type
  const seen = codes ? {} : proposeByValues(values, stored, column.column)
  const type = isColumn(column.column) ? (codes ? 'code' : (seen.type ?? stored)) : undefined
  const personal = stronger(hintInName(column.column), hintInValues(values, today))
  const unit = type && isNumber(type) ? (column.unit ?? seen.unit ?? unitIn(column.column)) : undefined
  const wallClock = type === 'datetime' && (seen.wallClock ?? (seen.written === undefined && isWallClock(column.stored, kind)))
  const crs = type && isGeometry(type) ? column.crs : undefined
  const knownCrs = crsNames.find(known => known === crs)
  const notes: readonly (Text | false | undefined)[] = [
    seen.why,
    column.codes && !codes && fill(draftWords.manyCodes, { count: Object.keys(column.codes).length }),
    crs !== undefined && !knownCrs && fill(draftWords.crsUnknown, { crs }),
  ]
  return {
    name,
    column: column.column,
    stored: column.stored,
    ...(type && { type }),
    entry: {
      column: column.column,
      ...(type && { type }),
      ...(codes && { codes }),
      ...(unit && { unit }),
      ...(wallClock && { zone }),
      ...(knownCrs && { crs: knownCrs }),
      ...(seen.written && { written: seen.written }),
      ...(column.title && { title: column.title }),
      ...(column.about && { about: column.about }),
    },
    ...(personal && { personal }),
    ...(column.indexed !== undefined && { indexed: column.indexed }),
    notes: notes.filter(note => note !== false && note !== undefined),
    forms: forms(values),
  }
}

/** A time without an offset, as databases call it. */
function isWallClock(stored: string, kind: string): boolean {
  if ((kind === 'mysql' || kind === 'mariadb') && /^timestamp/i.test(stored)) return false
  if (/with time zone|timestamptz|datetimeoffset|esri|TimeInstant|dateTime$/.test(stored)) return false
  return /^(timestamp|datetime|date|smalldatetime)/i.test(stored)
}

const units: Readonly<Record<string, string>> = {
  mm: 'mm',
  cm: 'cm',
  m: 'm',
  km: 'km',
  qm: 'm²',
  m2: 'm²',
  ha: 'ha',
  m3: 'm³',
  kg: 'kg',
  kw: 'kW',
  kwh: 'kWh',
  eur: 'EUR',
  euro: 'EUR',
  prozent: '%',
  proz: '%',
  grad: '°',
}

/** `HOEHE_CM` is in centimetres. */
function unitIn(column: string): string | undefined {
  const last = /[_ ]([a-z]+\d?)$/i.exec(column)?.[1]
  return last === undefined ? undefined : units[last.toLowerCase()]
}
