/** Does a connector keep the promises of the contract? One suite, run by every kind of source. */

import fc from 'fast-check'
import {
  type Answer,
  type Capabilities,
  type Cell,
  type Condition,
  type Connector,
  type FailureCode,
  type FieldType,
  GatewayError,
  type KeyedRequest,
  type Measure,
  type MeasureFunction,
  type OpenField,
  type Operator,
  type Order,
  type ReadContext,
  type Row,
  type RowsRequest,
  type Scalar,
  type SourceCall,
  type SourceRequest,
  type SourceSetting,
  sourceFailure,
} from '../../src/model/index.ts'
import { open as openField } from '../support/columns.ts'
import { failure, patient } from '../support/waiting.ts'
import { faultWords, type PromiseName, promises } from './promises.ts'
import { asSet, cell, comparable, compareCells, matching, metres, picked } from './reference.ts'
import { Recorder } from './shown.ts'
import { drainBad, expectHeld, expectLeaving, expectNoSilentEnd, expectPace, expectRowRule, expectWhole } from './streams.ts'
import { hiddenColumn, hiddenMark, otherTown, type TableName, type Town, type TownDataset, type TownDatasets, town } from './town.ts'

/** What the suite asks a connector's test to set up. */
export interface Wish {
  /** The data to load. Two openings with different towns must be two sources. */
  readonly town: Town
  readonly limits: SourceSetting['limits']
}

export interface Opened {
  readonly connector: Connector
  readonly datasets: TownDatasets
  /** Everything that `services.call` was told, in order. */
  readonly calls: readonly SourceCall[]
  /** Ends what opening started. The suite has closed the connector by then. */
  readonly close: () => Promise<void>
  /** A connector over a source that misbehaves; each may be opened once more by every promise that needs it. */
  readonly faults?: Partial<Record<Fault, () => Promise<Faulty>>>
  /** Words that no caller may read besides the town's own column and table names: host, port, folder, user. */
  readonly secrets?: readonly string[]
  /** Connections, sockets or files that the connector holds, where they can be counted from outside; asked until it is as few as expected. */
  readonly held?: () => Promise<number>
}

/** A connector over a misbehaving source that has (or pretends to have) the dataset `trees`. */
export interface Faulty {
  readonly connector: Connector
  readonly close: () => Promise<void>
  /** Reads this instead of the town's `trees`. */
  readonly dataset?: TownDataset
}

/** How a source can misbehave, and the codes that tell the truth about it. */
const faultCodes = {
  /** Nobody listens there. */
  refuse: ['SOURCE_UNAVAILABLE'],
  /** The connection breaks in the middle of the answer. */
  drop: ['SOURCE_UNAVAILABLE', 'SOURCE_ANSWER_INVALID'],
  /** User, password or token are refused. */
  login: ['SOURCE_REFUSED'],
  /** Bytes that mean nothing. */
  garbage: ['SOURCE_ANSWER_INVALID', 'SOURCE_UNAVAILABLE'],
  /** A friendly HTML page with status 200. */
  html: ['SOURCE_ANSWER_INVALID'],
  /** The answer stops half-way, and the transport does not notice. */
  truncated: ['SOURCE_ANSWER_INVALID'],
  /** The protocol's own error message with status 200. */
  errorWith200: ['SOURCE_ANSWER_INVALID', 'SOURCE_REFUSED', 'SOURCE_CHANGED'],
  /** The service sends the caller on to another host. */
  redirect: ['SOURCE_REFUSED', 'SOURCE_ANSWER_INVALID', 'SOURCE_UNAVAILABLE'],
  /** The source takes the question and never answers. */
  silent: ['SOURCE_TIMEOUT'],
} as const satisfies Record<string, readonly FailureCode[]>

export type Fault = keyof typeof faultCodes

const calm: SourceSetting['limits'] = { connections: 4, statementMs: 20_000, queue: 200, bytes: 50_000_000 }

/**
 * Declares the whole suite for one kind of source.
 *
 * @param name   the kind, as it reads in test names
 * @param open   sets a source up and opens a connector to it; called once for most promises and again where a promise needs
 *               another town or other limits, so whatever is slow should be kept for the next call
 * @param cannot promises that this kind cannot keep, each with the reason
 */
