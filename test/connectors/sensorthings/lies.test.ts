/** What happens with services that do less than the standard says, and with old and real answers? */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sensorthings } from '../../../src/connectors/sensorthings/index.ts'
import type { KeyedRequest, Order, RowsRequest } from '../../../src/model/index.ts'
import { startReplay } from '../../servers/replay.ts'
import type { Quirks } from '../../servers/things.ts'
import { calmLimits } from '../../support/ask.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { datasetOf, openLab, stadtklima } from './lab.ts'

const at = open('at', 'datetime', { column: 'phenomenonTime' })
const value = open('value', 'decimal', { column: 'result' })
const stream = engine('Datastream/@iot.id', 'int')
const id = engine('@iot.id', 'int')
const newest: readonly Order[] = [
  { column: at, direction: 'desc', nulls: 'last' },
  { column: id, direction: 'asc', nulls: 'last' },
]

const page: RowsRequest = {
  kind: 'rows',
  dataset: datasetOf('Observations'),
  columns: [id, value],
  where: {
    op: 'and',
    of: [
      { op: 'gte', column: value, value: '10' },
      { op: 'eq', column: stream, value: 2 },
    ],
  },
  orderBy: newest,
  limit: 3,
  position: { skip: 2 },
}
const latest: KeyedRequest = {
  kind: 'keyed',
  dataset: datasetOf('Observations'),
  columns: [stream, value],
  match: [stream],
  keys: [[1], [3], [4]],
  orderBy: newest,
  perKey: 1,
}
const count = { kind: 'aggregate', dataset: datasetOf('Observations'), groupBy: [], measures: [{ function: 'count' }], limit: 1 } as const

const liars: readonly (readonly [string, Quirks])[] = [
  ['ignores filters', { ignores: ['filter'] }],
  ['ignores where to begin', { ignores: ['skip'] }],
  ['ignores orders', { ignores: ['orderby', 'nested orderby'] }],
  ['ignores the order within lists', { ignores: ['nested orderby'] }],
  ['sends everything that it has of an entity', { ignores: ['select'] }],
  ['counts the entities of the answer', { countsPage: true, most: 30 }],
  ['says that there is more when there is not', { alwaysNext: true }],
  ['gives ten at a time', { most: 10 }],
  ['calls itself by a name that only its proxy knows', { most: 30, nextHost: 'frost.intern:8080' }],
  ['answers what it cannot parse with status 500', { refusesDeep: true, refusesQuotes: true, parseStatus: 500 }],
]

test.each(liars)('a service that %s is answered for rightly', async (_name, quirks) => {
  const lab = await openLab(stadtklima(), quirks)
  try {
    expect(await lab.read(page)).toEqual([
      [2003, '37.2'],
      [2004, '36.2'],
      [2005, '35.2'],
    ])
    expect(await lab.read(latest)).toEqual([
      [1, '39.1'],
      [3, '39.3'],
    ])
    expect(await lab.read(count)).toEqual([[120]])
  } finally {
    await lab.close()
  }
})

test('a service that sends one page again and again is given up', async () => {
  const lab = await openLab(stadtklima(), { ignores: ['skip'], most: 30 })
  await expect(lab.connector.read({ ...page, where: { op: 'eq', column: stream, value: 2 }, limit: 100 }, patient())).rejects.toMatchObject(
    { code: 'SOURCE_ANSWER_INVALID' },
  )
  await lab.close()
})

test('a next link to another host is never followed', async () => {
  const foreign = await startReplay(() => ({ body: '{"value":[]}', type: 'application/json' }))
  const lab = await openLab(stadtklima(), { most: 30, nextHost: new URL(foreign.url).host })
  expect(await lab.read({ ...page, where: { op: 'eq', column: stream, value: 2 }, limit: 100, position: { skip: 0 } })).toHaveLength(40)
  expect(foreign.asked).toEqual([])
  await lab.close()
  await foreign.stop()
})

