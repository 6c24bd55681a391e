/** A small house for tests of resolvers and doors: rows at hand behind the connectors' contract, every request written down. */

import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { memoryCache } from '../../src/cache/index.ts'
import { localEngine } from '../../src/connectors/index.ts'
import { answerLocally } from '../../src/connectors/shared/local.ts'
import type {
  Capabilities,
  Cell,
  Column,
  Companion,
  Connector,
  Dataset,
  EngineColumn,
  FieldType,
  GatewayError,
  Model,
  OpenField,
  Operator,
  Relation,
  Row,
  Scalar,
  SourceRequest,
} from '../../src/model/index.ts'
import { fieldTypes } from '../../src/model/index.ts'
import { createSeal, type House, streamSlots } from '../../src/resolvers/index.ts'
import { engine } from './columns.ts'
import { packed } from './packed.ts'

const operators: readonly Operator[] = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'isNull',
  'bbox',
  'within',
  'near',
]

export function able(paging: Capabilities['paging']): Capabilities {
  return {
    filter: Object.fromEntries(fieldTypes.map(type => [type, operators])) as Record<FieldType, readonly Operator[]>,
    sort: fieldTypes,
    group: fieldTypes,
    aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
    paging,
    ...(paging === 'keyset' && { companions: true, totals: true }),
  }
}

export type Record_ = Readonly<Record<string, Cell>>

export interface TestDataset {
  readonly dataset: Dataset
  readonly rows: readonly Record_[]
}

export function testDataset(
  id: string,
  names: Dataset['names'],
  parts: {
    key: readonly EngineColumn[]
    fields: readonly OpenField[]
    relations?: readonly Relation[]
    paging?: Capabilities['paging']
    source?: string
    more?: Partial<Dataset>
  },
  rows: readonly Record_[],
): TestDataset {
  const dataset: Dataset = {
    id,
    title: { de: names.many, en: names.many },
    owner: { department: 'Tiefbauamt' },
    licence: 'dl-de/by-2-0',
    themes: ['ENVI'],
    names,
    source: { id: parts.source ?? 'memory', kind: 'memory', title: 'Testquelle' },
    place: { table: id },
    can: able(parts.paging ?? 'keyset'),
    key: parts.key,
    fields: parts.fields,
    relations: parts.relations ?? [],
    freshForSeconds: 0,
    staleForSeconds: 0,
    hash: `hash of ${id}`,
    ...parts.more,
  }
  return { dataset, rows }
}

export interface TestHouse {
  readonly house: House
  readonly model: Model
  /** Every request that reached a source. */
  readonly asked: SourceRequest[]
  /** Makes a source fail with this from now on. */
  fail(source: string, error: GatewayError | undefined): void
}

export function testHouse(datasets: readonly TestDataset[], limits: Partial<House['limits']> = {}): TestHouse {
  const asked: SourceRequest[] = []
  const failing = new Map<string, GatewayError>()
  const rowsOf = new Map(datasets.map(({ dataset, rows }) => [dataset.id, rows]))
  const rowsAt = ({ id }: Dataset) => (rowsOf.get(id) ?? []).map(row => (column: Column) => row[column.column] ?? null)
  /** A row with its companions; several times, where there are several. */
  const alongWith = (row: Row, columns: readonly Column[], companions: readonly Companion[]): Row[] =>
    companions.reduce<Row[]>(
      (rows, { left, ...companion }) => {
        const key = left.map(column => row[columns.indexOf(column)] ?? null)
        const keys = key.includes(null) ? [] : [key as Scalar[]]
        const found = answerLocally({ ...companion, kind: 'keyed', keys }, rowsAt(companion.dataset))
        const cells = found.length > 0 ? found : [companion.columns.map(() => null)]
        return rows.flatMap(before => cells.map(more => [...before, ...more]))
      },
      [row],
    )
  const connectorOf = (source: string, paging: Capabilities['paging']): Connector => {
    const read: Connector['read'] = async request => {
      asked.push(request)
      const failure = failing.get(source)
      if (failure) throw failure
      const rows = answerLocally(request, rowsAt(request.dataset))
      if (request.kind === 'rows' && request.total) {
        const { dataset, where } = request
        const count: SourceRequest = { kind: 'aggregate', dataset, groupBy: [], measures: [{ function: 'count' }], limit: 1 }
        const [[all = null] = []] = answerLocally(where ? { ...count, where } : count, rowsAt(dataset))
        return { rows: rows.map(row => [...row, all]), asOf: Date.now() }
      }
      if (request.kind !== 'rows' || !request.companions) return { rows, asOf: Date.now() }
      return { rows: rows.flatMap(row => alongWith(row, request.columns, request.companions!)), asOf: Date.now() }
    }
    return {
      capabilities: able(paging),
      read,
      async readPacked(request, context) {
        const answer = await read(request, context)
        if (request.kind === 'aggregate') return answer
        const { companions = [], total } = request.kind === 'rows' ? request : {}
        const columns = [...request.columns, ...companions.flatMap(({ columns }) => columns), ...(total ? [engine('total', 'int')] : [])]
        return { ...answer, rows: packed(columns, answer.rows) }
      },
      async close() {},
    }
  }
  const house: House = {
    connectors: new Map(datasets.map(({ dataset }) => [dataset.source.id, connectorOf(dataset.source.id, dataset.can.paging)])),
    cache: memoryCache({ bytes: 1_000_000, now: Date.now }),
    local: localEngine,
    seal: createSeal(randomBytes(32).toString('hex')),
    now: Date.now,
    zone: 'Europe/Berlin',
    city: 'Konstanz',
    outside: 'flag',
    limits: {
      pageSize: 1000,
      defaultPageSize: 20,
      depth: 10,
      aliases: 30,
      cost: 20_000,
      groups: 1000,
      filterValues: 1000,
      requestMs: 5000,
      exportMs: 20_000,
      ...limits,
    },
    streams: streamSlots(4, () => 2),
    joined: () => {},
    warn: () => {},
  }
  const model: Model = {
    audience: 'public',
    datasets: new Map(datasets.map(({ dataset }) => [dataset.id, dataset])),
    closed: [],
    hash: 'test',
  }
  return { house, model, asked, fail: (source, error) => void (error ? failing.set(source, error) : failing.delete(source)) }
}

export const silent = pino({ level: 'silent' })
