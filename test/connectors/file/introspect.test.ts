/** Are the files of a folder found, and are their columns proposed as a person would describe them? */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { file } from '../../../src/connectors/file/index.ts'
import type { Introspector } from '../../../src/model/index.ts'
import { serial, workbook } from '../../servers/workbook.ts'
import { calmLimits } from '../../support/ask.ts'
import { patient } from '../../support/waiting.ts'

let folder: string
let introspector: Introspector
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stadttor-'))
  introspector = look(folder)
})
afterEach(async () => {
  await introspector.close()
  rmSync(folder, { recursive: true })
})

function look(at: string): Introspector {
  return file.introspect!(
    { id: 'ablage', kind: 'file', title: 'Ablage', connection: { folder: at }, limits: calmLimits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
}

const describe_ = async (place: object) => introspector.describe(file.place.parse(place), patient())

test('a list names what can be read, each sheet of a workbook, and follows no link', async () => {
  mkdirSync(join(folder, 'karten'))
  writeFileSync(join(folder, 'karten', 'b.geojson'), '{}')
  writeFileSync(join(folder, 'a.csv'), 'x\n1\n')
  writeFileSync(join(folder, 'brief.docx'), 'x')
  writeFileSync(join(folder, '.geheim.csv'), 'x')
  symlinkSync(resolve('package.json'), join(folder, 'fremd.json'))
  writeFileSync(
    join(folder, 'c.xlsx'),
    workbook(
      [
        { name: 'Eins', rows: [] },
        { name: 'Zwei & drei', rows: [] },
      ].map(sheet => ({ ...sheet, name: sheet.name.replace('&', '&amp;') })),
    ),
  )
  writeFileSync(join(folder, 'kaputt.xlsx'), 'x')
  expect(await introspector.list(patient())).toEqual([
    { name: 'a.csv', what: 'file', place: { path: 'a.csv' } },
    { name: 'c.xlsx Eins', what: 'file', place: { path: 'c.xlsx', sheet: 'Eins' } },
    { name: 'c.xlsx Zwei & drei', what: 'file', place: { path: 'c.xlsx', sheet: 'Zwei & drei' } },
    { name: 'kaputt.xlsx', what: 'file', place: { path: 'kaputt.xlsx' } },
    { name: 'karten/b.geojson', what: 'file', place: { path: 'karten/b.geojson' } },
  ])
  await expect(look(join(folder, 'weg')).list(patient())).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
})

test('columns of a CSV have the type that fits every value; zeros in front are kept', async () => {
  writeFileSync(
    join(folder, 'a.csv'),
    'jahr;baum_nr;plz;hoehe;ja;tag;zeit;stand;ort;leer\n2024;1;07890;2.5;true;2024-01-01;07:30;2024-01-01T10:00:00+01:00;POINT (9 47);\n2024;2;78462;3;false;2024-02-01;08:00;2024-01-01T11:00:00+01:00;POINT (9 48);\n',
  )
  const found = await describe_({ path: 'a.csv' })
  expect(found).toMatchObject({ name: 'a.csv', rows: 2, key: ['baum_nr'] })
  expect(Object.fromEntries(found.columns.map(({ column, type, stored, nullable }) => [column, [type, stored, nullable]]))).toEqual({
    jahr: ['int', 'text', undefined],
    baum_nr: ['int', 'text', undefined],
    plz: ['text', 'text', undefined],
    hoehe: ['decimal', 'text', undefined],
    ja: ['boolean', 'text', undefined],
    tag: ['date', 'text', undefined],
    zeit: ['time', 'text', undefined],
    stand: ['datetime', 'text dateTime', undefined],
    ort: ['point', 'shape', undefined],
    leer: ['text', 'empty', true],
  })
})

test('GeoJSON and workbooks tell more of themselves', async () => {
  writeFileSync(
    join(folder, 'b.geojson'),
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":9007199254740993,"b":{"c":1}},"geometry":{"type":"Point","coordinates":[9,47]}},{"type":"Feature","properties":{"a":1,"b":null},"geometry":null}]}',
  )
  expect((await describe_({ path: 'b.geojson' })).columns).toEqual([
    { column: 'geometry', stored: 'shape', type: 'point', nullable: true },
    { column: 'id', stored: 'empty', type: 'text', nullable: true },
    { column: 'a', stored: 'number, text', type: 'bigint' },
    { column: 'b', stored: 'object', nullable: true },
  ])
  const rows = [
    [{ text: 'Tag' }, { text: 'Zeit' }],
    [
      { number: serial('2026-01-15'), style: 'day' },
      { number: serial('2026-01-15 10:30:00'), style: 'moment' },
    ],
  ] as const
  writeFileSync(join(folder, 'c.xlsx'), workbook([{ name: 'a', rows }]))
  expect((await describe_({ path: 'c.xlsx' })).columns).toEqual([
    { column: 'Tag', stored: 'date', type: 'date' },
    { column: 'Zeit', stored: 'date', type: 'datetime' },
  ])
})

test('a sample is a few rows as they are written', async () => {
  writeFileSync(join(folder, 'a.csv'), 'a;b\n1;x\n2;\n3;z\n')
  expect(await introspector.sample(file.place.parse({ path: 'a.csv' }), ['b', 'a'], 2, patient())).toEqual([
    ['x', '1'],
    [null, '2'],
  ])
})

test.each([
  ['/srv/statistik/wahl.csv', { kind: 'file', connection: { folder: '/srv/statistik' }, place: { path: 'wahl.csv' } }],
  ['/srv/a/mappe.XLSX', { kind: 'file', connection: { folder: '/srv/a' }, place: { path: 'mappe.XLSX' } }],
  ['https://a.example/wahl.csv', undefined],
  ['wahl.csv', undefined],
  ['/srv/karten/a.gpkg', undefined],
])('%s is recognised or left to others', (pasted, source) => {
  expect(file.recognise!(pasted)).toEqual(source)
})
