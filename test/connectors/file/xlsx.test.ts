/** Is a workbook read to what a person sees in it, and does one that is made to do harm do none? */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { unzipSync, Zip, ZipDeflate, zipSync } from 'fflate'
import { file } from '../../../src/connectors/file/index.ts'
import type { Answer, Connector, OpenField } from '../../../src/model/index.ts'
import { type Cell, packed, serial, workbook } from '../../servers/workbook.ts'
import { ask, calmLimits, datasetAt } from '../../support/ask.ts'
import { open } from '../../support/columns.ts'

let folder: string
let connector: Connector
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stadttor-'))
  connector = file.open(
    { id: 'town', kind: 'file', title: 'Dateien', connection: { folder }, limits: calmLimits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
})
afterEach(async () => {
  await connector.close()
  rmSync(folder, { recursive: true })
})

function read(bytes: Uint8Array, place: object, ...columns: OpenField[]): Promise<Answer> {
  writeFileSync(join(folder, 'mappe.xlsx'), bytes)
  return ask(connector, datasetAt('file', file.place.parse({ path: 'mappe.xlsx', ...place })), columns)
}

const text = (text: string): Cell => ({ text })
const number = (number: string): Cell => ({ number })
const header = (...names: string[]): Cell[] => names.map(text)

test('numbers keep their digits, texts their zeros, formulas their last result; an error is nothing', async () => {
  const rows = [
    header('Nr', 'Betrag', 'Summe', 'Fehler', 'Ja'),
    [text('007'), number('9007199254740993'), { formula: 'B2*2', result: '2.50' }, { error: '#N/A' }, { yes: true }],
    [text(' 8 '), number('1.1000000000000001'), { formula: 'B3', result: '1E-7' }, null, { yes: false }],
  ] satisfies Cell[][]
  const bytes = workbook([{ name: 'Blatt 1', rows }])
  const answer = await read(
    bytes,
    {},
    open('Nr', 'text'),
    open('Betrag', 'decimal'),
    open('Summe', 'decimal'),
    open('Fehler', 'text'),
    open('Ja', 'boolean'),
  )
  expect(answer.rows).toEqual([
    ['007', '9007199254740993', '2.5', null, true],
    [' 8 ', '1.1', '0.0000001', null, false],
  ])
  expect(answer.problems).toBeUndefined()
})

test('days and times are those on the wall, whichever type a field makes of them', async () => {
  const at: Cell = { number: serial('2026-01-15 23:30:00'), style: 'moment' }
  const rows = [
    header('a'),
    [at],
    [{ number: serial('2026-01-15'), style: 'day' }],
    [{ number: '0.3125', style: 'clock' }],
    [text('8.8.2018')],
  ] satisfies Cell[][]
  const bytes = workbook([{ name: 'a', rows }])
  const as = async (type: 'date' | 'datetime' | 'time' | 'text', zone?: string) =>
    (await read(bytes, {}, open('a', type, zone ? { zone } : {}))).rows.map(row => row[0])
  expect(await as('datetime', 'Europe/Berlin')).toEqual([
    '2026-01-15T22:30:00Z',
    '2026-01-14T23:00:00Z',
    expect.anything(),
    '2018-08-07T22:00:00Z',
  ])
  expect((await as('date')).slice(0, 2)).toEqual(['2026-01-15', '2026-01-15'])
  expect((await as('time')).slice(0, 3)).toEqual(['23:30:00', '00:00:00', '07:30:00'])
  expect((await as('text')).slice(0, 2)).toEqual(['2026-01-15T23:30:00', '2026-01-15'])
  // Without a zone nobody knows which moment is meant.
  expect((await as('datetime')).slice(0, 2)).toEqual([null, null])
})

test('the names may stand further down, empty rows are none, and a name that comes twice names no column', async () => {
  const rows = [
    header('Einwohner der Stadt'),
    [],
    header('Jahr', 'Zahl', 'Zahl'),
    [number('2024'), number('1'), number('2')],
    [],
    [number('2025'), null, null],
  ] satisfies Cell[][]
  const bytes = workbook([{ name: 'a', rows }])
  expect((await read(bytes, { header: 3 }, open('Jahr', 'int'))).rows).toEqual([[2024], [2025]])
  await expect(read(bytes, { header: 3 }, open('Zahl', 'int'))).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
  await expect(read(bytes, {}, open('Jahr', 'int'))).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
})