export function connectorContract(
  name: string,
  open: (wish: Wish) => Promise<Opened>,
  cannot: Partial<Record<PromiseName, string>> = {},
): void {
  describe(`the contract of connectors: ${name}`, () => {
    let opened: Opened
    const more: Opened[] = []
    const another = async (wish: Partial<Wish>): Promise<Opened> => {
      const one = await open({ town, limits: calm, ...wish })
      more.push(one)
      return one
    }

    beforeAll(async () => {
      opened = await open({ town, limits: calm })
    }, 120_000)

    afterAll(async () => {
      for (const one of [opened, ...more]) {
        await one?.connector.close()
        await one?.close()
      }
    }, 60_000)

    const recorder = new Recorder(name)
    const unshown = new Set<PromiseName>()
    const show = (key: PromiseName, outcome: true | string): void => {
      recorder.promise(key, outcome)
      unshown.delete(key)
    }
    /** A check that finds nothing to look at says why: that is no promise kept. */
    const promise = (key: PromiseName, sentence: string, check: () => Promise<string | undefined> | Promise<void>): void => {
      const reason = cannot[key]
      if (reason === undefined) {
        unshown.add(key)
        test(sentence, async () => show(key, (await check()) ?? true), 120_000)
      } else {
        recorder.promise(key, reason)
        test.skip(`${sentence} (not kept: ${reason})`, () => {})
      }
    }
    const keep = (key: keyof typeof promises, check: () => Promise<string | undefined> | Promise<void>): void =>
      promise(key, promises[key], check)

    const have = (table: TableName): TownDataset | undefined => opened.datasets[table]
    const trees = (): TownDataset => opened.datasets.trees!
    const read = (request: SourceRequest, context: ReadContext = patient(), connector = opened.connector): Promise<Answer> =>
      connector.read(request, context)
    const can = (operator: Operator, type: FieldType): boolean => (opened.connector.capabilities.filter[type] ?? []).includes(operator)

    /** Rows that match, against the reference, as a set: their order is another promise. */
    const expectMatching = async (from: TownDataset, where: Condition): Promise<void> => {
      const columns = Object.values(from.fields)
      const answer = await read(everything(from, { where }))
      const expected = matching(from.table, where).map(row => picked(from.table, row, columns))
      expect(asSet(answer.rows)).toEqual(asSet(expected))
    }

    keep('capabilities', async () => {
      const { capabilities } = opened.connector
      expect(misfits(capabilities)).toEqual([])
      for (const from of Object.values(opened.datasets)) {
        for (const field of Object.values(from.fields)) {
          for (const operator of capabilities.filter[field.type] ?? []) {
            for (const condition of samples(from, field, operator).slice(0, 1)) {
              const { rows } = await read(everything(from, { where: condition }))
              if (dependsOnAlphabet(field.type, operator)) continue
              expect({ operator, type: field.type, rows: rows.length }).toEqual({
                operator,
                type: field.type,
                rows: matching(from.table, condition).length,
              })
            }
          }
        }
      }
      // A source that ignores what it does not understand shows here: an impossible filter must leave nothing.
      const { id } = trees().fields
      expect((await read(everything(trees(), { where: { op: 'eq', column: id!, value: -1 } }))).rows).toEqual([])
      expect((await read(everything(trees(), { limit: 1 }))).rows).toHaveLength(1)
    })

    keep('closed', async () => {
      const { id, species, height, location } = trees().fields
      for (const columns of [[id!], [species!, id!], [location!], [height!, location!, id!, height!]]) {
        const { rows } = await read(everything(trees(), { columns, limit: 5 }))
        expect(rows).toHaveLength(5)
        for (const row of rows) expect(row).toHaveLength(columns.length)
      }
      const everyRow = await read(everything(trees(), {}))
      expect(JSON.stringify(everyRow)).not.toContain(hiddenMark)
      expect(JSON.stringify(opened.calls)).not.toContain(hiddenColumn)
      expect(opened.calls.length).toBeGreaterThan(0)
      expect(new Set(opened.calls.map(call => call.dataset))).toContain('trees')
    })

    keep('operators', async () => {
      for (const from of Object.values(opened.datasets)) {
        if (from.table.name === 'keys') continue
        await fc.assert(
          fc.asyncProperty(conditions(from, opened.connector.capabilities), where => expectMatching(from, where)),
          { numRuns: from.table.name === 'trees' ? 80 : 15, seed: 20_261_122, endOnFailure: false },
        )
      }
    })

    keep('textOrder', async () => {
      const { id, species } = trees().fields
      if (!species || !can('lt', 'text')) return 'no text is less than another here: filters do not offer it'
      const idsOf = async (where: Condition): Promise<Cell[]> =>
        (await read(everything(trees(), { columns: [id!], where }))).rows.map(row => row[0]!)
      const all = matching(trees().table, { op: 'isNull', column: species, value: false }).map(row => cell(trees().table, row, id!))
      for (const value of ['Eiche', 'ölweide', 'Winterlinde']) {
        const [below, above] = [await idsOf({ op: 'lt', column: species, value }), await idsOf({ op: 'gte', column: species, value })]
        expect([...below, ...above].sort(byNumber)).toEqual([...all].sort(byNumber))
        expect(below.length).toBeGreaterThan(0)
        expect(above.length).toBeGreaterThan(0)
      }
      return undefined
    })

    keep('nullLogic', async () => {
      for (const field of Object.values(trees().fields)) {
        const known = valuesOf(trees(), field).find(value => value !== '')
        if (!can('eq', field.type) || known === undefined) continue
        const eq: Condition = { op: 'eq', column: field, value: known }
        await expectMatching(trees(), { op: 'not', of: eq })
        if (can('ne', field.type)) await expectMatching(trees(), { op: 'ne', column: field, value: known })
        if (can('notIn', field.type)) await expectMatching(trees(), { op: 'notIn', column: field, values: [known] })
        await expectMatching(trees(), { op: 'not', of: { op: 'or', of: [eq, { op: 'not', of: eq }] } })
        if (!can('isNull', field.type)) continue
        await expectMatching(trees(), { op: 'isNull', column: field, value: true })
        await expectMatching(trees(), { op: 'not', of: { op: 'isNull', column: field, value: true } })
        await expectMatching(trees(), { op: 'or', of: [eq, { op: 'isNull', column: field, value: true }] })
      }
    })

    keep('textExact', async () => {
      const { species } = trees().fields
      if (!species) return
      const known = valuesOf(trees(), species).map(String)
      const strange = [...known, 'eiche', 'EICHE', '%', '_', "'", '"', '\\', '*', '?', '🌳', 'ö', "' or 1=1 --", 'Eiche%', '\u0000']
      for (const value of strange) {
        if (can('eq', 'text')) await expectMatchingOrRefused(() => expectMatching(trees(), { op: 'eq', column: species, value }), value)
        if (can('in', 'text')) {
          const values = [value, 'Eiche*']
          await expectMatchingOrRefused(() => expectMatching(trees(), { op: 'in', column: species, values }), value)
        }
        for (const op of ['contains', 'startsWith'] as const) {
          if (can(op, 'text')) await expectMatchingOrRefused(() => expectMatching(trees(), { op, column: species, value }), value)
        }
      }
    })

    keep('geoFilters', async () => {
      for (const from of Object.values(opened.datasets)) {
        for (const field of Object.values(from.fields)) {
          for (const operator of ['bbox', 'within', 'near'] as const) {
            if (!can(operator, field.type)) continue
            for (const condition of samples(from, field, operator)) {
              await expectMatching(from, condition)
              await expectMatching(from, { op: 'not', of: condition })
            }
          }
        }
      }
    })

    keep('types', async () => {
      for (const table of ['types', 'trees'] as const) {
        const from = have(table)
        if (!from) continue
        const columns = Object.values(from.fields)
        const answer = await read(everything(from, {}))
        expect(asSet(answer.rows)).toEqual(asSet(from.table.rows.map(row => picked(from.table, row, columns))))
        expect(answer.problems ?? {}).toEqual({})
      }
      const from = have('types')
      if (!from) return
      // Each value finds its own row again: what is bound has the column's type, not whatever the driver makes of a text.
      for (const field of Object.values(from.fields)) {
        if (!can('eq', field.type)) continue
        for (const value of valuesOf(from, field)) await expectMatching(from, { op: 'eq', column: field, value })
      }
    })

    keep('geometry', async () => {
      for (const table of ['areas', 'stations', 'trees'] as const) {
        const from = have(table)
        const shape = from?.fields.shape ?? from?.fields.location
        if (!from || !shape) continue
        const answer = await read(everything(from, { columns: [from.key[0]!, shape] }))
        const expected = from.table.rows.map(row => picked(from.table, row, [from.key[0]!, shape]))
        expect(comparable(sorted(answer.rows))).toEqual(comparable(sorted(expected)))
      }
    })

    keep('order', async () => {
      for (const field of Object.values(trees().fields)) {
        if (!opened.connector.capabilities.sort.includes(field.type)) continue
        for (const direction of ['asc', 'desc'] as const) {
          for (const nulls of ['first', 'last'] as const) {
            const orderBy = totalOrder(trees(), { column: field, direction, nulls })
            const { rows } = await read(everything(trees(), { columns: columnsFor(trees(), orderBy), orderBy }))
            if (field.type === 'text' || field.type === 'code') expect(grouped(rows, nulls)).toBe('each value once, nulls where asked')
            else expect(rows).toEqual(ordered(trees(), orderBy))
          }
        }
      }
    })

    keep('paging', async () => {
      const { id, species, planted, checked, height } = trees().fields
      const orders = [id, planted, checked, height, species].filter(
        field => field && opened.connector.capabilities.sort.includes(field.type),
      )
      for (const [at, field] of orders.entries()) {
        for (const nulls of ['first', 'last'] as const) {
          const orderBy = totalOrder(trees(), { column: field!, direction: at % 2 === 0 ? 'asc' : 'desc', nulls })
          const { rows: whole } = await read(everything(trees(), { columns: columnsFor(trees(), orderBy), orderBy }))
          expect(whole).toHaveLength(57)
          for (const size of at === 1 ? [1, 2, 7, 19, 20, 56, 57, 58] : [13, 20]) {
            expect(await page(trees(), orderBy, size)).toEqual(whole)
          }
        }
      }
    })

    const page = async (from: TownDataset, orderBy: readonly Order[], size: number): Promise<Row[]> => {
      const found: Row[] = []
      for (let turn = 0; turn < 200; turn++) {
        const position = positionAfter(found, orderBy, from)
        const { rows } = await read(everything(from, { columns: columnsFor(from, orderBy), orderBy, limit: size, ...position }))
        found.push(...rows)
        if (rows.length < size) return found
      }
      throw new Error('paging never ended')
    }

    const positionAfter = (found: readonly Row[], orderBy: readonly Order[], from: TownDataset): Pick<RowsRequest, 'position'> => {
      const last = found.at(-1)
      if (!last) return {}
      if (opened.connector.capabilities.paging === 'offset') return { position: { skip: found.length } }
      const columns = columnsFor(from, orderBy)
      return { position: { after: orderBy.map(order => last[columns.indexOf(order.column as OpenField)]!) } }
    }

    keep('keyedCounts', async () => {
      const from = have('keys')!
      const { number, part, note } = from.fields
      for (const count of [0, 1, 2, 999, 1000, 1001, 2101]) {
        // Every second key above 1,500 is not there.
        const keys = Array.from({ length: count }, (_, index) => [index < 1500 ? index + 1 : index * 2 - 900])
        const request: KeyedRequest = {
          kind: 'keyed',
          dataset: from.dataset,
          columns: [number!, part!, note!],
          match: [number!],
          keys,
          orderBy: totalOrder(from),
          perKey: 10,
        }
        const { rows } = await read(request)
        const wanted = new Set(keys.map(([key]) => key))
        const expected = from.table.rows.filter(row => wanted.has(cell(from.table, row, number!) as number))
        expect(asSet(rows)).toEqual(asSet(expected.map(row => picked(from.table, row, request.columns))))
      }
    })

    keep('keyedComposite', async () => {
      const from = have('keys')!
      const { number, part } = from.fields
      const keys = [
        [10, 1],
        [10, 3],
        [20, 2],
        [11, 2],
        [30, 1],
      ]
      const request: KeyedRequest = {
        kind: 'keyed',
        dataset: from.dataset,
        columns: [part!, number!],
        match: [number!, part!],
        keys,
        orderBy: totalOrder(from),
        perKey: 5,
      }
      const { rows } = await read(request)
      expect(asSet(rows)).toEqual(
        asSet([
          [1, 10],
          [3, 10],
          [2, 20],
          [1, 30],
        ]),
      )
    })

    /** The newest readings of each station, as the reference has them. */
    const newest = (from: TownDataset, orderBy: readonly Order[], codes: readonly Cell[], skip: number, perKey: number): Row[] => {
      const station = from.fields.station!
      return codes.flatMap(code =>
        matching(from.table, { op: 'eq', column: station, value: String(code) })
          .sort((a, b) => compareRows(from, orderBy, a, b))
          .slice(skip, skip + perKey)
          .map(row => picked(from.table, row, Object.values(from.fields))),
      )
    }

    keep('keyedPerKey', async () => {
      const from = have('readings')!
      const { at, value } = from.fields
      const codes = ['MS-06', 'MS-02', 'ÄÖ-5', 'MS-01', 'GIBT-ES-NICHT', 'MS-04']
      for (const field of [at!, value!]) {
        if (!opened.connector.capabilities.sort.includes(field.type)) continue
        const orderBy = totalOrder(from, { column: field, direction: 'desc', nulls: 'last' })
        for (const perKey of [1, 2, 3, 100]) {
          const request = keyedReadings(from, codes, orderBy, perKey)
          const { rows } = await read(request)
          expect(byStation(rows, from)).toEqual(byStation(newest(from, orderBy, codes, 0, perKey), from))
          if (opened.connector.capabilities.paging !== 'offset') continue
          const { rows: later } = await read({ ...request, position: { skip: 2 } })
          expect(byStation(later, from)).toEqual(byStation(newest(from, orderBy, codes, 2, perKey), from))
        }
      }
      if (opened.connector.capabilities.paging !== 'keyset') return
      const orderBy = totalOrder(from, { column: at!, direction: 'desc', nulls: 'last' })
      const middle = ordered(from, orderBy)[30]!
      const columns = columnsFor(from, orderBy)
      const after = orderBy.map(order => middle[columns.indexOf(order.column as OpenField)]!)
      const { rows } = await read({ ...keyedReadings(from, codes, orderBy, 2), position: { after } })
      const place = (row: Row): boolean => compareRows(from, orderBy, row, rowAt(from, orderBy, middle)) > 0
      const expected = codes.flatMap(code =>
        matching(from.table, { op: 'eq', column: from.fields.station!, value: code })
          .filter(place)
          .sort((a, b) => compareRows(from, orderBy, a, b))
          .slice(0, 2)
          .map(row => picked(from.table, row, Object.values(from.fields))),
      )
      expect(byStation(rows, from)).toEqual(byStation(expected, from))
    })

    keep('keyedBatch', async () => {
      const from = have('readings')!
      const request = keyedReadings(from, ['MS-01', 'MS-02', 'MS-03', 'MS-04', 'ÄÖ-5', 'MS-06'], totalOrder(from), 2)
      await read(request)
      const before = opened.calls.length
      await read(request)
      expect(opened.calls.length - before).toBeGreaterThan(0)
      expect(opened.calls.length - before).toBeLessThan(3)
    })

    keep('keyedWhere', async () => {
      const from = have('readings')!
      const { value, id } = from.fields
      if (!can('isNull', value!.type)) return
      const where: Condition = {
        op: 'and',
        of: [
          { op: 'isNull', column: value!, value: false },
          { op: 'gt', column: id!, value: 10 },
        ],
      }
      const { rows } = await read({ ...keyedReadings(from, ['MS-01', 'MS-02', 'MS-03'], totalOrder(from), 100), where })
      const codes = new Set(['MS-01', 'MS-02', 'MS-03'])
      const expected = matching(from.table, where).filter(row => codes.has(String(cell(from.table, row, from.fields.station!))))
      expect(asSet(rows)).toEqual(asSet(expected.map(row => picked(from.table, row, Object.values(from.fields)))))
      expect(rows.length).toBeGreaterThan(0)
    })

    keep('aggregate', async () => {
      const { capabilities } = opened.connector
      const fields = Object.values(trees().fields)
      const measures: Measure[] = [
        { function: 'count' },
        ...fields.flatMap(field =>
          functionsFor(field)
            .filter(name => capabilities.aggregate.includes(name))
            .map(name => ({ function: name, column: field })),
        ),
      ]
      const { felled, id } = trees().fields
      const wheres: (Condition | undefined)[] = [undefined, { op: 'lt', column: id!, value: Number(trees().table.rows[0]![0]) - 1 }]
      if (felled && can('eq', 'boolean')) wheres.push({ op: 'eq', column: felled, value: false })
      for (const where of wheres) {
        const request = { kind: 'aggregate', dataset: trees().dataset, groupBy: [], measures, limit: 1, ...(where && { where }) } as const
        const { rows } = await read(request)
        expect(rows).toHaveLength(1)
        expectMeasures(rows[0]!, measured(trees(), matching(trees().table, where), measures), measures)
      }
      for (const groupBy of groupings(trees(), capabilities)) {
        const request = { kind: 'aggregate', dataset: trees().dataset, groupBy, measures, limit: 1000 } as const
        const { rows } = await read(request)
        const groups = groupsOf(trees(), groupBy)
        expect(asSet(rows.map(row => row.slice(0, groupBy.length)))).toEqual(
          asSet([...groups.values()].map(group => picked(trees().table, group[0]!, groupBy))),
        )
        const counts = rows.map(row => Number(row[groupBy.length]))
        expect(counts).toEqual([...counts].sort((a, b) => b - a))
        for (const row of rows) {
          const group = groups.get(JSON.stringify(row.slice(0, groupBy.length)))!
          expectMeasures(row.slice(groupBy.length), measured(trees(), group, measures), measures)
        }
        const few = await read({ ...request, limit: 2 })
        expect(few.rows.map(row => row[groupBy.length])).toEqual(counts.slice(0, 2))
      }
    })

    keep('cancelBefore', async () => {
      const reason = sourceFailure('CANCELLED', 'the test left early')
      const before = opened.calls.length
      await expect(read(everything(trees(), {}), { signal: AbortSignal.abort(reason), deadline: Date.now() + 10_000 })).rejects.toBe(reason)
      expect(opened.calls.length).toBe(before)
    })

    keep('cancelDuring', async () => {
      const from = have('keys') ?? trees()
      for (const wait of [0, 1, 2, 5, 10, 20]) {
        const leaving = new AbortController()
        const reason = sourceFailure('CANCELLED', 'the test left')
        const asked = read(everything(from, { limit: 10_001 }), { signal: leaving.signal, deadline: Date.now() + 10_000 })
        const outcome = asked.then(
          answer => answer.rows.length,
          (error: unknown) => error,
        )
        await new Promise(resolve => setTimeout(resolve, wait))
        leaving.abort(reason)
        // A quick source may have answered already; a late answer must be the right one, an early leave must have its own reason.
        expect([reason, from.table.rows.length]).toContain(await outcome)
        const { rows } = await read(everything(trees(), { limit: 3, columns: [trees().fields.id!] }))
        expect(rows).toEqual([[1], [2], [3]])
      }
    })

    keep('cancelSilent', async () => {
      await withFault('silent', async (silent, from) => {
        const leaving = new AbortController()
        const reason = sourceFailure('CANCELLED', 'the test left')
        const asked = silent.read(everything(from, {}), { signal: leaving.signal, deadline: Date.now() + 60_000 })
        setTimeout(() => leaving.abort(reason), 150)
        await expect(asked).rejects.toBe(reason)
      })
    })

    keep('deadline', async () => {
      await withFault('silent', async (silent, from) => {
        const error = await failure(silent.read(everything(from, {}), patient(400)))
        expect(error.code).toBe('SOURCE_TIMEOUT')
        expectDiscreet(error, opened)
        recorder.fault(faultWords.silent, error)
      })
    })

    const withFault = async (fault: Fault, check: (bad: Connector, from: TownDataset) => Promise<void>): Promise<void> => {
      const make = opened.faults?.[fault]
      if (!make) throw new Error(`no hook for the fault "${fault}": give one, or say in \`cannot\` why this kind of source cannot have it`)
      const bad = await make()
      try {
        await check(bad.connector, bad.dataset ?? trees())
      } finally {
        await bad.connector.close()
        await bad.close()
      }
    }

    for (const [fault, codes] of Object.entries(faultCodes) as [Fault, readonly FailureCode[]][]) {
      if (fault === 'silent') continue
      promise(`fault.${fault}`, `survives a bad source: ${faultWords[fault]}`, async () => {
        await withFault(fault, async (bad, from) => {
          for (let turn = 0; turn < 2; turn++) {
            const error = await failure(bad.read(everything(from, {}), patient()))
            expect(codes).toContain(error.code)
            expectDiscreet(error, opened)
            recorder.fault(faultWords[fault], error)
          }
          expect(codes).toContain((await failure(drainBad(bad, from))).code)
        })
        expect((await read(everything(trees(), { limit: 2 }))).rows).toHaveLength(2)
      })
    }

    keep('instances', async () => {
      const other = await another({ town: otherTown })
      const [mine, theirs] = [trees(), other.datasets.trees!]
      const questions = Array.from({ length: 40 }, (_, turn) => {
        const [from, connector] = turn % 2 === 0 ? [mine, opened.connector] : [theirs, other.connector]
        const leaving = new AbortController()
        if (turn % 5 === 4) setTimeout(() => leaving.abort(sourceFailure('CANCELLED', 'left')), turn % 3)
        const request = everything(from, { columns: [from.fields.id!], limit: 20 })
        return connector.read(request, { signal: leaving.signal, deadline: Date.now() + 20_000 }).then(
          answer =>
            expect(answer.rows).toEqual(
              ordered(from, totalOrder(from))
                .slice(0, 20)
                .map(row => [row[0]]),
            ),
          (error: unknown) => expect(error).toMatchObject({ code: 'CANCELLED' }),
        )
      })
      await Promise.all(questions)
    })

    keep('limitRows', async () => {
      for (const limit of [1, 2, 19, 20, 21, 56, 57, 58, 10_001]) {
        const { rows } = await read(everything(trees(), { limit }))
        expect(rows).toHaveLength(Math.min(limit, 57))
      }
    })

    keep('limitBytes', async () => {
      const tight = await another({ limits: { ...calm, bytes: 600 } })
      const from = tight.datasets.keys ?? tight.datasets.trees!
      const error = await failure(tight.connector.read(everything(from, { limit: 10_001 }), patient()))
      expect(['TOO_MANY_ROWS', 'SOURCE_ANSWER_INVALID']).toContain(error.code)
      expectDiscreet(error, opened)
    })

    keep('drift', async () => {
      const gone = openField('gone', 'text', { column: 'verschwundene_spalte' })
      const { id, species } = trees().fields
      const requests: SourceRequest[] = [
        everything(trees(), { columns: [id!, gone] }),
        everything(trees(), { columns: [id!], where: { op: 'isNull', column: gone, value: true } }),
        everything(trees(), { columns: [id!], orderBy: totalOrder(trees(), { column: gone, direction: 'asc', nulls: 'last' }) }),
        {
          kind: 'keyed',
          dataset: trees().dataset,
          columns: [gone, id!],
          match: [id!],
          keys: [[1]],
          orderBy: totalOrder(trees()),
          perKey: 1,
        },
        { kind: 'aggregate', dataset: trees().dataset, groupBy: [gone], measures: [{ function: 'count' }], limit: 10 },
      ]
      for (const request of requests) {
        const error = await failure(read(request))
        expect(error.code).toBe('SOURCE_CHANGED')
        expectDiscreet(error, opened)
        expect(`${error.log}`).toContain('verschwundene_spalte')
        recorder.fault('a column is gone', error)
        expect((await read(everything(trees(), { columns: [id!, species!], limit: 3 }))).rows).toHaveLength(3)
      }
    })

    keep('reading', async () => {
      const statements = opened.calls.filter(call => call.means === 'sql').map(call => call.statement)
      expect(
        statements.filter(statement => !/^\s*(select|with|set|begin|start transaction|show|pragma|commit|rollback)\b/i.test(statement)),
      ).toEqual([])
      const words = /\b(insert|update|delete|drop|alter|create|truncate|merge|grant|replace into|call|exec)\b/i
      expect(statements.filter(statement => words.test(unquoted(statement)))).toEqual([])
      const urls = opened.calls.filter(call => call.means === 'http').map(call => call.statement)
      const verbs = /applyEdits|addFeatures|updateFeatures|deleteFeatures|calculate|Transaction|LockFeature/i
      expect(urls.filter(url => verbs.test(url))).toEqual([])
      expect(opened.calls.every(call => call.source !== '' && call.dataset !== '')).toBe(true)
    })

    keep('streamWhole', () => expectWhole(opened))
    keep('streamRowRule', () => expectRowRule(opened))
    keep('streamPace', () => expectPace(opened))
    keep('streamLeaving', () => expectLeaving(opened))
    keep('streamFailure', async () => expectNoSilentEnd(opened, await another({})))

    keep('resources', async () => {
      const busy = await another({ limits: { ...calm, connections: 2 } })
      const from = busy.datasets.trees!
      const { id } = from.fields
      const first = await busy.connector.read(everything(from, { limit: 1 }), patient())
      expect(first.rows).toHaveLength(1)
      const before = await busy.held?.()
      const kinds = (turn: number): SourceRequest =>
        [
          everything(from, { limit: 5 }),
          everything(from, { where: { op: 'eq', column: id!, value: turn } }),
          { kind: 'aggregate', dataset: from.dataset, groupBy: [], measures: [{ function: 'count' }], limit: 1 } as const,
          {
            kind: 'keyed',
            dataset: from.dataset,
            columns: [id!],
            match: [id!],
            keys: [[turn]],
            orderBy: totalOrder(from),
            perKey: 1,
          } as const,
        ][turn % 4]!
      for (let round = 0; round < 10; round++) {
        const wave = Array.from({ length: 20 }, (_, turn) => {
          const leaving = new AbortController()
          const asked = busy.connector.read(kinds(turn), { signal: leaving.signal, deadline: Date.now() + 30_000 })
          if (turn % 7 === 6) leaving.abort(sourceFailure('CANCELLED', 'left'))
          return asked.then(
            () => 'answered',
            (error: GatewayError) => error.code,
          )
        })
        expect(new Set(await Promise.all(wave)).difference(new Set(['answered', 'CANCELLED']))).toEqual(new Set())
      }
      await expectHeld(busy, Math.max(before ?? 0, 2))
      await busy.connector.close()
      await expectHeld(busy, 0)
      const error = await failure(busy.connector.read(everything(from, { limit: 1 }), patient()))
      expect(error.code).toBe('SOURCE_UNAVAILABLE')
      expectDiscreet(error, opened)
      await busy.connector.close()
    })

    keep('repeat', async () => {
      const { planted, condition } = trees().fields
      const requests: SourceRequest[] = [
        everything(trees(), {}),
        everything(trees(), { orderBy: totalOrder(trees(), { column: planted!, direction: 'desc', nulls: 'last' }), limit: 20 }),
        { kind: 'aggregate', dataset: trees().dataset, groupBy: [condition!], measures: [{ function: 'count' }], limit: 10 },
      ]
      for (const request of requests) {
        if (request.kind === 'aggregate' && !opened.connector.capabilities.group.includes('code')) continue
        const started = Date.now()
        const [one, two] = [await read(request), await read(request)]
        expect(two.rows).toEqual(one.rows)
        expect(one.asOf).toBeGreaterThanOrEqual(started - 1)
        expect(one.asOf).toBeLessThanOrEqual(Date.now())
      }
    })

    // Last, when all has been shown; a run of some promises only, or one in which a promise was broken, has nothing to say.
    const { testPath = '' } = expect.getState()
    if (testPath.includes('/test/contract/')) {
      test('what was shown here is what the documentation says', () => {
        if (unshown.size === 0) recorder.settle(testPath)
      })
    }
  })
}

