/** Does a database stop when nobody waits any more, and does the next question still get its answer? */

import { sourceFailure } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { eventually, failure, patient } from '../../support/waiting.ts'
import { kinds, type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith } from './servers.ts'

const quick = tableAs('schnell')
const slow = tableAs('langsam')
const moment = tableAs('moment')
const id = engine('id', 'int')
const name = open('name', 'text')

/** A view that takes 30 seconds, one that takes half a second, and a table that takes none. */
const scripts = {
  postgres: [
    "create table schnell (id int primary key, name text); insert into schnell values (1, 'eins'), (2, 'zwei')",
    'create view langsam as select id, name from schnell, (select pg_sleep(30) offset 0) s',
    'create view moment as select id, name from schnell, (select pg_sleep(0.5) offset 0) s',
  ],
  mariadb: [
    "create table schnell (id int primary key, name varchar(20)); insert into schnell values (1, 'eins'), (2, 'zwei')",
    'create view langsam as select id, name from schnell where sleep(15) = 0',
    'create view moment as select id, name from schnell where sleep(0.25) = 0',
  ],
  sqlite: [
    "create table schnell (id integer primary key, name text); insert into schnell values (1, 'eins'), (2, 'zwei')",
    'create view langsam as with recursive z(n) as (select 1 union all select n + 1 from z) select n as id, n as name from z',
    'create view moment as select id, name from schnell',
  ],
}

describe.each(kinds)('%s', (kind, missing) => {
  describeWith(missing, 'stopping', () => {
    let lab: Lab

    beforeAll(async () => {
      lab = await openLab(kind)
      await lab.run(...scripts[kind])
    })
    afterAll(() => lab.tidyUp())

    const quickly = rowsOf(quick, [id, name])
    const everything = [
      [1, 'eins'],
      [2, 'zwei'],
    ]

    test('ends the statement at the server when the caller leaves', async () => {
      const { connector } = lab.open()
      const leaving = new AbortController()
      const reason = sourceFailure('CANCELLED', 'left')
      const asked = failure(connector.read(rowsOf(slow, [id]), { signal: leaving.signal, deadline: Date.now() + 30_000 }))
      if (kind !== 'sqlite') await eventually('the statement runs', async () => (await lab.sessions()).busy === 1)
      else await new Promise(resolve => setTimeout(resolve, 500))
      leaving.abort(reason)
      expect(await asked).toBe(reason)
      await eventually('the server is idle', async () => (await lab.sessions()).busy === 0)
      expect((await connector.read(quickly, patient())).rows).toEqual(everything)
      await connector.close()
      await eventually('no connection is left', async () => (await lab.sessions()).all === 0)
    })

    test('ends the statement after the time that the source allows', async () => {
      const { connector } = lab.open({ statementMs: 400 })
      for (let turn = 0; turn < 2; turn++) {
        expect((await failure(connector.read(rowsOf(slow, [id]), patient()))).code).toBe('SOURCE_TIMEOUT')
        await eventually('the server is idle', async () => (await lab.sessions()).busy === 0)
        expect((await connector.read(quickly, patient())).rows).toEqual(everything)
      }
      await connector.close()
    })

    test('ends the statement at the deadline of the caller, when that comes first', async () => {
      const { connector } = lab.open({ statementMs: 20_000 })
      expect((await failure(connector.read(rowsOf(slow, [id]), patient(300)))).code).toBe('SOURCE_TIMEOUT')
      await eventually('the server is idle', async () => (await lab.sessions()).busy === 0)
      expect((await connector.read(quickly, patient())).rows).toEqual(everything)
      await connector.close()
    })

    test('lets a few callers wait and tells the others at once that the source is busy', async () => {
      const { connector } = lab.open({ connections: 1, queue: 1 })
      const leaving = new AbortController()
      const context = { signal: leaving.signal, deadline: Date.now() + 20_000 }
      const first = failure(connector.read(rowsOf(slow, [id]), context))
      await new Promise(resolve => setTimeout(resolve, 100))
      const second = connector.read(quickly, patient())
      expect((await failure(connector.read(quickly, patient()))).code).toBe('SOURCE_BUSY')
      leaving.abort(sourceFailure('CANCELLED', 'left'))
      expect((await first).code).toBe('CANCELLED')
      expect((await second).rows).toEqual(everything)
      await connector.close()
    })

    test('asks nothing for a caller who left while waiting for a connection', async () => {
      const { connector, calls } = lab.open({ connections: 1 })
      const [one, two] = [new AbortController(), new AbortController()]
      const first = failure(connector.read(rowsOf(slow, [id]), { signal: one.signal, deadline: Date.now() + 20_000 }))
      await new Promise(resolve => setTimeout(resolve, 100))
      const second = failure(connector.read(quickly, { signal: two.signal, deadline: Date.now() + 20_000 }))
      two.abort(sourceFailure('CANCELLED', 'left'))
      expect((await second).code).toBe('CANCELLED')
      one.abort(sourceFailure('CANCELLED', 'left'))
      await first
      await connector.read(quickly, patient())
      expect(calls.filter(({ dataset }) => dataset === 'schnell')).toHaveLength(1)
      await connector.close()
    })

    test('tells who still waits when the connector is closed, and ends what runs', async () => {
      const { connector } = lab.open()
      const asked = failure(connector.read(rowsOf(slow, [id]), patient()))
      await new Promise(resolve => setTimeout(resolve, 300))
      await connector.close()
      expect((await asked).code).toBe('SOURCE_UNAVAILABLE')
      await eventually('no connection is left', async () => (await lab.sessions()).all === 0)
    })

    if (kind !== 'sqlite') {
      test('never opens more connections than allowed', async () => {
        const { connector } = lab.open({ connections: 2 })
        const waves = Array.from({ length: 12 }, () => connector.read(rowsOf(moment, [id]), patient()))
        let most = 0
        const watching = setInterval(async () => {
          most = Math.max(most, (await lab.sessions()).all)
        }, 100)
        await Promise.all(waves)
        clearInterval(watching)
        expect(most).toBe(2)
        await connector.close()
      })

      test('answers although every idle connection was cut meanwhile', async () => {
        const { connector } = lab.open()
        await Promise.all(Array.from({ length: 3 }, () => connector.read(rowsOf(moment, [id]), patient())))
        await lab.cut()
        for (let turn = 0; turn < 3; turn++) expect((await connector.read(quickly, patient())).rows).toEqual(everything)
        await connector.close()
      })

      test('asks once more when the connection is cut in the middle of the statement', async () => {
        const { connector, calls } = lab.open()
        await connector.read(quickly, patient())
        const asked = connector.read(rowsOf(moment, [id, name]), patient())
        await eventually('the statement runs', async () => (await lab.sessions()).busy === 1)
        await lab.cut()
        expect((await asked).rows).toEqual(everything)
        expect(calls.filter(({ dataset }) => dataset === 'moment')).toHaveLength(2)
        await connector.close()
      })
    }
  })
})
