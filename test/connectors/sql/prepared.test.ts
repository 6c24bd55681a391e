/** Statements that PostgreSQL keeps prepared: few, asked again without a word, and never in the way when a table changes. */

import type { Condition } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith, noPostgres } from './servers.ts'

describeWith(noPostgres, 'statements that PostgreSQL keeps prepared', () => {
  const id = engine('id', 'int')
  const name = open('name', 'text')
  let lab: Lab

  beforeAll(async () => {
    lab = await openLab('postgres')
    await lab.run(
      'create table ding (id int primary key, name text, bild bytea)',
      `insert into ding values (1, 'eins', 'ä'::bytea), (2, 'zwei "2" \\', null)`,
      'create view vorbereitet as select name as id from pg_prepared_statements',
    )
  })

  afterAll(async () => {
    await lab.tidyUp()
  })

  test('are a hundred at most on one connection', async () => {
    const { connector } = lab.open({ connections: 1 })
    const ask = async (terms: number) => {
      const of: Condition[] = Array.from({ length: terms }, () => ({ op: 'eq', column: id, value: 1 }))
      const { rows } = await connector.read(rowsOf(tableAs('ding', id), [name], { where: { op: 'or', of } }), patient())
      expect(rows).toEqual([['eins']])
    }
    for (let terms = 2; terms < 152; terms++) for (let time = 0; time < 3; time++) await ask(terms)
    const view = tableAs('vorbereitet', engine('id'))
    const { rows } = await connector.read(rowsOf(view, view.key), patient())
    expect(rows.length).toBeGreaterThan(90)
    expect(rows.length).toBeLessThanOrEqual(101)
  })

  test('give bytes as bytes each time, and take every character in a list', async () => {
    const { connector } = lab.open({ connections: 1 })
    const [picture, wanted] = [open('bild', 'text'), 'zwei "2" \\']
    for (let time = 0; time < 4; time++) {
      const { rows } = await connector.read(rowsOf(tableAs('ding', id), [picture, name]), patient())
      expect(rows).toEqual([
        ['ä', 'eins'],
        [null, wanted],
      ])
      const where: Condition = { op: 'in', column: name, values: [wanted, 'drei, vier', '{}'] }
      expect((await connector.read(rowsOf(tableAs('ding', id), [name], { where }), patient())).rows).toEqual([[wanted]])
    }
  })

  test('go on when a column gets another type', async () => {
    await lab.run('create table wechsel (id int primary key, name int)', 'insert into wechsel values (1, 7)')
    const { connector } = lab.open({ connections: 1 })
    const ask = async () => (await connector.read(rowsOf(tableAs('wechsel', id), [name]), patient())).rows
    for (let time = 0; time < 3; time++) expect(await ask()).toEqual([['7']])
    await lab.run('alter table wechsel alter name type text')
    expect(await ask()).toEqual([['7']])
    await lab.run('drop table wechsel', 'create table wechsel (id int primary key, name text)', `insert into wechsel values (1, 'neu')`)
    expect(await ask()).toEqual([['neu']])
  })
})
