/** Does a database hand over many rows as fast as they are asked for, and hold nothing when nobody asks any more? */

import { type Answer, type Connector, type ReadContext, type Row, type StreamRequest, sourceFailure } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { eventually, failure, patient } from '../../support/waiting.ts'
import { cutAfter } from './faults.ts'
import { kinds, type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith, numbersTo } from './servers.ts'
import { connect } from './towns.ts'

/** All that is streamed. */
async function rowsIn(connector: Connector, request: StreamRequest, context: ReadContext = patient()): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of connector.stream!(request, context)) rows.push(...batch.rows)
  return rows
}

const many = tableAs('viele')
const id = engine('id', 'int')
const text = open('text', 'text')
const request: StreamRequest = { dataset: many, columns: [id, text] }
const rowCount = 60_000

const scripts = {
  postgres: [
    `create table viele as select n as id, repeat('x', 200) as text from generate_series(1, ${rowCount}) n`,
    'alter table viele add primary key (id)',
    'create table leer (id int primary key, text text)',
    'create view breit as select id, repeat(text, 20) as text from viele',
    'create view zaeh as select id, text from viele, (select pg_sleep(30) offset 0) s',
  ],
  mariadb: [
    `create table viele as select seq as id, repeat('x', 200) as text from ${numbersTo(rowCount)}`,
    'alter table viele add primary key (id)',
    'create table leer (id int primary key, text varchar(20))',
    'create view breit as select id, repeat(text, 20) as text from viele',
    'create view zaeh as select id, text from viele where sleep(15) = 0',
  ],
}

