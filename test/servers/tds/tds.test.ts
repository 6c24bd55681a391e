/** Does the stand-in for SQL Server speak the protocol as the driver understands it, and refuse what it does not know? */

import tedious, { type Connection } from 'tedious'
import { TdsServer } from './index.ts'
import { TsqlDatabase } from './tsql/index.ts'

const { Request, TYPES } = tedious

let database: TsqlDatabase
let server: TdsServer
let connection: Connection

beforeAll(async () => {
  database = new TsqlDatabase()
  database.create('T', { ID: 'int', NAME: 'nvarchar(20)', NR: 'varchar(10)', BETRAG: 'decimal(10,2)', AM: 'datetime2(3)' }, [
    [1n, 'Straße', 'A', '12.50', '2026-07-01 12:00:00.1230000'],
    [2n, null, 'ä ', '-1.00', null],
    [3n, 'strasse', null, null, '1999-12-31 23:59:59.9990000'],
  ])
  server = new TdsServer({ backend: database, user: 'u', password: 'p' })
  const port = await server.listen()
  connection = new tedious.Connection({
    server: '127.0.0.1',
    authentication: { type: 'default', options: { userName: 'u', password: 'p' } },
    options: { port, database: 'Stadt', encrypt: false },
  })
  await new Promise<void>((resolve, reject) => connection.connect(error => (error ? reject(error) : resolve())))
})

afterAll(async () => {
  connection.close()
  await server.close()
})

type Answer = readonly (readonly unknown[])[]

/** Rows, or the numbers of the errors. */
function asked(
  text: string,
  send: (request: InstanceType<typeof Request>) => void = request => connection.execSql(request),
): Promise<Answer | number[]> {
  return new Promise(resolve => {
    const rows: unknown[][] = []
    const request = new Request(text, error => {
      const all: unknown[] = error instanceof AggregateError ? error.errors : [error]
      resolve(error ? all.map(one => (one as { number: number }).number) : rows)
    })
    request.on('row', (cells: unknown) => rows.push((cells as { value: unknown }[]).map(({ value }) => value)))
    send(request)
  })
}

const values = [
  ['int', '-7', -7],
  ['bigint', '9007199254740993', '9007199254740993'],
  ['tinyint', '255', 255],
  ['smallint', '-32768', -32_768],
  ['bit', '1', true],
  ['float', '0.1', 0.1],
  ['real', '0.5', 0.5],
  ['decimal(10, 2)', '-12.345', -12.35],
  ['money', '-12.3456', -12.3456],
  ['smallmoney', '1.5', 1.5],
  ['date', '0001-01-01', new Date('0001-01-01T00:00:00Z')],
  ['time(3)', '23:59:59.9996', new Date('1970-01-01T00:00:00Z')],
  ['datetime', '2026-01-02 03:04:05.678', new Date('2026-01-02T03:04:05.677Z')],
  ['smalldatetime', '2026-01-02 03:04:31', new Date('2026-01-02T03:05:00Z')],
  ['datetime2(7)', '9999-12-31 23:59:59.9990000', new Date('9999-12-31T23:59:59.999Z')],
  ['uniqueidentifier', '0e984725-c51c-4bf4-9960-e1c80e27aba0', '0E984725-C51C-4BF4-9960-E1C80E27ABA0'],
  ['char(4)', 'ä', 'ä   '],
  ['nchar(3)', 'ä', 'ä  '],
  ['varchar(3)', 'ä€🌳x', 'ä€?'],
  ['nvarchar(max)', 'ä🌳', 'ä🌳'],
  ['varbinary(max)', 'ä', Buffer.from([0xe4, 0])],
] as const

test.each(values)('a value of type %s travels to the driver: %s', async (type, text, value) => {
  const cast = await asked(`select cast(@p0 as ${type}) as c0, cast(null as ${type}) as c1`, request => {
    request.addParameter('p0', TYPES.NVarChar, text)
    connection.execSql(request)
  })
  expect(JSON.stringify(cast)).toEqual(JSON.stringify([[value, null]]))
})