// ---- requests ----

/** All rows of a dataset in the order of its key, unless said otherwise. */
function everything(from: TownDataset, more: Partial<RowsRequest>): RowsRequest {
  return { kind: 'rows', dataset: from.dataset, columns: Object.values(from.fields), orderBy: totalOrder(from), limit: 10_000, ...more }
}

/** An order that ends with the key. */
function totalOrder(from: TownDataset, first?: Order): Order[] {
  const rest = from.key.filter(column => column !== first?.column).map(column => ({ column, direction: 'asc', nulls: 'last' }) as const)
  return first ? [first, ...rest] : rest
}

function columnsFor(_from: TownDataset, orderBy: readonly Order[]): OpenField[] {
  return [...new Set(orderBy.map(order => order.column as OpenField))]
}

function keyedReadings(from: TownDataset, codes: readonly string[], orderBy: readonly Order[], perKey: number): KeyedRequest {
  return {
    kind: 'keyed',
    dataset: from.dataset,
    columns: Object.values(from.fields),
    match: [from.fields.station!],
    keys: codes.map(code => [code]),
    orderBy,
    perKey,
  }
}

// ---- what is expected ----

function compareRows(from: TownDataset, orderBy: readonly Order[], a: Row, b: Row): number {
  for (const { column, direction, nulls } of orderBy) {
    const [left, right] = [cell(from.table, a, column), cell(from.table, b, column)]
    if (left === null && right === null) continue
    if (left === null || right === null) return (left === null) === (nulls === 'first') ? -1 : 1
    const order = compareCells(left, right, column.type)
    if (order !== 0) return direction === 'asc' ? order : -order
  }
  return 0
}

