/** Can a session write when it is told to? The compiler never tells it; this is the second lock. */

import type { Statement } from '../../../src/connectors/sql/compile/index.ts'
import type { DatabaseConnection, FileConnection } from '../../../src/connectors/sql/connections.ts'
import { Meter } from '../../../src/connectors/sql/drivers/meter.ts'
import { mysqlDriver } from '../../../src/connectors/sql/drivers/mysql.ts'
import { postgresDriver } from '../../../src/connectors/sql/drivers/postgres.ts'
import type { Driver } from '../../../src/connectors/sql/drivers/session.ts'
import { sqliteDriver } from '../../../src/connectors/sql/drivers/sqlite.ts'
import type { SourceSetting } from '../../../src/model/index.ts'
import { type Kind, kinds, type Lab, openLab } from './lab.ts'
import { describeWith } from './servers.ts'

function driverOf(lab: Lab): Driver {
  const setting = <T>(): SourceSetting<T> => ({
    id: 'lab',
    kind: lab.kind,
    title: 'Labor',
    connection: lab.connection as T,
    limits: { connections: 1, statementMs: 2_000, queue: 1, bytes: 1_000_000 },
  })
  const made: Record<Kind, () => Driver> = {
    postgres: () => postgresDriver(setting<DatabaseConnection>()),
    mariadb: () => mysqlDriver(setting<DatabaseConnection>()),
    sqlite: () => sqliteDriver(setting<FileConnection>(), '.'),
  }
  return made[lab.kind]()
}

const said = (text: string): Statement => ({ text, bindings: [] })

describe.each(kinds)('%s', (kind, missing) => {
  describeWith(missing, 'told to write', () => {
    let lab: Lab
    beforeAll(async () => {
      lab = await openLab(kind)
      await lab.run('create table dinge (id int primary key)', 'insert into dinge values (1)')
      if (kind === 'postgres') await lab.run('grant all on dinge to public')
    })
    afterAll(() => lab.tidyUp())

    test.each([
      'insert into dinge values (2)',
      'update dinge set id = 3',
      'delete from dinge',
      'drop table dinge',
      'create table mehr (id int)',
    ])('it refuses: %s', async text => {
      const driver = driverOf(lab)
      const session = await driver.connect(AbortSignal.timeout(5_000))
      const error = await session.run(said(text), new Meter(1_000)).then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(error).toBeDefined()
      expect(driver.diagnose(error).code).toBe('SOURCE_REFUSED')
      expect(await session.run(said('select id from dinge'), new Meter(1_000))).toHaveLength(1)
      await session.close()
    })

    test('it takes one statement at a time', async () => {
      const session = await driverOf(lab).connect(AbortSignal.timeout(5_000))
      await expect(session.run(said('select 1; select 2'), new Meter(1_000))).rejects.toBeDefined()
      await session.close()
    })
  })
})