/** Answers every question with one and the same text. */
async function answered(body: string, request: RowsRequest) {
  const server = await startReplay(() => ({ body, type: 'application/json' }))
  const url = server.url.replace('/wfs', '/v1.1')
  const connector = sensorthings.open(
    { id: 'sensoren', kind: 'sensorthings', title: 'Sensoren', connection: sensorthings.connection.parse({ url }), limits: calmLimits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
  try {
    return await connector.read(request, patient())
  } finally {
    await connector.close()
    await server.stop()
  }
}

const all = (entity: string, columns: RowsRequest['columns'], limit = 100): RowsRequest => ({
  kind: 'rows',
  dataset: datasetOf(entity),
  columns,
  orderBy: [],
  limit,
})

test('results are numbers, texts, lists and objects; a time may be an interval', async () => {
  const body = JSON.stringify({
    value: [
      { '@iot.id': 1, result: 12.5, phenomenonTime: '2026-01-01T01:00:00.000+01:00' },
      { '@iot.id': 2, result: '7', phenomenonTime: '2026-01-01T00:00:00Z/2026-01-01T01:00:00Z' },
      { '@iot.id': 3, result: [1, 2], phenomenonTime: '2026-01-01T00:00:00Z' },
      { '@iot.id': 4, result: { person: 'GEHEIM' }, phenomenonTime: null },
    ],
  })
  const end = open('end', 'datetime', { column: 'phenomenonTime/end' })
  const second = open('second', 'decimal', { column: 'result/1' })
  const { rows, problems } = await answered(body, all('Observations', [value, second, at, end], 4))
  expect(rows).toEqual([
    ['12.5', null, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['7', null, '2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z'],
    [null, '2', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    [null, null, null, null],
  ])
  expect(problems).toEqual({ 'unreadable cell': 2 })
})

test('observations packed in arrays, with times as a database writes them, are understood', async () => {
  const body = JSON.stringify({
    value: [
      {
        'Datastream@iot.navigationLink': 'http://x/Datastreams(1)',
        components: ['id', 'phenomenonTime', 'result'],
        'dataArray@iot.count': 2,
        dataArray: [
          [1, '2023-03-01 00:30:01+00', 3.5],
          [2, '2023-03-01 00:40:01+00', 4],
        ],
      },
    ],
  })
  expect((await answered(body, all('Observations', [at, value], 2))).rows).toEqual([
    ['2023-03-01T00:30:01Z', '3.5'],
    ['2023-03-01T00:40:01Z', '4'],
  ])
})

test('what is asked for is read out of an answer of the city of Hamburg, and nothing else', async () => {
  const body = readFileSync(resolve(import.meta.dirname, '../../data/bav4/hamburg_thing227_expand_datastreams.json'), 'utf8')
  const columns = [
    id,
    open('name', 'text', { column: 'name' }),
    open('updated', 'datetime', { column: 'properties/infoLastUpdate' }),
    open('keyword', 'text', { column: 'properties/keywords/0' }),
    open('area', 'polygon', { column: 'Locations/0/location' }),
    open('symbol', 'text', { column: 'Datastreams/0/unitOfMeasurement/symbol' }),
    open('last', 'decimal', { column: 'Datastreams/5/Observations/0/result' }),
    open('since', 'datetime', { column: 'Datastreams/5/phenomenonTime' }),
    open('until', 'datetime', { column: 'Datastreams/5/phenomenonTime/end' }),
    open('point', 'point', { column: 'Datastreams/0/observedArea' }),
    open('missing', 'datetime', { column: 'Datastreams/1/resultTime' }),
  ]
  const { rows, problems } = await answered(body, all('Things', columns, 1))
  const [row] = rows
  expect(row!.toSpliced(4, 1)).toEqual([
    228,
    'Hamburg University of Applied Sciences: Energie-Campus',
    '2021-09-16T07:41:08.478Z',
    'Hamburg',
    'W',
    '3425',
    '2019-07-31T17:08:21.353Z',
    '2026-04-09T14:23:11.71Z',
    { type: 'Point', coordinates: [10.2008188, 53.4757126] },
    null,
  ])
  expect(row![4]).toMatchObject({ type: 'Polygon' })
  expect(problems).toBeUndefined()
})