function ordered(from: TownDataset, orderBy: readonly Order[]): Row[] {
  return [...from.table.rows]
    .sort((a, b) => compareRows(from, orderBy, a, b))
    .map(row => picked(from.table, row, columnsFor(from, orderBy)))
}

/** The row of the table that has these cells in the columns of an order. */
function rowAt(from: TownDataset, orderBy: readonly Order[], cells: Row): Row {
  const columns = columnsFor(from, orderBy)
  return from.table.rows.find(row => picked(from.table, row, columns).every((value, at) => value === cells[at]))!
}

/** Texts have an order of their own in every source: equal ones stand together, missing ones where they were asked for. */
function grouped(rows: readonly Row[], nulls: 'first' | 'last'): string {
  const runs = rows.map(row => row[0]).filter((value, at, all) => at === 0 || value !== all[at - 1])
  if (new Set(runs).size !== runs.length) return `a value comes twice: ${JSON.stringify(runs)}`
  const place = runs.indexOf(null)
  if (place >= 0 && place !== (nulls === 'first' ? 0 : runs.length - 1)) return 'nulls are at the wrong end'
  return rows.length === 57 ? 'each value once, nulls where asked' : 'rows are missing'
}

function sorted(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
}

function byNumber(a: Cell, b: Cell): number {
  return Number(a) - Number(b)
}

