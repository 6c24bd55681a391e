/** What is a SensorThings service asked, and is it as little as possible? */

import type { Column, KeyedRequest, Order, RowsRequest } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { datasetOf, type Lab, openLab, stadtklima } from './lab.ts'

const at = open('at', 'datetime', { column: 'phenomenonTime' })
const value = open('value', 'decimal', { column: 'result' })
const stream = engine('Datastream/@iot.id', 'int')
const id = engine('@iot.id', 'int')
const name = open('name', 'text', { column: 'name' })
const maker = open('maker', 'text', { column: 'properties/hersteller' })
const place = open('place', 'point', { column: 'Locations/0/location' })

const newest: readonly Order[] = [
  { column: at, direction: 'desc', nulls: 'last' },
  { column: id, direction: 'asc', nulls: 'last' },
]
const byId: readonly Order[] = [{ column: id, direction: 'asc', nulls: 'last' }]

let lab: Lab
afterEach(() => lab.close())

function rows(entity: string, columns: readonly Column[], more: Partial<RowsRequest> = {}): RowsRequest {
  return { kind: 'rows', dataset: datasetOf(entity), columns, orderBy: byId, limit: 1000, ...more }
}

function latestOf(keys: readonly number[], perKey: number, more: Partial<KeyedRequest> = {}): KeyedRequest {
  const columns = [stream, at, value]
  return {
    kind: 'keyed',
    dataset: datasetOf('Observations'),
    columns,
    match: [stream],
    keys: keys.map(key => [key]),
    orderBy: newest,
    perKey,
    ...more,
  }
}

/** Asks twice, so that canaries are out of the way, and gives what was asked the second time. */
async function settled(work: () => Promise<unknown>): Promise<readonly string[]> {
  await work()
  return lab.questions(work)
}

test('the newest observations of many datastreams come in one answer', async () => {
  lab = await openLab(stadtklima())
  const request = latestOf([1, 2, 3, 4, 99], 2)
  expect(await settled(() => lab.read(request))).toEqual([
    '/v1.1/Datastreams?$select=id&$expand=Observations($select=id,phenomenonTime,result;$orderby=phenomenonTime desc,id asc;$top=2)' +
      '&$filter=(id eq 1 or id eq 2 or id eq 3 or id eq 4 or id eq 99)&$top=1000',
  ])
  expect(await lab.read(request)).toEqual([
    [1, '2026-01-01T06:30:00Z', '39.1'],
    [1, '2026-01-01T06:20:00Z', '38.1'],
    [2, '2026-01-01T06:30:00Z', '39.2'],
    [2, '2026-01-01T06:20:00Z', '38.2'],
    [3, '2026-01-01T06:30:00Z', '39.3'],
    [3, '2026-01-01T06:20:00Z', '38.3'],
  ])
})

test('a list that the service cuts short within an answer is fetched to its end', async () => {
  lab = await openLab(stadtklima(), { most: 10 })
  const found = await lab.read(latestOf([1, 2], 24))
  expect(found).toHaveLength(48)
  expect(found.slice(0, 24).map(([, time]) => time)).toEqual(found.slice(24).map(([, time]) => time))
  expect(lab.server.asked.at(-1)).toContain(
    '/v1.1/Datastreams(2)/Observations?$select=id,phenomenonTime,result&$orderby=phenomenonTime+desc,id+asc',
  )
})

test('a condition on observations is asked for within the list', async () => {
  lab = await openLab(stadtklima())
  const where = { op: 'lt', column: at, value: '2026-01-01T01:00:00Z' } as const
  const asked = await settled(() => lab.read(latestOf([1, 2], 1, { where })))
  expect(asked).toHaveLength(1)
  expect(asked[0]).toContain('$filter=phenomenonTime lt 2026-01-01T01:00:00Z;$orderby=phenomenonTime desc,id asc;$top=1)')
  expect(await lab.read(latestOf([1, 2], 1, { where }))).toEqual([
    [1, '2026-01-01T00:50:00Z', '5.1'],
    [2, '2026-01-01T00:50:00Z', '5.2'],
  ])
})

test('the newest value is a column of the datastream as well', async () => {
  lab = await openLab(stadtklima())
  const latest = open('latest', 'decimal', { column: 'Observations/0/result' })
  const asked = await settled(() => lab.read(rows('Datastreams', [name, latest])))
  expect(asked).toEqual([
    '/v1.1/Datastreams?$select=id,name&$expand=Observations($select=result;$orderby=phenomenonTime desc;$top=1)&$orderby=id asc&$top=1000',
  ])
  expect(await lab.read(rows('Datastreams', [name, latest]))).toEqual([
    ['Reihe 1', '39.1'],
    ['Reihe 2', '39.2'],
    ['Reihe 3', '39.3'],
    ['Reihe 4', null],
  ])
})

