/** Does the stand-in for SQL Server understand every statement that was reviewed? Then no test against it rests on a lucky subset. */

import { compile, type Statement } from '../../../src/connectors/sql/compile/index.ts'
import { mssql } from '../../../src/connectors/sql/dialects/index.ts'
import { parametersOf } from '../../../src/connectors/sql/drivers/mssql-parameters.ts'
import type { Call } from '../../servers/tds/index.ts'
import { TsqlDatabase } from '../../servers/tds/tsql/index.ts'
import { catalogue, dataset, factsIn, withTimes } from './catalogue.ts'

const database = new TsqlDatabase()
database.create(
  'GRUEN.V_BAUM',
  {
    BAUM_ID: 'int',
    BAUM_NR: 'varchar(20)',
    ART_DE: 'nvarchar(100)',
    PFLANZJAHR: 'int',
    LFD: 'bigint',
    HOEHE_CM: 'decimal(9,2)',
    UMFANG: 'float',
    GEFAELLT: 'bit',
    TAG: 'date',
    UHRZEIT: 'time(7)',
    KONTROLLE: 'datetime2(7)',
    GEAENDERT: 'datetimeoffset(7)',
    VITALITAET: 'smallint',
    STRASSE_NR: 'char(5)',
    GEOM: 'geometry',
    UMRING: 'geometry',
  },
  [],
)

function called({ text, bindings }: Statement): Call {
  const types = { NVarChar: 'nvarchar', VarChar: 'varchar', Int: 'int', BigInt: 'bigint', VarBinary: 'varbinary' } as const
  const parameters = parametersOf(bindings).map(({ type, value }, at) => {
    const length = typeof value === 'number' ? {} : { length: 'max' as const }
    return { name: `@p${at}`, type: { name: types[type], ...length }, value: typeof value === 'number' ? BigInt(value) : value }
  })
  const login = { host: '', user: '', password: '', app: '', server: '', database: 'Stadt', readOnly: true, packetSize: 4096 }
  return { text, parameters, by: 'sp_executesql', session: 1, login }
}

const statements = [...catalogue, withTimes].flatMap(({ name, request }) =>
  compile(request, { dialect: mssql, dataset, facts: factsIn(mssql) }).statements.map(statement => [name, statement] as const),
)

test.each(statements)('%s', (_name, statement) => {
  const { columns } = database.run(called(statement))
  expect(columns.length).toBeGreaterThan(0)
})