/** Rows of each station in the order they came; stations come in any order. */
function byStation(rows: readonly Row[], from: TownDataset): Record<string, Row[]> {
  const at = Object.values(from.fields).indexOf(from.fields.station!)
  return Object.groupBy(rows, row => String(row[at])) as Record<string, Row[]>
}

function functionsFor(field: OpenField): readonly MeasureFunction[] {
  switch (field.type) {
    case 'int':
    case 'bigint':
    case 'decimal':
    case 'float':
      return ['count', 'countDistinct', 'sum', 'avg', 'min', 'max']
    case 'date':
    case 'datetime':
      return ['count', 'countDistinct', 'min', 'max']
    case 'text':
    case 'code':
    case 'boolean':
      return ['count', 'countDistinct']
    default:
      return []
  }
}

function measured(from: TownDataset, rows: readonly Row[], measures: readonly Measure[]): Row {
  return measures.map(({ function: name, column }) => {
    if (!column) return rows.length
    const values = rows.map(row => cell(from.table, row, column)).filter(value => value !== null)
    return measureOf(name, values, column.type)
  })
}

function measureOf(name: MeasureFunction, values: readonly Exclude<Cell, null>[], type: FieldType): Cell {
  const rising = [...values].sort((a, b) => compareCells(a, b, type))
  switch (name) {
    case 'count':
      return values.length
    case 'countDistinct':
      return new Set(values).size
    case 'min':
      return rising[0] ?? null
    case 'max':
      return rising.at(-1) ?? null
    case 'avg':
      return values.length === 0 ? null : values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length
    case 'sum':
      return values.length === 0 ? null : exactSum(values.map(String))
  }
}

