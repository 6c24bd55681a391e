/** Who may know what? The only place where fields become open: configuration ∩ approval, for each audience. */

import type { ClosedDataset, Column, Condition, Dataset, EngineColumn, Field, Model, OpenField, Relation } from '../model/index.ts'
import type { Audiences } from './audiences.ts'
import type { Draft, DraftColumn, DraftRelation, DraftRight, DraftRule } from './draft.ts'
import { type Approval, approvalState } from './exposure/approval.ts'
import { checksum } from './exposure/canonical.ts'
import type { Exposure } from './exposure/exposure.ts'
import { datasetOpenTo, fieldOpenTo, type Released, type ReleasedField, release } from './exposure/released.ts'
import { sourceIdentity } from './identity.ts'
import { type Notice, notice } from './notices.ts'

export interface PolicyInput {
  readonly drafts: readonly Draft[]
  /** By dataset: what the configuration wishes. */
  readonly exposures: ReadonlyMap<string, Exposure>
  readonly approvals: ReadonlyMap<string, Approval>
  readonly audiences: Audiences
  readonly sources: ReadonlyMap<string, { readonly kind: string; readonly connection: unknown }>
  /** Calendar date in the city's zone. */
  readonly today: string
  /** true: every wish counts as approved. */
  readonly unapproved: boolean
}

/** One model per audience, and what to tell about whatever stayed closed. */
export function makeModels(input: PolicyInput): { readonly models: ReadonlyMap<string, Model>; readonly notices: readonly Notice[] } {
  const decided = input.drafts.map(draft => decide(draft, input))
  const released = new Map(decided.flatMap(({ released }) => (released ? [[released.draft.id, released]] : [])))
  const models = new Map([...input.audiences.keys()].map(audience => [audience, modelFor(audience, released, input)]))
  const known = new Set(input.drafts.map(({ id }) => id))
  const orphans = [...input.approvals.keys()].filter(id => !known.has(id)).map(dataset => notice('APPROVAL_ORPHANED', { dataset }))
  return { models, notices: [...decided.flatMap(({ notices }) => notices), ...orphans] }
}

/** Days before its end on which an approval is spoken of. */
const soonDays = 30

function decide(draft: Draft, { exposures, approvals, today, unapproved }: PolicyInput): ReturnType<typeof release> {
  const dataset = draft.id
  const wished = exposures.get(dataset)
  const approval = approvals.get(dataset)
  if (!wished) throw new Error('every draft has its exposure')
  if (unapproved) return release(draft, wished, wished)
  if (!approval) return { notices: [notice('NOT_APPROVED', { dataset })] }
  switch (approvalState(approval, today)) {
    case 'void':
      return { notices: [notice('APPROVAL_VOID', { dataset })] }
    case 'notYet':
      return { notices: [notice('APPROVAL_NOT_YET_VALID', { dataset, date: approval.on })] }
    case 'expired':
      return { notices: [notice('APPROVAL_EXPIRED', { dataset, date: approval.until ?? '' })] }
    case 'valid': {
      const { released, notices } = release(draft, wished, approval.exposure)
      const soon = approval.until !== undefined && Date.parse(approval.until) - Date.parse(today) <= soonDays * 86_400_000
      const ends = soon ? [notice('APPROVAL_EXPIRES_SOON', { dataset, date: approval.until })] : []
      return { ...(released && { released }), notices: [...notices, ...ends] }
    }
  }
}

function modelFor(audience: string, released: ReadonlyMap<string, Released>, input: PolicyInput): Model {
  const open = new Map<string, Opened>()
  for (const [id, one] of released) {
    const opened = openFor(audience, one, input.audiences)
    if (opened) open.set(id, opened)
  }
  const datasets = new Map([...open].map(([id, opened]) => [id, datasetOf(opened, open, input)]))
  const closed = input.drafts
    .filter(({ id }) => !open.has(id))
    .flatMap(draft => closedOf(draft, released.get(draft.id), input.audiences) ?? [])
  const hash = checksum([audience, [...datasets.values()].map(({ hash }) => hash), closed]).slice(7, 39)
  return { audience, datasets, closed, hash }
}

/** A dataset that an audience sees something of, with the columns its requests may name. */
interface Opened {
  readonly released: Released
  readonly fields: readonly OpenField[]
  readonly key: readonly EngineColumn[]
  readonly joinable: readonly EngineColumn[]
}

function openFor(audience: string, released: Released, audiences: Audiences): Opened | undefined {
  if (!datasetOpenTo(audience, released, audiences)) return undefined
  const fields = released.fields.filter(field => fieldOpenTo(audience, field, audiences)).map(openField)
  if (fields.length === 0) return undefined
  return { released, fields, key: released.draft.key.map(engineColumn), joinable: released.joinable.map(engineColumn) }
}