test('of an object only the member is asked for that a field names, and a whole object is never served', async () => {
  lab = await openLab(stadtklima())
  const asked = await settled(() => lab.read(rows('Things', [maker, place])))
  expect(asked).toEqual([
    '/v1.1/Things?$select=id,properties/hersteller&$expand=Locations($select=location;$orderby=id asc;$top=1)&$orderby=id asc&$top=1000',
  ])
  for (const column of ['properties', 'Locations/0', 'Locations', 'Datastreams/0/unitOfMeasurement']) {
    const whole = open('whole', 'text', { column })
    await expect(lab.connector.read(rows('Things', [whole]), patient())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
  }
  const wrapped = open('wrapped', 'text', { column: 'parameters/personal/0' })
  expect(new Set(await lab.read(rows('Observations', [wrapped])))).toEqual(new Set(Array.from({ length: 120 }, () => [null])))
})

test('a service that cannot select members sends whole objects, of which the rest is dropped', async () => {
  lab = await openLab(stadtklima(), { refusesDeep: true })
  const request = rows('Things', [maker])
  const asked = await settled(() => lab.read(request))
  expect(asked[0]).toContain('$select=id,properties&')
  const answer = await lab.connector.read(request, patient())
  expect(answer.rows).toEqual([['Ötztal & Söhne'], ["O'Neill"]])
  expect(JSON.stringify(answer)).not.toContain('GEHEIM')
})

test('texts are bound so that no quote ends them', async () => {
  lab = await openLab(stadtklima())
  for (const [text, found] of [
    ["O'Neill", 1],
    ["O''Neill", 0],
    ["' or id eq 1 or name eq '", 0],
    ['Ötztal & Söhne', 1],
  ] as const) {
    const where = { op: 'eq', column: maker, value: text } as const
    expect(await lab.read(rows('Things', [maker], { where }))).toHaveLength(found)
    expect(lab.server.asked.at(-1)).toContain(`$filter=properties/hersteller eq '${text.replaceAll("'", "''")}'`)
  }
  const backslash = { op: 'eq', column: maker, value: 'a\\' } as const
  expect(await lab.questions(() => lab.read(rows('Things', [maker], { where: backslash })))).not.toContain(expect.stringContaining('\\'))
})

test('a service that stumbles over a doubled quote never sees one', async () => {
  lab = await openLab(stadtklima(), { refusesQuotes: true, parseStatus: 500 })
  const where = { op: 'eq', column: maker, value: "O'Neill" } as const
  expect(await lab.read(rows('Things', [maker], { where }))).toEqual([["O'Neill"]])
  expect(lab.server.asked.filter(question => question.includes("O''Neill"))).toEqual([])
})

test('a page in the middle is cut by the service, also behind a condition on time', async () => {
  lab = await openLab(stadtklima())
  const where = { op: 'gte', column: at, value: '2026-01-01T06:00:00Z' } as const
  const request = rows('Observations', [at, id], { where, orderBy: newest, limit: 3, position: { skip: 4 } })
  const asked = await settled(() => lab.read(request))
  expect(asked).toEqual([
    '/v1.1/Observations?$select=id,phenomenonTime&$filter=phenomenonTime ge 2026-01-01T06:00:00Z&$orderby=phenomenonTime desc,id asc&$top=3&$skip=4',
  ])
  expect((await lab.read(request)).map(([time]) => time)).toEqual(['2026-01-01T06:20:00Z', '2026-01-01T06:20:00Z', '2026-01-01T06:10:00Z'])
})

test('rows are counted by the service', async () => {
  lab = await openLab(stadtklima())
  const where = { op: 'gte', column: value, value: '38' } as const
  const count = {
    kind: 'aggregate',
    dataset: datasetOf('Observations'),
    groupBy: [],
    measures: [{ function: 'count' }],
    limit: 1,
    where,
  } as const
  const asked = await settled(() => lab.read(count))
  expect(asked).toEqual(['/v1.1/Observations?$select=id&$filter=result ge 38&$top=1&$count=true'])
  expect(await lab.read(count)).toEqual([[6]])
})

test('far more than can be looked at here is refused after the first page', async () => {
  lab = await openLab(stadtklima(7000))
  const request = rows('Observations', [value], { orderBy: [{ column: value, direction: 'asc', nulls: 'last' }], limit: 10 })
  await expect(lab.connector.read(request, patient())).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' })
  expect(lab.server.asked.filter(question => question.includes('$skip'))).toEqual([])
})

test('user and password, or a token, travel in a header and in no log', async () => {
  lab = await openLab(stadtklima(), {}, { token: 'geheim-1' })
  await lab.read(rows('Things', [name]))
  expect(lab.server.authorizations).toEqual(new Set(['Bearer geheim-1']))
  expect(JSON.stringify([lab.calls, lab.server.asked])).not.toContain('geheim-1')
})