/** The town's decimals have at most ten digits behind the point. */
function exactSum(values: readonly string[]): string {
  const scaled = values.reduce((sum, text) => {
    const [whole = '', fraction = ''] = text.split('.')
    return sum + BigInt(whole + fraction.padEnd(10, '0'))
  }, 0n)
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(11, '0')
  const text = `${digits.slice(0, -10)}.${digits.slice(-10)}`.replace(/\.?0+$/, '')
  return scaled < 0n ? `-${text}` : text
}

function expectMeasures(actual: Row, expected: Row, measures: readonly Measure[]): void {
  const named = (row: Row): Record<string, Cell> =>
    Object.fromEntries(
      measures.map(({ function: name, column }, at) => {
        const value = row[at]!
        // An average is a float: two sources may round its last digits differently.
        return [`${name} ${column?.name ?? ''}`, name === 'avg' && typeof value === 'number' ? Number(value.toPrecision(10)) : value]
      }),
    )
  expect(named(actual)).toEqual(named(expected))
}

function groupings(from: TownDataset, capabilities: Capabilities): OpenField[][] {
  const { condition, felled, species, planted, checked } = from.fields
  return [[condition], [felled], [species], [checked], [condition, felled], [planted, condition]]
    .filter(group => group.every(field => field && capabilities.group.includes(field.type)))
    .map(group => group as OpenField[])
}

