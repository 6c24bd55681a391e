/** How is a service asked: with which login, never elsewhere, and with what in the log? */

import { http } from '../../../src/connectors/http/index.ts'
import { open } from '../../support/columns.ts'
import { type Service, serve } from './service.ts'

const nr = open('nr', 'int')
let service: Service
afterEach(() => service?.stop())

test('user and password, headers and parameters are sent, and never told', async () => {
  service = await serve(() => '[{"nr":1}]', { user: 'tor', password: 'geheim', headers: { 'X-Api-Key': 'k-1' }, query: { key: 'k-2' } })
  await service.read({ path: 'a b/liste', query: { seit: 2024, alle: true } }, [nr])
  expect(service.asked[0]).toMatchObject({
    path: 'a b/liste',
    query: { key: 'k-2', seit: '2024', alle: 'true' },
    headers: {
      authorization: `Basic ${Buffer.from('tor:geheim').toString('base64')}`,
      'x-api-key': 'k-1',
      accept: expect.stringContaining('json'),
    },
  })
  expect(JSON.stringify(service.calls)).not.toMatch(/geheim|k-1|k-2|2024/)
  expect(service.calls[0]?.statement).toContain('/api/a%20b/liste?key&seit&alle')
})

test('a redirect stays at the host', async () => {
  service = await serve(({ path }) => (path === 'alt' ? { status: 302, location: 'neu' } : '[{"nr":1}]'))
  expect((await service.read({ path: 'alt' }, [nr])).rows).toEqual([[1]])
  await service.stop()
  service = await serve(() => ({ status: 302, location: 'http://127.0.0.1:9/' }))
  await expect(service.read({ path: 'alt' }, [nr])).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
})

test.each([
  '/etc',
  '../x',
  'a/../../x',
  'a/%2e%2e/x',
  'a/.%2E/x',
  'http://anderswo.example/',
  '//anderswo.example',
  '\\\\a',
  'a?b=c',
  'a#b',
  '',
])('a path of a dataset cannot be %s', path => {
  expect(http.place.safeParse({ path })).toMatchObject({ success: false })
})

test.each<[string, object]>([
  ['a header of HTTP itself', { headers: { Host: 'anderswo.example' } }],
  ['a header of two lines', { headers: { 'X-A': 'b\r\nHost: anderswo.example' } }],
  ['two logins', { user: 'a', headers: { authorization: 'b' } }],
  ['parameters in the address', { url: 'https://a.example/?key=1' }],
  ['another scheme', { url: 'file:///etc/passwd' }],
])('%s is a mistake of the source file', (_what, part) => {
  expect(http.connection.safeParse({ url: 'https://a.example/api', ...part })).toMatchObject({ success: false })
})

test.each<[string, object]>([
  ['XML without a path to its rows', { format: 'xml' }],
  ['a CSV with a path to its rows', { format: 'csv', rows: 'a' }],
  ['a CSV with links', { format: 'csv', paging: { by: 'next', link: 'a' } }],
  ['rows above the document', { rows: '../a' }],
  ['a second list that is matched by two columns', { join: { name: 'b', path: 'b', match: { a: 'a', c: 'c' } } }],
  ['a word nobody knows', { wildcard: true }],
])('%s is a mistake of the dataset file', (_what, part) => {
  expect(http.place.safeParse({ path: 'liste', ...part })).toMatchObject({ success: false })
})

describe('a second list', () => {
  const place = { path: 'orte', join: { name: 'stand', path: 'stand', rows: 'stand', match: { id: 'nummer' } } }
  const frei = open('frei', 'int', { column: 'stand/frei' })

  test('stands beside the first by its key, once', async () => {
    const stand = [
      { nummer: '1', frei: 5 },
      { nummer: '3', frei: 6 },
      { nummer: '3', frei: 7 },
    ]
    service = await serve(({ path }) => JSON.stringify(path === 'orte' ? [{ id: 1 }, { id: 2 }, { id: 3 }] : { stand }))
    const { rows, problems } = await service.read(place, [open('id', 'int'), frei])
    expect(rows).toEqual([
      [1, 5],
      [2, null],
      [3, null],
    ])
    expect(problems).toEqual({ 'row that is there twice in the second list': 1 })
    const never = open('nie', 'int', { column: 'stand/nie' })
    expect((await service.read({ ...place, optional: ['stand/nie'] }, [never])).rows).toEqual([[null], [null], [null]])
    await expect(service.read(place, [open('x', 'int', { column: 'stand/gibt-es-nicht' })])).rejects.toMatchObject({
      code: 'SOURCE_CHANGED',
    })
  })

  test('that cannot be had is a failure, not an empty one', async () => {
    service = await serve(({ path }) => (path === 'orte' ? '[{"id":1}]' : { status: 500 }))
    await expect(service.read(place, [frei])).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
  })
})