const sent = [
  [TYPES.Int, -7, -7],
  [TYPES.BigInt, '-9223372036854775808', '-9223372036854775808'],
  [TYPES.SmallInt, 5, 5],
  [TYPES.TinyInt, 5, 5],
  [TYPES.Bit, true, true],
  [TYPES.Float, 0.1, 0.1],
  [TYPES.Real, 0.5, 0.5],
  [TYPES.Decimal, -12, -12],
  [TYPES.Money, 12.5, 12.5],
  [TYPES.VarChar, 'ä', 'ä'],
  [TYPES.NVarChar, '🌳'.repeat(3_000), '🌳'.repeat(3_000)],
  [TYPES.VarBinary, Buffer.from([1, 2]), Buffer.from([1, 2])],
  [TYPES.UniqueIdentifier, '0e984725-c51c-4bf4-9960-e1c80e27aba0', '0E984725-C51C-4BF4-9960-E1C80E27ABA0'],
  [TYPES.Date, new Date('2026-03-29T00:00:00Z'), new Date('2026-03-29T00:00:00Z')],
  [TYPES.DateTime2, new Date('2026-03-29T02:30:00.123Z'), new Date('2026-03-29T02:30:00.123Z')],
  [TYPES.DateTime, new Date('2026-03-29T02:30:00.123Z'), new Date('2026-03-29T02:30:00.123Z')],
  [TYPES.DateTimeOffset, new Date('2026-03-29T02:30:00Z'), new Date('2026-03-29T02:30:00Z')],
  [TYPES.Int, null, null],
  [TYPES.NVarChar, null, null],
] as const

test.each(sent.map(([type, value, back]) => [type.name, type, value, back] as const))(
  'a parameter of type %s comes back',
  async (_name, type, value, back) => {
    const answer = await asked('select @p0 as c0', request => {
      request.addParameter('p0', type, value)
      connection.execSql(request)
    })
    expect(JSON.stringify(answer)).toEqual(JSON.stringify([[back]]))
  },
)

test('statements are prepared, executed many times and given up', async () => {
  const request = new Request('select t.[NAME] as c0 from [T] t where t.[ID] = @id', error => done(error))
  let done: (error: unknown) => void = () => {}
  request.addParameter('id', TYPES.Int, undefined)
  const prepared = new Promise(resolve => request.on('prepared', () => resolve(undefined)))
  connection.prepare(request)
  await prepared
  const rows: unknown[] = []
  request.on('row', (cells: unknown) => rows.push((cells as { value: unknown }[])[0]!.value))
  for (const id of [1, 3, 7]) {
    await new Promise<void>((resolve, reject) => {
      done = error => (error ? reject(error) : resolve())
      connection.execute(request, { id })
    })
  }
  expect(rows).toEqual(['Straße', 'strasse'])
  await new Promise<void>(resolve => {
    done = () => resolve()
    connection.unprepare(request)
  })
})

test('transactions begin and end, and a session can be made new', async () => {
  await new Promise<void>((resolve, reject) => connection.beginTransaction(error => (error ? reject(error) : resolve())))
  expect(await asked('select 1 as c0')).toEqual([[1]])
  await new Promise<void>((resolve, reject) => connection.rollbackTransaction(error => (error ? reject(error) : resolve())))
  await new Promise<void>((resolve, reject) => connection.reset(error => (error ? reject(error) : resolve())))
  expect(server.count('transaction')).toBe(2)
  expect(server.count('reset')).toBe(1)
  expect(await asked('select 2 as c0')).toEqual([[2]])
})