function groupsOf(from: TownDataset, groupBy: readonly OpenField[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of from.table.rows) {
    const key = JSON.stringify(picked(from.table, row, groupBy))
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

// ---- conditions ----

function valuesOf(from: TownDataset, field: OpenField): Scalar[] {
  return [...new Set(from.table.rows.map(row => cell(from.table, row, field)))].filter(value => value !== null && typeof value !== 'object')
}

/** Values of a field and some that no row has. */
function probes(from: TownDataset, field: OpenField): readonly Scalar[] {
  const strangers: Partial<Record<FieldType, readonly Scalar[]>> = {
    text: ['Öl', 'eiche', '%', '_', "'", 'gibt es nicht'],
    code: ['1', '9', "'"],
    int: [0, -1, 1990],
    bigint: ['0', '9007199254740992', '-5'],
    decimal: ['0', '12.34', '-0.5', '12.345'],
    float: [0.1, -3],
    boolean: [true, false],
    date: ['2023-06-15', '1999-12-31'],
    time: ['07:30:00'],
    datetime: ['2025-10-26T00:30:00Z', '2024-01-01T00:00:00Z'],
  }
  return [...valuesOf(from, field), ...(strangers[field.type] ?? [])]
}

/** Conditions of one operator on one field that are worth asking. */
function samples(from: TownDataset, field: OpenField, operator: Operator): Condition[] {
  const values = probes(from, field)
  switch (operator) {
    case 'isNull':
      return [
        { op: 'isNull', column: field, value: true },
        { op: 'isNull', column: field, value: false },
      ]
    case 'in':
    case 'notIn':
      return [0, 1, 3]
        .map(count => ({ op: operator, column: field, values: values.slice(count === 0 ? values.length : 0, count) }))
        .reverse() as Condition[]
    case 'contains':
    case 'startsWith':
      return values.map(value => ({ op: operator, column: field, value: String(value).slice(0, 4) }))
    case 'bbox':
      return boxes.map(box => ({ op: 'bbox', column: field, box }))
    case 'within':
      return boxes.slice(0, 4).map(([west, south, east, north]) => ({
        op: 'within',
        column: field,
        // A triangle, and a square with a hole: a source that only knows boxes shows here.
        area: {
          type: 'MultiPolygon',
          coordinates: [
            [
              [
                [west, south],
                [east, south],
                [west, north],
                [west, south],
              ],
            ],
            [
              [
                [9.2, 47.6801],
                [9.3, 47.6801],
                [9.3, 47.7],
                [9.2, 47.7],
                [9.2, 47.6801],
              ],
              [
                [9.21, 47.681],
                [9.21, 47.69],
                [9.29, 47.69],
                [9.29, 47.681],
                [9.21, 47.681],
              ],
            ],
          ],
        },
      }))
    case 'near':
      return from.table.name === 'areas'
        ? [300, 5_000].map(radius => ({ op: 'near', column: field, longitude: 9.18, latitude: 47.66, metres: radius }))
        : clearRadii(from, field).map(radius => ({ op: 'near', column: field, longitude: 9.18, latitude: 47.66, metres: radius }))
    default:
      return values.map(value => ({ op: operator, column: field, value }))
  }
}

const boxes = [
  [9.165, 47.65, 9.18, 47.665],
  [9.1706, 47.6581, 9.1739, 47.6603],
  [9.0, 47.0, 10.0, 48.0],
  [9.18, 47.66, 9.21, 47.69],
  [1, 1, 2, 2],
  // Inside the hole of the first area.
  [9.1755, 47.6563, 9.176, 47.6566],
] as const

/** Radii that no point lies near the rim of: ellipsoid and sphere differ by half a per cent. */
function clearRadii(from: TownDataset, field: OpenField): number[] {
  const distances = from.table.rows
    .map(row => cell(from.table, row, field))
    .map(value => metres((value as { coordinates: readonly number[] }).coordinates, [9.18, 47.66]))
    .sort((a, b) => a - b)
  const gaps = distances.slice(1).map((far, at) => ({ from: distances[at]!, to: far }))
  return gaps
    .filter(gap => gap.to > gap.from * 1.02 + 1)
    .map(gap => Math.round((gap.from + gap.to) / 2))
    .slice(0, 4)
}

/** Conditions a source says it can answer, up to three levels deep. */
function conditions(from: TownDataset, capabilities: Capabilities): fc.Arbitrary<Condition> {
  const simple = Object.values(from.fields).flatMap(field =>
    (capabilities.filter[field.type] ?? [])
      .filter(operator => !dependsOnAlphabet(field.type, operator))
      .flatMap(operator => samples(from, field, operator).map(condition => ({ operator, field: field.name, condition }))),
  )
  // First the field and operator, then the value: rare operators get their turn.
  const kinds = [...Map.groupBy(simple, one => `${one.field} ${one.operator}`).values()]
  const leaf = fc.constantFrom(...kinds).chain(kind => fc.constantFrom(...kind.map(one => one.condition)))
  const { tree } = fc.letrec<{ tree: Condition }>(tie => ({
    tree: fc.oneof(
      { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('tree'), { minLength: 0, maxLength: 3 }) }),
      fc.record({ op: fc.constant('not' as const), of: tie('tree') }),
    ),
  }))
  return tree
}

