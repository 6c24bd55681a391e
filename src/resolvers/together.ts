/** Which look-ups by id share a statement? Those of one moment that ask one dataset for the same columns, whoever asks. */

import {
  type Answer,
  type Column,
  type Connector,
  cellAt,
  type Dataset,
  failures,
  GatewayError,
  type KeyedRequest,
  type PackedAnswer,
  PackedRows,
  type ReadContext,
  type Rows,
  type SourceRequest,
} from '../model/index.ts'
import { keysAtMost, nameOf } from './keys.ts'

/** One of the ways in which a connector reads. All look-ups of one dataset and the same columns come by the same. */
type Read<T> = (request: SourceRequest, context: ReadContext) => Promise<T>

/** One caller's look-up while it waits for company. */
interface Member {
  readonly read: Read<PackedAnswer>
  readonly request: KeyedRequest
  readonly context: ReadContext
  readonly resolve: (answer: PackedAnswer) => void
  readonly reject: (error: unknown) => void
  /** Told when the caller leaves. */
  left?: () => void
}

/** A dataset is one audience's view: callers of two audiences are never in one group. */
const waiting = new WeakMap<Connector, Map<Dataset, Map<string, Member[]>>>()

/**
 * Reads as `connector.read` does. Look-ups by key wait until all callers of this turn of the event loop were heard, and are asked
 * together; each gets its own rows and nothing of the others'. What does not come out even is asked again one by one: an error that may
 * be one caller's fault, values that could not be read, a row that nobody seems to have asked for.
 */
export function readTogether<T extends PackedAnswer = Answer>(
  connector: Connector,
  request: SourceRequest,
  context: ReadContext,
  read: Read<T> = connector.read as unknown as Read<T>,
): Promise<T> {
  if (request.kind !== 'keyed' || !isLookUp(request)) return read(request, context)
  return new Promise<T>((resolve, reject) => {
    const member: Member = { read, request, context, resolve: resolve as Member['resolve'], reject }
    const leave = (): void => {
      reject(context.signal.reason)
      member.left?.()
    }
    if (context.signal.aborted) return leave()
    context.signal.addEventListener('abort', leave, { once: true })
    join(connector, member)
  })
}

/** By the dataset's own key, without conditions of the caller's. */
function isLookUp({ dataset, match, perKey, keys, where, position }: KeyedRequest): boolean {
  return match === dataset.key && perKey === 1 && keys.length === 1 && where === dataset.rowRule && !position
}

function join(connector: Connector, member: Member): void {
  const { dataset, columns } = member.request
  const datasets = waiting.get(connector) ?? new Map<Dataset, Map<string, Member[]>>()
  waiting.set(connector, datasets)
  const groups = datasets.get(dataset) ?? new Map<string, Member[]>()
  datasets.set(dataset, groups)
  const shape = shapeOf(columns)
  const group = groups.get(shape)
  if (group && group.length < keysAtMost) return void group.push(member)
  const begun = [member]
  groups.set(shape, begun)
  setImmediate(() => {
    if (groups.get(shape) === begun) groups.delete(shape)
    if (groups.size === 0 && datasets.get(dataset) === groups) datasets.delete(dataset)
    void ask(begun)
  })
}

async function ask(members: readonly Member[]): Promise<void> {
  const present = members.filter(({ context }) => !context.signal.aborted)
  const [first] = present
  if (!first) return
  if (present.length === 1) return alone(first)
  const keys = new Map(present.map(({ request }) => [nameOf(request.keys[0]!), request.keys[0]!]))
  try {
    const answer = await first.read({ ...first.request, keys: [...keys.values()] }, contextOf(present))
    const found = byKey(first.request, answer.rows)
    const even = !answer.problems && found.size === answer.rows.length && [...found.keys()].every(name => keys.has(name))
    if (!even) return alone(...present)
    for (const { request, resolve } of present) {
      const at = found.get(nameOf(request.keys[0]!))
      resolve({ rows: at === undefined ? [] : onlyRow(answer.rows, at), asOf: answer.asOf })
    }
  } catch (error) {
    // A source in trouble is not asked once more for each caller.
    if (error instanceof GatewayError && failures[error.code].retry) for (const { reject } of present) reject(error)
    else alone(...present)
  }
}

function alone(...members: readonly Member[]): void {
  for (const { read, request, context, resolve, reject } of members) read(request, context).then(resolve, reject)
}

/** Until the last of them has left, and as long as the most patient one waits. */
function contextOf(members: readonly Member[]): ReadContext {
  const stop = new AbortController()
  let left = members.length
  for (const member of members)
    member.left = () => {
      left -= 1
      if (left === 0) stop.abort(member.context.signal.reason)
    }
  return { signal: stop.signal, deadline: Math.max(...members.map(({ context }) => context.deadline)) }
}

/** By name of the key: the place of its row. */
function byKey({ columns, match }: KeyedRequest, rows: Rows): ReadonlyMap<string, number> {
  const at = match.map(column => columns.indexOf(column))
  return new Map(Array.from({ length: rows.length }, (_, row) => [nameOf(at.map(place => cellAt(rows, row, place))), row]))
}

function onlyRow(rows: Rows, at: number): Rows {
  return rows instanceof PackedRows ? rows.alone(at) : [rows[at]!]
}

const shapes = new WeakMap<readonly Column[], string>()

function shapeOf(columns: readonly Column[]): string {
  const shape =
    shapes.get(columns) ?? columns.map(column => ('name' in column ? `field ${column.name}` : `column ${column.column}`)).join('\n')
  shapes.set(columns, shape)
  return shape
}
