/** Is every row of a dataset handed over once, as fast as it is asked for, and never half of them as if they were all? */

import {
  type Cell,
  type Condition,
  type Connector,
  type OpenField,
  type Row,
  type Scalar,
  type StreamRequest,
  sourceFailure,
} from '../../src/model/index.ts'
import { open as openField } from '../support/columns.ts'
import { eventually, failure, patient } from '../support/waiting.ts'
import { asSet, cell, matching, picked } from './reference.ts'
import { roadOver } from './road.ts'
import type { TownDataset, TownDatasets } from './town.ts'

/** A source of the town, and what can be counted of it. */
export interface StreamedSource {
  readonly connector: Connector
  readonly datasets: TownDatasets
  readonly calls: readonly unknown[]
  readonly held?: () => Promise<number>
}

/** Rows that lie in memory at once, between the source and a reader, at most. */
const batchRows = 1_000

/** Every table, against what is known of it. */
export async function expectWhole(source: StreamedSource): Promise<void> {
  for (const from of Object.values(source.datasets)) {
    const columns = servedFields(from)
    const rows = (await batchesOf(source, { dataset: from.dataset, columns })).flat()
    expect(asSet(rows)).toEqual(asSet(from.table.rows.map(row => picked(from.table, row, columns))))
  }
}

/**
 * A rule alone over many rows, and a rule with a filter.
 *
 * @returns why there is nothing to see
 */
export async function expectRowRule(source: StreamedSource): Promise<string | undefined> {
  for (const from of [source.datasets.keys!, source.datasets.trees!]) {
    const [rule, second] = askable(from, source.connector)
    if (!rule || !second) return 'nothing can be asked for here by two of its columns'
    const where = from.table.name === 'trees' ? second : undefined
    // The column of the rule is the engine's alone.
    const columns = servedFields(from).filter(({ column }) => column !== rule.column.column)
    const expected = matching(from.table, where ? { op: 'and', of: [rule, where] } : rule)
    const request = { dataset: { ...from.dataset, rowRule: rule }, columns, ...(where && { where }) }
    expect(asSet((await batchesOf(source, request)).flat())).toEqual(asSet(expected.map(row => picked(from.table, row, columns))))
    expect(expected.length).toBeGreaterThan(0)
  }
  return undefined
}