/** Which of two texts is less is the source's business: every database has its own alphabet. */
function dependsOnAlphabet(type: FieldType, operator: Operator): boolean {
  return (type === 'text' || type === 'code') && ['lt', 'lte', 'gt', 'gte'].includes(operator)
}

/** Claims that make no sense for the type they are made for. */
function misfits(capabilities: Capabilities): string[] {
  const geo: readonly Operator[] = ['bbox', 'within', 'near']
  const found: string[] = []
  for (const [type, operators] of Object.entries(capabilities.filter) as [FieldType, readonly Operator[]][]) {
    const geometric = ['point', 'line', 'polygon', 'geometry'].includes(type)
    if (new Set(operators).size !== operators.length) found.push(`${type}: an operator twice`)
    for (const operator of operators) {
      if (operator !== 'isNull' && geo.includes(operator) !== geometric) found.push(`${type}: ${operator}`)
    }
  }
  return found
}

// ---- errors ----

/** What a caller reads names no column, table, host or folder. */
function expectDiscreet(error: GatewayError, opened: Opened): void {
  const said = JSON.stringify([error.text, error.hint, error.message])
  const columns = Object.values(opened.datasets).flatMap(from => from.table.columns.map(column => column.column))
  const secrets = [
    ...columns,
    ...(opened.secrets ?? []),
    hiddenColumn,
    hiddenMark,
    'verschwundene_spalte',
    'select ',
    'http:',
    '127.0.0.1',
    'localhost',
    '/tmp',
  ]
  expect(secrets.filter(secret => said.includes(secret))).toEqual([])
}

/** A source may refuse a text that it cannot hold at all, such as one with a null character; it may not answer wrongly. */
async function expectMatchingOrRefused(check: () => Promise<void>, value: string): Promise<void> {
  try {
    await check()
  } catch (error) {
    if (!value.includes('\u0000') || !(error instanceof GatewayError) || error.code !== 'BAD_USER_INPUT') throw error
  }
}

/** A statement without what stands in quotes. */
function unquoted(statement: string): string {
  return statement.replace(/'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]/g, '')
}
