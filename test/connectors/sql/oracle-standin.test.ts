/** Does the stand-in for Oracle Database answer what we write, and refuse what Oracle would refuse or what it cannot answer itself? */

import fc from 'fast-check'
import { type Binding, compile } from '../../../src/connectors/sql/compile/index.ts'
import { longestRaw, oracle } from '../../../src/connectors/sql/dialects/index.ts'
import { canonicalDecimal, compareDecimals } from '../../../src/model/index.ts'
import { type Cell, decodeNumber, encodeNumber, OracleDatabase, type OracleType } from '../../servers/tns/index.ts'
import { catalogue, dataset, factsIn } from './catalogue.ts'
import { toWkb } from './wkb.ts'

const types: Readonly<Record<string, OracleType>> = {
  BAUM_ID: { name: 'NUMBER' },
  BAUM_NR: { name: 'VARCHAR2', size: 20 },
  ART_DE: { name: 'VARCHAR2', size: 100 },
  PFLANZJAHR: { name: 'NUMBER', precision: 4, scale: 0 },
  LFD: { name: 'NUMBER', precision: 19, scale: 0 },
  HOEHE_CM: { name: 'NUMBER' },
  UMFANG: { name: 'BINARY_DOUBLE' },
  GEFAELLT: { name: 'NUMBER' },
  TAG: { name: 'DATE' },
  KONTROLLE: { name: 'DATE' },
  GEAENDERT: { name: 'TIMESTAMP WITH TIME ZONE' },
  VITALITAET: { name: 'NUMBER', precision: 1, scale: 0 },
  STRASSE_NR: { name: 'CHAR', size: 5 },
  GEOM: { name: 'SDO_GEOMETRY' },
  UMRING: { name: 'SDO_GEOMETRY' },
  NOTIZ: { name: 'CLOB' },
}

let database: OracleDatabase
beforeAll(() => {
  database = new OracleDatabase()
  const at = (srid: number) => ({ srid, wkb: toWkb({ type: 'Point', coordinates: [513_000, 5_278_000] }) })
  database.create({
    schema: 'GRUEN',
    name: 'V_BAUM',
    columns: Object.entries(types).map(([name, type]) => ({ name, type })),
    rows: [
      [
        1,
        'A-1',
        'Eiche',
        1990,
        1,
        '1.5',
        0.5,
        1,
        '2026-03-29',
        '2026-07-01 10:00:00',
        '2026-07-01 10:00:00',
        2,
        '007',
        at(25_832),
        at(31_467),
        'lang',
      ],
      [2, 'A-2', '', null, null, null, null, null, null, null, null, null, null, null, null, null],
    ],
  })
})
afterAll(() => database.close())

const formats = { date: 'YYYY-MM-DD HH24:MI:SS', timestamp: 'YYYY-MM-DD HH24:MI:SS.FF9' }

function ask(sql: string, bindings: readonly Binding[] = []): readonly (readonly Cell[])[] {
  const binds = bindings.map(({ type, value }): OracleType => {
    if (type === 'count') return { name: 'NUMBER' }
    return value instanceof Uint8Array ? { name: value.byteLength > longestRaw ? 'BLOB' : 'RAW' } : { name: 'VARCHAR2' }
  })
  const values = bindings.map(({ value, type }): Cell => {
    if (type === 'count') return encodeNumber(String(value))
    return value instanceof Uint8Array ? Buffer.from(value) : String(value)
  })
  return database.prepare(sql, { schema: 'LESER', binds, formats }).run(values)
}

test.each(catalogue.map(named => [named.name, named] as const))('it understands: %s', (_name, { request }) => {
  const { statements } = compile(request, { dialect: oracle, dataset, facts: factsIn(oracle) })
  for (const { text, bindings } of statements) expect(Array.isArray(ask(text, bindings))).toBe(true)
})

