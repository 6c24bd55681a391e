/** How is a small dataset answered, whatever its source can do? Over all its rows, fetched at once and kept for a while. */

import {
  type Answer,
  type Capabilities,
  type Column,
  type Condition,
  type Connector,
  type Dataset,
  GatewayError,
  type Model,
  type ReadContext,
  type RowsRequest,
  renewalMs,
  type Small,
  type SourceRequest,
  unpacked,
} from '../model/index.ts'
import type { Asking, House } from './asking.ts'
import { cacheKey } from './cache-key.ts'
import { connectorOf, type Made, type Obtained, obtain } from './obtain.ts'
import { readPlaced } from './places.ts'
import { release, releaseForLater } from './released.ts'

/**
 * Answers a request over the dataset's snapshot: the rows that the row rule lets out, with the fields open to this audience and the
 * columns that its ids and relations need. One snapshot serves every question of an audience until it is no longer fresh; its age is
 * the age of the answer.
 *
 * When a column is gone from the source, there is no whole snapshot; then each question gets one of just the columns that it names.
 *
 * @throws GatewayError TOO_MANY_ROWS when the dataset has more rows than it says; else as `Connector.read`
 */
export async function readSnapshot(asking: Asking, request: SourceRequest, small: Small): Promise<Obtained> {
  const { house, model } = asking
  const { dataset } = request
  const named = house.local.columnsNamed(request)
  const whole = union(columnsKnown(model, dataset), named)
  const first = await snapshotOf(asking, dataset, small, whole, true)
  const columns = first.refused === 'SOURCE_CHANGED' ? union(named, dataset.key) : whole
  const snapshot = columns === whole ? first : await snapshotOf(asking, dataset, small, columns, false)
  if (snapshot.refused) throw tooManyRows(dataset, small)
  const { asOf, stale, problems, misplaced } = snapshot
  const rows = house.local.answer(request, columns, unpacked(snapshot.rows))
  const shown = request.kind === 'aggregate' ? request.groupBy : request.columns
  return { ...release({ rows, ...(problems && { problems }) }, shown, house.zone), ...(misplaced && { misplaced }), asOf, stale }
}

/** Every column that a question of this audience could name: its fields, the key, and both ends of relations. */
function columnsKnown(model: Model, dataset: Dataset): readonly Column[] {
  const leaving = dataset.relations.flatMap(({ match }) => match.map(({ left }) => left))
  const arriving = [...model.datasets.values()].flatMap(({ relations }) =>
    relations.filter(({ to }) => to === dataset.id).flatMap(({ match }) => match.map(({ right }) => right)),
  )
  return union(dataset.fields, dataset.key, leaving, arriving)
}

/** Columns of several lists, each once. */
function union(...lists: readonly (readonly Column[])[]): readonly Column[] {
  const byName = new Map(lists.flat().map(column => [nameOf(column), column]))
  return [...byName.values()]
}

function nameOf(column: Column): string {
  return 'name' in column ? `field ${column.name}` : `column ${column.column} ${column.type} ${column.zone ?? ''}`
}

/** All questions of one request see the same snapshot, so that a list and its count agree; it is taken out of the cache once. */
function snapshotOf(asking: Asking, dataset: Dataset, small: Small, columns: readonly Column[], whole: boolean): Promise<Obtained> {
  const rule = splitRule(dataset.rowRule, connectorOf(asking, { dataset }).capabilities)
  const wish: Wish = { request: requestFor(asking, dataset, small, columns, rule), columns, small, whole, rule }
  // A part may have every column, when the question names them all; it is not the whole that was refused.
  const asked = { ...wish.request, snapshot: whole ? 'whole' : 'part' }
  const key = cacheKey(asking, asked)
  const token = `snapshot ${key}`
  const known = asking.batches.get(token) as Promise<Obtained> | undefined
  const snapshot = known ?? obtain(asking, asked, columns, (connector, context) => take(asking, key, connector, context, wish))
  if (!known) asking.batches.set(token, snapshot)
  return snapshot
}

interface Wish {
  /** What the source is asked: rows with the columns to keep, then those that only the rest of the row rule needs. */
  readonly request: RowsRequest
  readonly columns: readonly Column[]
  readonly small: Small
  /** true: with every column that is known. */
  readonly whole: boolean
  readonly rule: Rule
}