test('a sheet is named or numbered, and one that is gone is a change', async () => {
  const bytes = workbook([
    { name: 'Deckblatt', rows: [header('x')] },
    { name: 'Zahlen', rows: [header('a'), [number('1')]] },
  ])
  expect((await read(bytes, { sheet: 'Zahlen' }, open('a', 'int'))).rows).toEqual([[1]])
  expect((await read(bytes, { sheet: 2 }, open('a', 'int'))).rows).toEqual([[1]])
  for (const sheet of ['Weg', 3]) await expect(read(bytes, { sheet }, open('a', 'int'))).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
})

test('a program may write the sizes of the parts behind them', async () => {
  const parts = unzipSync(workbook([{ name: 'a', rows: [header('a'), [number('1')]] }]))
  const pieces: Uint8Array[] = []
  const zip = new Zip((_error, piece) => pieces.push(piece))
  for (const [name, bytes] of Object.entries(parts)) {
    const part = new ZipDeflate(name)
    zip.add(part)
    part.push(bytes, true)
  }
  zip.end()
  expect((await read(Buffer.concat(pieces), {}, open('a', 'int'))).rows).toEqual([[1]])
})

test('two columns are a point', async () => {
  const bytes = workbook([{ name: 'a', rows: [header('R', 'H'), [number('513000'), text('5278200')], [number('513000'), null]] }])
  const answer = await read(bytes, { point: { x: 'R', y: 'H' } }, open('lage', 'point', { column: 'geometry', crs: 'EPSG:25832' }))
  expect(answer.rows).toEqual([[{ type: 'Point', coordinates: [9.173129, 47.6570642] }], [null]])
  expect(answer.problems).toEqual({ 'unreadable cell': 1 })
})

describe('refused, and quickly', () => {
  const refused = async (bytes: Uint8Array, log: string): Promise<void> => {
    const started = Date.now()
    await expect(read(bytes, {}, open('a', 'int'))).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
      log: expect.stringContaining(log),
    })
    expect(Date.now() - started).toBeLessThan(5_000)
  }

  test('a workbook that grows beyond the limit', async () => {
    const rows = [header('a'), [text('x'.repeat(30_000_000))]]
    await refused(workbook([{ name: 'a', rows }]), 'unpacked')
  })

  test('one that says it is small', async () => {
    const bytes = Buffer.from(workbook([{ name: 'a', rows: [header('a'), [text('x'.repeat(30_000_000))]] }]))
    // Sizes stand in the header of each part and in the list at the end.
    for (let at = 0; at + 30 < bytes.length; at++) {
      if (bytes.readUInt32LE(at) === 0x04034b50) bytes.writeUInt32LE(100, at + 22)
      if (bytes.readUInt32LE(at) === 0x02014b50) bytes.writeUInt32LE(100, at + 24)
    }
    await refused(bytes, 'unpacked')
  })

  test('one whose only cell stands in the far corner', async () => {
    const parts = {
      'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    }
    await refused(packed(parts), 'too large')
  })

  test('entities of its own mean nothing', async () => {
    const doctype = '<!DOCTYPE worksheet [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    const parts = unzipSync(workbook([{ name: 'a', rows: [header('a'), [text('&b;')]] }], 'inline'))
    const sheet = Buffer.from(parts['xl/worksheets/sheet1.xml']!)
      .toString()
      .replace('<worksheet', `${doctype}<worksheet`)
      .replace('&amp;b;', '&b;')
    const bytes = zipSync({ ...parts, 'xl/worksheets/sheet1.xml': Buffer.from(sheet) })
    const { rows } = await read(bytes, {}, open('a', 'text')).catch(() => ({ rows: [] }))
    expect(JSON.stringify(rows)).not.toContain('xx')
  })

  test.each<[string, Uint8Array, string]>([
    ['no packed file', Buffer.from('Name;Zahl\nA;1\n'), 'no packed file'],
    [
      'not packed as it should be',
      workbook([{ name: 'a', rows: [header('a'), ...Array.from({ length: 500 }, (_, at) => [number(String(Math.sin(at)))])] }]).subarray(
        0,
        3_000,
      ),
      'not packed as it should be',
    ],
    ['another packed file', packed({ 'mimetype.xml': 'x' }), 'no packed file'],
    ['a workbook without sheets', packed({ 'xl/workbook.xml': '<workbook/>' }), 'not a workbook'],
    ['packed garbage', Buffer.concat([workbook([]).subarray(0, 60), deflateRawSync(Buffer.from('x'))]), 'not packed as it should be'],
  ])('%s', async (_what, bytes, log) => {
    await refused(bytes, log)
  })
})

test('a GeoPackage is sent to the connector that reads it', () => {
  expect(file.place.safeParse({ path: 'karten/baeume.gpkg' })).toMatchObject({
    success: false,
    error: { issues: [{ message: expect.stringContaining('kind: sqlite') }] },
  })
})