const from = 'from "GRUEN"."V_BAUM" t'
test.each([
  ['a table that is not there', 'select t."A" as c from "GRUEN"."WALD" t', 942],
  ['a table of another schema', 'select t."A" as c from "V_BAUM" t', 942],
  ['a column that is not there', `select t."PRUEFER" as c ${from}`, 904],
  ['a column in another spelling', `select t."art_de" as c ${from}`, 904],
  ['a function that nobody has', `select ilike(t."ART_DE") as c ${from}`, 904],
  ['a star', `select * ${from}`, 936],
  ['limit', `select t."ART_DE" as c ${from} limit 3`, 933],
  ['ilike', `select t."ART_DE" as c ${from} where t."ART_DE" ilike 'e'`, 920],
  ['a row of values', `select t."ART_DE" as c ${from} where (t."ART_DE", t."BAUM_NR") in (('a', 'b'))`, 920],
  ['an alias of a table behind "as"', 'select t."ART_DE" as c from "GRUEN"."V_BAUM" as t', 933],
  ['no from', 'select 1 as c', 923],
  ['two statements', `select t."ART_DE" as c ${from}; delete from "GRUEN"."V_BAUM"`, 911],
  ['half a bracket', `select rtrim(t."ART_DE" as c ${from}`, 907],
  ['1,001 values in a list', `select t."ART_DE" as c ${from} where t."ART_DE" in (${Array(1_001).fill("'a'").join(', ')})`, 1795],
  ['a text beside a number', `select t."ART_DE" as c ${from} where t."PFLANZJAHR" = '1990'`, 932],
  ['a timestamp beside a date', `select t."ART_DE" as c ${from} where t."TAG" = to_timestamp('2026-01-01', 'YYYY-MM-DD')`, 932],
  ['a large text that is compared', `select t."ART_DE" as c ${from} where t."NOTIZ" = 'a'`, 932],
  ['a large text that is sorted by', `select t."ART_DE" as c ${from} order by t."NOTIZ" asc`, 932],
  ['a geometry that is grouped by and sorted', `select count(*) as c ${from} group by t."GEOM" order by t."GEOM" asc`, 932],
  ['a column beside a count', `select count(*) as c, t."ART_DE" as d ${from}`, 937],
  ['a column that is not grouped by', `select t."ART_DE" as c ${from} group by t."BAUM_NR"`, 979],
  ['a text that is no number', `select to_number('elf') as c ${from}`, 1722],
  ['a day that is not there', `select to_date('2026-02-30', 'YYYY-MM-DD') as c ${from}`, 1839],
  ['a month that is not there', `select to_date('2026-13-01', 'YYYY-MM-DD') as c ${from}`, 1843],
  ['an hour that is not there', `select to_date('2026-01-01 25', 'YYYY-MM-DD HH24') as c ${from}`, 1850],
  ['a day in another form', `select to_date('29.03.2026', 'YYYY-MM-DD') as c ${from}`, 1861],
  ['a day with something behind it', `select to_date('2026-03-29 x', 'YYYY-MM-DD') as c ${from}`, 1830],
  ['a format that it does not know', `select to_char(t."TAG", 'Day') as c ${from}`, 1821],
  ['a geometry of another system', `select t."ART_DE" as c ${from} where SDO_ANYINTERACT(t."GEOM", t."UMRING") = 'TRUE'`, 13_295],
  ['a pattern without an escape', `select t."ART_DE" as c ${from} where t."ART_DE" like 'a%'`, 3001],
  ['a number without an order', `select row_number() over (partition by t."ART_DE") as c ${from}`, 30_485],
])('it refuses %s', (_what, sql, number) => {
  expect(() => ask(sql)).toThrow(expect.objectContaining({ number }))
})

test('an empty text is a missing value, wherever it comes from', () => {
  expect(ask(`select t."ART_DE" as c, rtrim('  ') as d, '' as e ${from} where t."ART_DE" is null`)).toEqual([[null, null, null]])
  expect(ask(`select t."BAUM_NR" as c ${from} where t."ART_DE" = ''`)).toEqual([])
})

describe('numbers', () => {
  const decimal = fc
    .record({ negative: fc.boolean(), digits: fc.bigInt({ min: 0n, max: 10n ** 38n - 1n }), places: fc.integer({ min: 0, max: 45 }) })
    .map(({ negative, digits, places }) => canonicalDecimal(`${negative ? '-' : ''}${digits}e-${places}`)!)

  test('come back as they were', () => {
    fc.assert(fc.property(decimal, text => expect(canonicalDecimal(decodeNumber(encodeNumber(text)))).toBe(text)))
  })

  test('have the order of their bytes', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) =>
        expect(Math.sign(Buffer.compare(encodeNumber(left), encodeNumber(right)))).toBe(compareDecimals(left, right)),
      ),
    )
  })

  test('of more than forty digits are rounded, too large ones refused', () => {
    expect(decodeNumber(encodeNumber(`0.${'9'.repeat(50)}`))).toBe('1')
    expect(decodeNumber(encodeNumber('1e-200'))).toBe('0')
    expect(() => encodeNumber('1e126')).toThrow('ORA-01426')
  })

  test('are printed as Oracle prints them', () => {
    const printed = (number: string) =>
      ask(`select to_char(to_number('${number}'), 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''') as c ${from} fetch first 1 rows only`)
    expect(['0.5', '-0.25', '1e10', '1e100', '-2.5e-70'].map(number => printed(number)[0]![0])).toEqual([
      '.5',
      '-.25',
      '10000000000',
      '1E+100',
      '-2.5E-70',
    ])
  })
})