/** What an audience may know of a field, and what it may do with it: both keys have to agree. Nothing is copied that is not named here. */
function openField({ field, approved }: ReleasedField): OpenField {
  const known = pick(field, [
    'name',
    'column',
    'type',
    'title',
    'about',
    'unit',
    'shift',
    'codes',
    'zone',
    'crs',
    'written',
    'coarsen',
    'deprecated',
  ])
  const open: Field = { ...known, use: new Set([...field.use].filter(use => approved.use.includes(use))) }
  return open as OpenField
}

function engineColumn({ column, type, zone }: DraftColumn): EngineColumn {
  return { column, type, ...(zone && { zone }) } as EngineColumn
}

/** Nothing is copied from the draft that is not named here. */
function datasetOf(opened: Opened, open: ReadonlyMap<string, Opened>, input: PolicyInput): Dataset {
  const { draft } = opened.released
  const rowRule = ruleOf(draft.rows)
  const dataset = {
    ...pick(draft, [
      'id',
      'title',
      'about',
      'owner',
      'licence',
      'attribution',
      'themes',
      'updated',
      'names',
      'source',
      'place',
      'can',
      'small',
    ]),
    key: opened.key,
    ...(rowRule && { rowRule }),
    fields: opened.fields,
    relations: opened.released.relations.flatMap(relation => relationOf(relation, opened, open) ?? []),
    ...pick(draft, ['freshForSeconds', 'staleForSeconds']),
  }
  const source = input.sources.get(draft.source.id)
  return { ...dataset, hash: checksum([dataset, source && sourceIdentity(source.connection)]).slice(7, 39) }
}

function ruleOf(rules: readonly DraftRule[]): Condition | undefined {
  const conditions = rules.map(conditionOf)
  return conditions.length > 1 ? { op: 'and', of: conditions } : conditions[0]
}

function conditionOf(rule: DraftRule): Condition {
  const column = engineColumn(rule)
  const { op, value } = rule
  if (op === 'in' || op === 'notIn') return { op, column, values: Array.isArray(value) ? value : [value as string] }
  if (op === 'isNull') return { op, column, value: value === true }
  if (op === 'contains' || op === 'startsWith') return { op, column, value: String(value) }
  return { op, column, value: value as string | number | boolean }
}

/** A relation is there for an audience only when both its ends are. */
function relationOf(relation: DraftRelation, from: Opened, open: ReadonlyMap<string, Opened>): Relation | undefined {
  const to = open.get(relation.to)
  if (!to) return undefined
  const match = relation.match.map(({ left, right }) => ({ left: leftColumn(left, from), right: rightColumn(right, to) }))
  const whole = match.filter((pair): pair is { left: Column; right: Column } => pair.left !== undefined && pair.right !== undefined)
  return whole.length === match.length
    ? { ...pick(relation, ['name', 'title', 'about', 'to', 'normalise', 'many']), match: whole }
    : undefined
}

/** A column that no field serves is opened by the relation itself; one that a field serves only along with the field, or as key or joinable. */
function leftColumn(left: DraftColumn, from: Opened): Column | undefined {
  const engine = [...from.key, ...from.joinable].find(({ column }) => column === left.column)
  if (engine) return engine
  const served = from.released.draft.fields.some(({ column }) => column === left.column)
  return served ? from.fields.find(({ column, coarsen }) => column === left.column && !coarsen) : engineColumn(left)
}

function rightColumn(right: DraftRight, to: Opened): Column | undefined {
  const engine = [...to.key, ...to.joinable]
  if ('column' in right) return engine.find(({ column }) => column === right.column)
  const configured = to.released.draft.fields.find(({ name }) => name === right.field)
  return (
    engine.find(({ column }) => column === configured?.column) ?? to.fields.find(({ name, coarsen }) => name === right.field && !coarsen)
  )
}

/** What the catalogue says of a dataset that is closed: that others see it, or, if its file wants so, that it is on its way. */
function closedOf(draft: Draft, released: Released | undefined, audiences: Audiences): ClosedDataset | undefined {
  const others = released && [...audiences.keys()].some(name => openFor(name, released, audiences) !== undefined)
  if (!others && !draft.listed) return undefined
  return { ...pick(draft, ['id', 'title', 'about', 'owner', 'themes']), reason: others ? 'otherAudience' : 'notApproved' }
}

/** The named entries of something, those that are there. */
function pick<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> {
  return Object.fromEntries(keys.filter(key => from[key] !== undefined).map(key => [key, from[key]])) as Pick<T, Key>
}
