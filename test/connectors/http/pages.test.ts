/** Do all rows come, once, from services that count pages in their own way, and does a bad one do no harm? */

import { http } from '../../../src/connectors/http/index.ts'
import type { Answer } from '../../../src/model/index.ts'
import { datasetAt } from '../../support/ask.ts'
import { open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { type Asked, type Said, type Service, serve } from './service.ts'

const nr = open('nr', 'int')
const all = Array.from({ length: 25 }, (_, at) => at + 1)
const rowsOf = (numbers: readonly number[]): string =>
  JSON.stringify({ zeilen: numbers.map(nr => ({ nr })), summe: 25, uhrzeit: Math.random() })

let service: Service
afterEach(() => service.stop())

async function numbers(answer: (asked: Asked) => Said, paging: object, limits: object = {}): Promise<unknown[]> {
  service = await serve(answer, {}, limits)
  const { rows } = await service.read({ path: 'liste', rows: 'zeilen', paging }, [nr])
  return rows.map(row => row[0])
}

const offsetOf = ({ query }: Asked): number => Number(query.offset ?? 0)

test('by offset, until a page is empty', async () => {
  const found = await numbers(asked => rowsOf(all.slice(offsetOf(asked), offsetOf(asked) + 10)), { by: 'offset', size: 10 })
  expect(found).toEqual(all)
  expect(service.asked.map(({ query }) => query)).toEqual(['0', '10', '20', '25'].map(offset => ({ limit: '10', offset })))
})

test('a stream of many rows reads the list once, and tells once what could not be read', async () => {
  const many = Array.from({ length: 2_500 }, (_, at) => (at === 1_200 ? { nr: 'keine Zahl' } : { nr: at }))
  service = await serve(({ query }) => JSON.stringify({ zeilen: many.slice(Number(query.offset), Number(query.offset) + 1_000) }))
  const dataset = datasetAt('http', http.place.parse({ path: 'liste', rows: 'zeilen', paging: { by: 'offset', size: 1_000 } }))
  const batches: Answer[] = []
  for await (const batch of service.connector.stream!({ dataset, columns: [nr] }, patient())) batches.push(batch)
  expect(batches.map(({ rows, problems }) => [rows.length, problems])).toEqual([
    [1_000, { 'unreadable cell': 1 }],
    [1_000, undefined],
    [500, undefined],
  ])
  expect(service.asked.map(({ query }) => query.offset)).toEqual(['0', '1000', '2000', '2500'])
})

test('by offset, until the stated total', async () => {
  const found = await numbers(asked => rowsOf(all.slice(offsetOf(asked), offsetOf(asked) + 10)), { by: 'offset', size: 10, total: 'summe' })
  expect(found).toEqual(all)
  expect(service.asked).toHaveLength(3)
})

test('a service that gives fewer rows than asked for is asked on from there', async () => {
  const found = await numbers(asked => rowsOf(all.slice(offsetOf(asked), offsetOf(asked) + 7)), { by: 'offset', size: 10 })
  expect(found).toEqual(all)
})

test('a service that ignores paging and gives everything at once is read once', async () => {
  expect(await numbers(() => rowsOf(all), { by: 'offset', size: 10 })).toEqual(all)
})

test('a service that ignores where a page starts is found out', async () => {
  await expect(numbers(() => rowsOf(all.slice(0, 10)), { by: 'offset', size: 10 })).rejects.toMatchObject({
    code: 'SOURCE_ANSWER_INVALID',
    log: expect.stringContaining('again and again'),
  })
})

test('parameters have the names that the service gives them', async () => {
  await numbers(({ query }) => rowsOf(query.start === '0' ? [1] : []), { by: 'offset', offset: 'start', limit: 'count', size: 5 })
  expect(service.asked[0]?.query).toEqual({ start: '0', count: '5' })
})

test.each([0, 1])('by number, counted from %d, and the page after the last may be missing', async first => {
  const page = ({ query }: Asked): number => Number(query.page) - first
  const answer = (asked: Asked): Said => (page(asked) > 2 ? { status: 404 } : rowsOf(all.slice(page(asked) * 10, page(asked) * 10 + 10)))
  expect(await numbers(answer, { by: 'page', first, limit: 'n', size: 10 })).toEqual(all)
  expect(service.asked.map(({ query }) => query.page)).toEqual([0, 1, 2, 3].map(page => String(page + first)))
})

test('a page that is missing in the middle is not the end', async () => {
  const answer = ({ query }: Asked): Said => (query.page === '2' ? { status: 404 } : rowsOf(all.slice(0, 10)))
  await expect(numbers(answer, { by: 'page', size: 10 })).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
})

describe('by link', () => {
  const linked = (rows: readonly number[], next: unknown): string => JSON.stringify({ zeilen: rows.map(nr => ({ nr })), weiter: next })

  test('relative or absolute, until there is none', async () => {
    const answer = ({ path }: Asked): Said => {
      if (path === 'liste') return linked([1, 2], 'seite/2?q=a%20b')
      return path === 'seite/2' ? linked([3], `${service.url}/seite/3`) : linked([4], null)
    }
    expect(await numbers(answer, { by: 'next', link: 'weiter' })).toEqual([1, 2, 3, 4])
    expect(service.asked.map(({ path }) => path)).toEqual(['liste', 'seite/2', 'seite/3'])
  })

  test('it ends with an empty page, though there is always a next one', async () => {
    const answer = ({ query }: Asked): Said => (query.offset ? linked([], '?offset=99') : linked([1], '?offset=1'))
    expect(await numbers(answer, { by: 'next', link: 'weiter' })).toEqual([1])
  })

  test.each([
    ['another host', 'http://gibt-es-nicht.example/liste'],
    ['another port', 'http://127.0.0.1:9/liste'],
    ['another scheme', 'file:///etc/passwd'],
    ['a login', 'http://a:b@127.0.0.1/liste'],
    ['nowhere', { href: 'x' }],
  ])('it is not followed to %s', async (_where, next) => {
    await expect(numbers(() => linked([1], next), { by: 'next', link: 'weiter' })).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
    expect(service.asked).toHaveLength(1)
  })

  test('it may not lead round in a circle', async () => {
    const answer = ({ query }: Asked): Said => linked([Number(query.s ?? 0)], query.s === '1' ? '?s=2' : '?s=1')
    await expect(numbers(answer, { by: 'next', link: 'weiter' })).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })
})

test('more rows than are worked on here are refused, however they come', async () => {
  const many = Array.from({ length: 8000 }, (_, at) => at)
  const answer = (asked: Asked): Said => rowsOf(many.map(at => at + offsetOf(asked)))
  await expect(numbers(answer, { by: 'offset', size: 8000 })).rejects.toMatchObject({ code: 'TOO_MANY_ROWS' })
  expect(service.asked).toHaveLength(3)
})

test('all pages together are no larger than one answer may be', async () => {
  const answer = (asked: Asked): Said => rowsOf([offsetOf(asked), ...all])
  await expect(numbers(answer, { by: 'offset', size: 26 }, { bytes: 1000 })).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
})

test.each([
  [404, 'SOURCE_CHANGED'],
  [410, 'SOURCE_CHANGED'],
  [400, 'SOURCE_ANSWER_INVALID'],
  [401, 'SOURCE_REFUSED'],
  [403, 'SOURCE_REFUSED'],
  [429, 'SOURCE_BUSY'],
  [503, 'SOURCE_UNAVAILABLE'],
])('status %d is %s', async (status, code) => {
  service = await serve(() => ({ status, body: '[]' }))
  await expect(service.read({ path: 'liste' }, [nr])).rejects.toMatchObject({ code })
})
