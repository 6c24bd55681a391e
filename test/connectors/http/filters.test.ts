/** Is a service asked for less than everything only where it has proved that it gives what was asked for? */

import type { Condition } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { type Asked, type Said, type Service, serve } from './service.ts'

const [name, jahr, platz] = [open('name', 'text'), open('jahr', 'int'), open('platz', 'text')]
const rows = [
  { name: 'Emma', jahr: 2024, platz: '01' },
  { name: 'Mila', jahr: 2024, platz: '02' },
  { name: 'Emma', jahr: 2025, platz: '01' },
  { name: 'Noah', jahr: 2025, platz: '1' },
]
const place = { path: 'namen', filters: { name: 'vorname', jahr: 'filters[jahr]', platz: 'platz' } }
const eq = (column: typeof name, value: string | number): Condition => ({ op: 'eq', column, value })

let service: Service
afterEach(() => service.stop())

const honest = ({ query }: Asked): Said =>
  JSON.stringify(
    rows.filter(
      row =>
        (query.vorname ?? row.name) === row.name &&
        (query['filters[jahr]'] ?? String(row.jahr)) === String(row.jahr) &&
        (query.platz ?? row.platz) === row.platz,
    ),
  )

async function ask(answer: (asked: Asked) => Said, ...wheres: readonly Condition[]): Promise<unknown[]> {
  service = await serve(answer)
  const found: unknown[] = []
  for (const where of wheres) found.push((await service.read(place, [name, jahr], { where })).rows)
  return found
}

const last = () => service.asked.at(-1)?.query

test('one value is asked for once the service has proved itself, and not proved again', async () => {
  const found = await ask(honest, eq(name, 'Emma'), eq(name, 'Noah'))
  expect(found).toEqual([
    [
      ['Emma', 2024],
      ['Emma', 2025],
    ],
    [['Noah', 2025]],
  ])
  expect(last()).toEqual({ vorname: 'Noah' })
  // Everything, nothing, a rare name, a frequent one; then the two questions.
  expect(service.asked).toHaveLength(6)
})

test('several values that must all be met go together, other conditions stay here', async () => {
  const where: Condition = {
    op: 'and',
    of: [eq(name, 'Emma'), { op: 'in', column: jahr, values: [2025] }, { op: 'isNull', column: jahr, value: false }],
  }
  expect(await ask(honest, where)).toEqual([[['Emma', 2025]]])
  expect(last()).toEqual({ vorname: 'Emma', 'filters[jahr]': '2025' })
})

test.each<[string, Condition]>([
  ['a choice', { op: 'or', of: [eq(name, 'Emma'), eq(jahr, 2024)] }],
  ['the contrary', { op: 'not', of: eq(name, 'Emma') }],
  ['several values', { op: 'in', column: name, values: ['Emma', 'Noah'] }],
  ['an empty text', eq(name, '')],
  ['a comma, which may make two values of one', eq(name, 'Emma,Noah')],
  ['a star', eq(name, 'Em*')],
  ['a blank at the end', eq(name, 'Emma ')],
])('%s is not left to the service', async (_what, where) => {
  await ask(honest, where)
  expect(service.asked.map(({ query }) => query)).toEqual([{}])
})

test('a service that ignores the filter is asked for everything', async () => {
  expect(await ask(() => JSON.stringify(rows), eq(name, 'Noah'), eq(name, 'Mila'))).toEqual([[['Noah', 2025]], [['Mila', 2024]]])
  expect(last()).toEqual({})
})

test('a service that finds fewer rows than there are is asked for everything', async () => {
  const lossy = (asked: Asked): Said =>
    asked.query.vorname ? JSON.stringify(rows.filter(row => row.name === asked.query.vorname).slice(0, 1)) : honest(asked)
  expect(await ask(lossy, eq(name, 'Emma'))).toEqual([
    [
      ['Emma', 2024],
      ['Emma', 2025],
    ],
  ])
})

test('a service that refuses the filter is asked for everything', async () => {
  const strict = (asked: Asked): Said => (asked.query.vorname ? { status: 400, body: 'unbekannter Parameter' } : honest(asked))
  expect(await ask(strict, eq(name, 'Noah'))).toEqual([[['Noah', 2025]]])
})

test('a column that is written otherwise than it is read is filtered here: 01 is 1', async () => {
  service = await serve(honest)
  const asNumber = open('platz', 'int')
  const { rows } = await service.read(place, [asNumber, name], { where: { op: 'eq', column: asNumber, value: 1 } })
  expect(rows).toEqual([
    [1, 'Emma'],
    [1, 'Emma'],
    [1, 'Noah'],
  ])
  const exact = await service.read(place, [platz, name], { where: eq(platz, '1') })
  expect(exact.rows).toEqual([['1', 'Noah']])
  expect(last()).toEqual({ platz: '1' })
})

test('an engine-only column of a row rule is used all the same', async () => {
  service = await serve(honest)
  const { rows } = await service.read(place, [name], { where: { op: 'eq', column: engine('jahr', 'int'), value: 2024 } })
  expect(rows).toEqual([['Emma'], ['Mila']])
  expect(last()).toEqual({ 'filters[jahr]': '2024' })
})

test('rows that the filter left over do not tell that a column is gone', async () => {
  const said = [{ name: 'Emma', jahr: 2024 }, { name: 'Noah' }]
  service = await serve(({ query }) => JSON.stringify(said.filter(row => (query.vorname ?? row.name) === row.name)))
  const { rows } = await service.read(place, [name, jahr], { where: eq(name, 'Noah') })
  expect(rows).toEqual([['Noah', null]])
})