const answered: readonly (readonly [text: string, rows: Answer])[] = [
  ["select t.[ID] as c0 from [dbo].[T] t where t.[NAME] = N'STRASSE  '", [[1], [3]]],
  ["select t.[ID] as c0 from [T] t where t.[NAME] collate Latin1_General_100_BIN2 = N'strasse'", [[3]]],
  ["select t.[ID] as c0 from [T] t where t.[NAME] like N'%ss%'", [[1], [3]]],
  ["select t.[ID] as c0 from [T] t where t.[NAME] collate Latin1_General_100_BIN2 like N'%ss%'", [[3]]],
  ["select t.[ID] as c0 from [T] t where lower(t.[NAME]) like N'str[a-b]!_e' escape '!'", []],
  ['select t.[ID] as c0 from [T] t order by t.[NAME] asc', [[2], [1], [3]]],
  ['select t.[ID] as c0 from [T] t order by t.[BETRAG] desc offset 1 rows fetch next 1 rows only', [[2]]],
  ['select top (1) t.[ID] as c0 from [T] t order by t.[BETRAG] desc', [[1]]],
  ['select count(*) as c0, count(t.[NAME]) as c1, count(distinct t.[NAME]) as c2 from [T] t', [[3, 2, 1]]],
  ['select convert(varchar(60), sum(t.[BETRAG])) as c0, max(t.[NR]) as c1 from [T] t', [['11.50', 'ä ']]],
  [
    "select case when t.[BETRAG] > 0 then N'plus' else N'minus' end as c0 from [T] t where t.[BETRAG] is not null order by t.[ID] asc",
    [['plus'], ['minus']],
  ],
  [
    'select r.c0 from (select t.[ID] as c0, row_number() over (partition by t.[NAME] order by t.[ID] desc) as n from [T] t) r where r.n <= 1 order by r.c0 asc',
    [[2], [3]],
  ],
  [
    "select convert(varchar(33), t.[AM], 126) as c0 from [T] t where t.[AM] > convert(datetime2(7), '2000-01-01 00:00:00', 121)",
    [['2026-07-01T12:00:00.123']],
  ],
]

test.each(answered)('answers %s', async (text, rows) => {
  expect(await asked(text)).toEqual(rows)
})

const refused: readonly (readonly [text: string, numbers: readonly number[]])[] = [
  ['selekt 1', [102]],
  ['select t.[ID] from [T] t limit 3', [102]],
  ['select t.[ID] from [T] t offset 1 rows fetch next 1 rows only', [102]],
  ['select t.[ID] from [T] t order by t.[ID] asc nulls last', [102]],
  ['select t.[ID] from [T] t where (t.[ID], t.[NR]) in ((1, 2))', [102]],
  ["select t.[ID] from [T] t where t.[NAME] ilike N'a'", [102]],
  ['select * from [T] t', [102]],
  ['delete from [T]', [102]],
  ['select t.[ID] from [T] t; drop table [T]', [102]],
  ['select t.[FORT] from [T] t', [207]],
  ['select t.[ID] from [FORT] t', [208]],
  ['select t.[ID] from [gruen].[T] t', [208]],
  ['select @fort', [137]],
  ['select t.[ID] from [T] t order by t.[ID] asc, t.[ID] desc', [169]],
  ['select t.[ID], count(*) as n from [T] t group by t.[NAME]', [8120]],
  ["select t.[ID] from [T] t where t.[ID] = N'viele'", [245]],
  ["select cast(N'viele' as bigint)", [8114]],
  ["select cast(N'99999999999' as int)", [8115]],
  ["select cast(N'2026-02-30' as date)", [241]],
  ['select lower(t.[ID]) from [T] t', [8116]],
  ['select stuff(t.[NAME]) from [T] t', [195]],
]

test.each(refused)('refuses %s', async (text, numbers) => {
  expect(await asked(text)).toEqual(numbers)
})

test('refuses a setting and a procedure that nobody knows', async () => {
  expect(await asked('set rowcount_everything 5', request => connection.execSqlBatch(request))).toEqual([195])
  expect(await asked('sp_drop_all', request => connection.callProcedure(request))).toEqual([2812])
})