/** A reader who takes his time finds small batches, and nobody has asked ahead of him. */
export async function expectPace(source: StreamedSource): Promise<void> {
  const batches = streamOf(source, many(source))
  const sizes: number[] = []
  for (;;) {
    const { value, done } = await batches.next()
    if (done) break
    sizes.push(value.length)
    const asked = source.calls.length
    await new Promise(resolve => setTimeout(resolve, 30))
    expect(source.calls.length).toBe(asked)
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(batchRows)
  expect(sizes.length).toBeGreaterThan(2)
}

/** Who leaves: while nothing is fetched, while something is, and in good order. The next one is answered rightly. */
export async function expectLeaving(source: StreamedSource): Promise<void> {
  const before = await source.held?.()
  const reason = sourceFailure('CANCELLED', 'the reader left')
  for (const way of ['returns', 'idle', 'waiting'] as const) {
    const leaving = new AbortController()
    const batches = streamOf(source, many(source), { ...patient(), signal: leaving.signal })
    expect((await batches.next()).value!.length).toBeGreaterThan(0)
    if (way === 'returns') await batches.return(undefined)
    else {
      const waiting = way === 'waiting' ? batches.next().catch((error: unknown) => error) : undefined
      leaving.abort(reason)
      // What was under way may still have come.
      if ((await waiting) !== reason) expect(await failure(batches.next())).toBe(reason)
    }
    await expectHeld(source, before)
    const asked = source.calls.length
    await new Promise(resolve => setTimeout(resolve, 30))
    expect(source.calls.length).toBe(asked)
    await expectAnswers(source)
  }
}

/** A server hears of a closed connection a moment later. */
export async function expectHeld({ held }: Pick<StreamedSource, 'held'>, most: number | undefined): Promise<void> {
  if (held && most !== undefined) await eventually(`no more than ${most} are held`, async () => (await held()) <= most)
}

/**
 * What goes wrong between two batches is a failure at the reader, never an end.
 *
 * @param another a source of its own, that is closed here
 */
export async function expectNoSilentEnd(source: StreamedSource, another: StreamedSource): Promise<void> {
  const late = streamOf(source, many(source), patient(500))
  expect((await failure(drain(late, 600))).code).toBe('SOURCE_TIMEOUT')
  await expectAnswers(source)

  const gone = openField('gone', 'text', { column: 'verschwundene_spalte' })
  const changed = streamOf(source, { ...many(source), columns: [...many(source).columns, gone] })
  expect((await failure(drain(changed))).code).toBe('SOURCE_CHANGED')
  await expectAnswers(source)

  const closing = streamOf(another, many(another))
  await closing.next()
  await another.connector.close()
  expect((await failure(drain(closing))).code).toBe('SOURCE_UNAVAILABLE')
}

/** Everything that a bad source hands over before it fails. */
export async function drainBad(connector: Connector, from: TownDataset): Promise<void> {
  const source = { connector, datasets: { [from.table.name]: from }, calls: [] }
  await drain(streamOf(source, { dataset: from.dataset, columns: Object.values(from.fields) }))
}

async function drain(batches: AsyncIterable<unknown>, pauseMs = 0): Promise<void> {
  for await (const _ of batches) if (pauseMs > 0) await new Promise(resolve => setTimeout(resolve, pauseMs))
}

async function expectAnswers({ connector, datasets }: StreamedSource): Promise<void> {
  const { dataset, fields, key } = datasets.trees!
  const orderBy = key.map(column => ({ column, direction: 'asc', nulls: 'last' }) as const)
  const { rows } = await connector.read({ kind: 'rows', dataset, columns: [fields.id!], orderBy, limit: 3 }, patient())
  expect(rows).toEqual([[1], [2], [3]])
}

/** A stream of more rows than a batch holds. */
function many({ datasets }: StreamedSource): StreamRequest {
  const { dataset, fields } = datasets.keys!
  return { dataset, columns: Object.values(fields) }
}

/** Whole numbers of more than 32 bits are left out on the road, for every dataset. */
function servedFields({ fields, table }: TownDataset): OpenField[] {
  const isLarge = (field: OpenField): boolean =>
    field.type === 'int' && table.rows.some(row => Math.abs(Number(cell(table, row, field))) >= 2 ** 31)
  return Object.values(fields).filter(field => !isLarge(field))
}

/** What a source can be asked for, by a column each: those that most rows have come first. */
function askable(from: TownDataset, { capabilities }: Connector): (Condition & { readonly op: 'eq' })[] {
  return servedFields(from)
    .filter(({ type }) => capabilities.filter[type]?.includes('eq'))
    .flatMap(column => {
      const values = from.table.rows.map(row => cell(from.table, row, column)).filter(isScalar)
      const [most] = [...Map.groupBy(values, value => value)].sort(([, a], [, b]) => b.length - a.length)
      return most ? [{ condition: { op: 'eq', column, value: most[0] } as const, rows: most[1].length }] : []
    })
    .sort((a, b) => b.rows - a.rows)
    .map(({ condition }) => condition)
}

function isScalar(value: Cell): value is Scalar {
  return value !== null && typeof value !== 'object' && value !== ''
}

function streamOf({ connector, datasets }: StreamedSource, request: StreamRequest, context = patient()) {
  const { dataset } = request
  // The town's datasets are those of any source; what this one can do decides how its pages begin.
  const asked = dataset.small ? dataset : { ...dataset, can: connector.capabilities }
  return roadOver(connector, datasets).stream({ ...request, dataset: asked }, context)
}

async function batchesOf(source: StreamedSource, request: StreamRequest): Promise<(readonly Row[])[]> {
  const batches: (readonly Row[])[] = []
  for await (const batch of streamOf(source, request)) batches.push(batch)
  return batches
}