/** A row rule in two parts: what the source keeps, and what is kept here before anything is remembered. */
interface Rule {
  readonly there?: Condition
  readonly here?: Condition
}

function splitRule(rule: Condition | undefined, { filter }: Capabilities): Rule {
  const parts = rule === undefined ? [] : rule.op === 'and' ? rule.of : [rule]
  const can = (part: Condition): boolean => 'column' in part && (filter[part.column.type] ?? []).includes(part.op)
  const [there, here] = [all(parts.filter(can)), all(parts.filter(part => !can(part)))]
  return { ...(there && { there }), ...(here && { here }) }
}

function all(conditions: readonly Condition[]): Condition | undefined {
  return conditions.length > 1 ? { op: 'and', of: conditions } : conditions[0]
}

/** In no order: with at most as many rows as the dataset may have all of them come, and with more it is refused. */
function requestFor({ house }: Asking, dataset: Dataset, small: Small, columns: readonly Column[], { there, here }: Rule): RowsRequest {
  const plain = { kind: 'rows', dataset, columns, orderBy: [], limit: small.rows + 1 } as const
  const needed = here ? house.local.columnsNamed({ ...plain, columns: [], where: here }) : []
  return { ...plain, columns: union(columns, needed), ...(there && { where: there }) }
}

async function take(asking: Asking, key: string, connector: Connector, context: ReadContext, wish: Wish): Promise<Made> {
  const { house } = asking
  const { request, columns, small, whole, rule } = wish
  const { dataset } = request
  noteTaken(house, key, dataset)
  const answer = await readPlaced(house, connector, request, context).catch((error: unknown) => refusedFor(error, whole, dataset, house))
  if ('refused' in answer) return answer
  if (answer.rows.length > small.rows) return { rows: [], refused: 'TOO_MANY_ROWS' }
  const kept = rule.here
    ? house.local.answer({ ...request, columns, where: rule.here, limit: answer.rows.length }, request.columns, answer.rows)
    : answer.rows
  const { misplaced } = answer
  return { ...releaseForLater({ ...answer, rows: kept }, columns, house.zone), ...(misplaced && { misplaced }) }
}

/** Failures that the next question would only repeat are remembered as long as rows would be. */
function refusedFor(error: unknown, whole: boolean, dataset: Dataset, { warn }: House): Made & Pick<Answer, 'rows'> {
  if (!(error instanceof GatewayError)) throw error
  if (error.code !== 'TOO_MANY_ROWS' && !(whole && error.code === 'SOURCE_CHANGED')) throw error
  warn('a small dataset could not be fetched as a whole', { dataset: dataset.id, code: error.code, why: error.log })
  return { rows: [], refused: error.code }
}

/** When each snapshot was last taken, to notice those that no cache keeps. */
const taken = new WeakMap<House, Map<string, { readonly key: string; readonly at: number }>>()

/** A snapshot that is larger than the cache lets one answer be is fetched for every question: the opposite of what it is for. */
function noteTaken(house: House, key: string, { id, freshForSeconds }: Dataset): void {
  const times = taken.get(house) ?? new Map<string, { readonly key: string; readonly at: number }>()
  taken.set(house, times)
  const place = key.slice(0, key.lastIndexOf(':'))
  const last = times.get(place)
  const now = house.now()
  times.set(place, { key, at: now })
  const freshForMs = freshForSeconds * 1000
  if (last?.key === key && now - last.at < freshForMs - renewalMs(freshForMs))
    house.warn('a small dataset is fetched again although it is fresh: give the cache more memory, or the dataset fewer rows', {
      dataset: id,
    })
}

function tooManyRows({ id }: Dataset, { rows }: Small): GatewayError {
  return new GatewayError('TOO_MANY_ROWS', {
    message: {
      de: 'Der Datensatz ist größer geworden, als das Gateway ihn bereithalten darf.',
      en: 'The dataset has become larger than the gateway may hold.',
    },
    hint: { de: 'Ansprechpartner steht im Katalog.', en: 'The catalogue names whom to ask.' },
    log: `${id}: the source has more than ${rows} rows; raise "small: { rows: … }" (10000 at most), let fewer rows out by "rows:", or remove "small" and what the source cannot do by itself`,
  })
}