describe.each(kinds.filter(([kind]) => kind !== 'sqlite'))('%s', (kind, missing) => {
  describeWith(missing, 'streaming', () => {
    let lab: Lab

    beforeAll(async () => {
      lab = await openLab(kind)
      await lab.run(...scripts[kind as keyof typeof scripts])
    }, 60_000)
    afterAll(() => lab.tidyUp())

    const nothingHeld = () => eventually('nothing is held at the server', async () => (await lab.sessions()).busy === 0)
    const readable = async (connector: Connector) =>
      expect((await connector.read(rowsOf(many, [id], { limit: 1 }), patient())).rows).toEqual([[1]])

    test('the connection is as good as new behind a stream', async () => {
      const { connector } = lab.open({ connections: 2 })
      for (let turn = 0; turn < 3; turn++) {
        const rows = await rowsIn(connector, request)
        expect(rows).toHaveLength(rowCount)
        expect(new Set(rows.map(([cell]) => cell)).size).toBe(rowCount)
        await readable(connector)
      }
      expect((await lab.sessions()).all).toBe(1)
      await connector.close()
    }, 60_000)

    test('a table without rows is one empty batch', async () => {
      const { connector } = lab.open()
      const batches: Answer[] = []
      for await (const batch of connector.stream!({ dataset: tableAs('leer'), columns: [id] }, patient())) batches.push(batch)
      expect(batches).toEqual([{ rows: [], asOf: expect.any(Number) }])
      await connector.close()
    })

    test('a reader may take longer than a statement, and the other connections go on', async () => {
      const { connector } = lab.open({ statementMs: 600, connections: 2 })
      let rows = 0
      for await (const batch of connector.stream!(request, patient())) {
        rows += batch.rows.length
        if (rows < 4_000) {
          await new Promise(resolve => setTimeout(resolve, 500))
          await readable(connector)
        }
      }
      expect(rows).toBe(rowCount)
      await connector.close()
    }, 30_000)

    test('a reader who takes his time keeps the server waiting, not the rows in memory', async () => {
      const { connector } = lab.open({ connections: 2 })
      const batches = connector.stream!({ dataset: tableAs('breit'), columns: [id, text] }, patient())[Symbol.asyncIterator]()
      expect((await batches.next()).value.rows).toHaveLength(1_000)
      await new Promise(resolve => setTimeout(resolve, 500))
      // 240 MB are more than lines and buffers between the two can hold: MariaDB still sends, PostgreSQL waits for the next FETCH.
      expect((await lab.sessions()).busy).toBe(kind === 'mariadb' ? 1 : 0)
      await batches.return!()
      await nothingHeld()
      await connector.close()
    })

    test('who stops asking frees the connection, and nothing runs at the server any more', async () => {
      const { connector } = lab.open({ connections: 2 })
      for await (const batch of connector.stream!(request, patient())) {
        expect(batch.rows.length).toBeLessThan(rowCount)
        break
      }
      await eventually('no connection is left', async () => (await lab.sessions()).all === 0)
      await readable(connector)
      await connector.close()
    })

    test('who leaves while nothing is fetched frees the connection at once', async () => {
      const { connector } = lab.open({ connections: 2 })
      const leaving = new AbortController()
      const batches = connector.stream!(request, { ...patient(), signal: leaving.signal })[Symbol.asyncIterator]()
      await batches.next()
      expect((await lab.sessions()).all).toBe(1)
      leaving.abort(sourceFailure('CANCELLED', 'left'))
      await eventually('no connection is left', async () => (await lab.sessions()).all === 0)
      expect(await failure(batches.next())).toBe(leaving.signal.reason)
      await readable(connector)
      await connector.close()
    })

    test('who leaves before the first row ends the statement at the server', async () => {
      const { connector } = lab.open({ connections: 2, statementMs: 20_000 })
      const leaving = new AbortController()
      const context = { signal: leaving.signal, deadline: Date.now() + 30_000 }
      const asked = failure(rowsIn(connector, { dataset: tableAs('zaeh'), columns: [id] }, context))
      await eventually('the statement runs', async () => (await lab.sessions()).busy === 1)
      leaving.abort(sourceFailure('CANCELLED', 'left'))
      expect(await asked).toBe(leaving.signal.reason)
      await nothingHeld()
      await readable(connector)
      await connector.close()
    })

    test('a stream ends at its deadline, and a first row that does not come at the time of a statement', async () => {
      const { connector } = lab.open({ connections: 2, statementMs: 500 })
      expect((await failure(rowsIn(connector, { dataset: tableAs('zaeh'), columns: [id] }))).code).toBe('SOURCE_TIMEOUT')
      const batches = connector.stream!(request, patient(400))[Symbol.asyncIterator]()
      await batches.next()
      await new Promise(resolve => setTimeout(resolve, 600))
      expect((await failure(batches.next())).code).toBe('SOURCE_TIMEOUT')
      await nothingHeld()
      await readable(connector)
      await connector.close()
    })

    test('a line that breaks in the middle is a failure and no end', async () => {
      const { host, port } = lab.connection as { host: string; port: number }
      const station = await cutAfter(1_000_000, { host, port })
      const limits = { connections: 2, statementMs: 5_000, queue: 10, bytes: 50_000_000 }
      const { connector } = connect(kind, { ...lab.connection, host: '127.0.0.1', port: station.port }, limits)
      let rows = 0
      const asked = (async () => {
        for await (const batch of connector.stream!(request, patient())) rows += batch.rows.length
      })()
      expect(['SOURCE_UNAVAILABLE', 'SOURCE_ANSWER_INVALID']).toContain((await failure(asked)).code)
      expect(rows).toBeGreaterThan(0)
      expect(rows).toBeLessThan(rowCount)
      await connector.close()
      await station.close()
      await nothingHeld()
    })

    test('a connection that broke while it was idle is replaced before the first row', async () => {
      const { connector } = lab.open({ connections: 2 })
      await readable(connector)
      await lab.cut()
      expect(await rowsIn(connector, { dataset: tableAs('leer'), columns: [id] })).toEqual([])
      await connector.close()
    })

    test('says that the source has changed when a column is gone, and goes on with the others', async () => {
      const { connector } = lab.open()
      const gone = await failure(rowsIn(connector, { dataset: many, columns: [id, open('verschwunden', 'text')] }))
      expect(gone.code).toBe('SOURCE_CHANGED')
      expect(gone.message).not.toMatch(/verschwunden/)
      expect(await rowsIn(connector, request)).toHaveLength(rowCount)
      await connector.close()
    }, 30_000)

    test('a source that closes ends its streams, and waits for no reader', async () => {
      const { connector } = lab.open()
      const batches = connector.stream!(request, patient())[Symbol.asyncIterator]()
      await batches.next()
      await connector.close()
      expect((await lab.sessions()).all).toBe(0)
      expect((await failure(batches.next())).code).toBe('SOURCE_UNAVAILABLE')
    })

    test('with one connection alone nothing is streamed: it belongs to those who wait for an answer', () => {
      expect(lab.open({ connections: 1 }).connector.stream).toBeUndefined()
    })
  })
})
