/** Are real files, and files as people really write them, read to the values a person reads in them? */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { file } from '../../../src/connectors/file/index.ts'
import type { Answer, Connector, FieldType, OpenField, Row } from '../../../src/model/index.ts'
import { ask, calmLimits, datasetAt } from '../../support/ask.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'

const data = resolve(import.meta.dirname, '../../data')
let folder: string
let connector: Connector

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stadttor-'))
  connector = connect(folder)
})

afterEach(async () => {
  await connector.close()
  rmSync(folder, { recursive: true })
})

function connect(at: string, bytes: number = calmLimits.bytes): Connector {
  const limits = { ...calmLimits, bytes }
  return file.open(
    { id: 'town', kind: 'file', title: 'Dateien', connection: { folder: at }, limits },
    { folder: '/', call: () => {}, warn: () => {} },
  )
}

function read(place: object, ...columns: OpenField[]): Promise<Answer> {
  return ask(connector, datasetAt('file', place), columns)
}

/** Writes a file and reads it back. */
async function reread(content: string | Buffer, columns: readonly (readonly [string, FieldType])[], place: object = {}): Promise<Answer> {
  writeFileSync(join(folder, 'probe.csv'), content)
  return read({ path: 'probe.csv', ...place }, ...columns.map(([name, type]) => open(name, type)))
}

describe('files of real services', () => {
  beforeEach(() => {
    connector = connect(data)
  })

  test('Konstanz: residents by district and year', async () => {
    const { rows } = await read(
      { path: 'konstanz-in-zahlen/bevoelkerung_nach_stadtteilen.csv' },
      open('jahr', 'int'),
      open('egg', 'int'),
      open('paradies', 'int'),
    )
    expect(rows).toHaveLength(31)
    expect(rows[0]).toEqual([1995, 415, 4856])
    expect(rows.at(-1)).toEqual([2025, 788, 6002])
  })

  test('Bietigheim-Bissingen: Windows letters, and milliseconds since 1970', async () => {
    const columns = [open('Name', 'text'), open('OpeningState', 'text'), open('Capacity', 'int'), open('Timestamp', 'datetime')]
    const answer = await read({ path: 'parkapi/bietigheim-bissingen.csv', encoding: 'windows-1252' }, ...columns)
    expect(answer.rows).toHaveLength(14)
    expect(answer.rows[0]).toEqual(['Parkplatz Mühlwiesenstr.', 'Geöffnet', 106, '2025-02-27T10:17:47.085Z'])
    expect(answer.problems).toBeUndefined()
  })

  test('Bietigheim-Bissingen, read in the wrong letters, is no answer instead of a wrong one', async () => {
    const asked = read({ path: 'parkapi/bietigheim-bissingen.csv' }, open('Name', 'text'))
    await expect(asked).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })

  test('Reutlingen: umlauts in the header, geometry as well-known text', async () => {
    const columns = [open('ort', 'text'), open('Kapazität', 'int'), open('GEOM', 'point')]
    const answer = await read({ path: 'parkapi/reutlingen_parken_wkt.csv' }, ...columns)
    expect(answer.rows[0]).toEqual(['Dietweg', 110, { type: 'Point', coordinates: [9.1992897, 48.5124082] }])
    expect(answer.rows[2]).toEqual(['L 383 / Alteburgstraße', 550, { type: 'Point', coordinates: [9.1881138, 48.4803525] }])
    expect(answer.rows).toHaveLength(114)
    expect(answer.problems).toBeUndefined()
  })

  test('Freiburg: coordinates of another system, numbers as texts, wall-clock time', async () => {
    const columns = [
      open('park_name', 'text'),
      open('obs_free', 'int'),
      open('obs_ts', 'datetime', { zone: 'Europe/Berlin' }),
      open('lage', 'point', { column: 'geometry' }),
    ]
    const { rows } = await read({ path: 'parkapi/freiburg_parken_crs25832.json' }, ...columns)
    expect(rows).toHaveLength(19)
    expect(rows[0]).toEqual(['Zur Unterführung', 56, '2024-06-10T08:20:00Z', { type: 'Point', coordinates: [7.8447315, 48.0012862] }])
  })

  test('Konstanz: parking for disabled people, with the number of the feature', async () => {
    const columns = [open('id', 'int'), open('Informatio', 'text'), open('geometry', 'point')]
    const { rows } = await read({ path: 'parkapi/konstanz_behindertenparkplaetze.geojson' }, ...columns)
    expect(rows[0]).toEqual([1, '1 Behindertenparkplatz', { type: 'Point', coordinates: [9.1762633, 47.6831266] }])
  })
})

describe('a CSV', () => {
  test.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('may end its lines in %s', async (_name, end) => {
    const { rows } = await reread(['a;b', '1;x', '2;y', ''].join(end), [
      ['a', 'int'],
      ['b', 'text'],
    ])
    expect(rows).toEqual([
      [1, 'x'],
      [2, 'y'],
    ])
  })

  test('may mix line ends, begin with a byte-order mark and leave lines empty', async () => {
    const { rows } = await reread('\uFEFFZeit;Räder\r\n1;11\r2;22\r\r\n3;33\n\n4;44', [
      ['Zeit', 'int'],
      ['Räder', 'int'],
    ])
    expect(rows).toEqual([
      [1, 11],
      [2, 22],
      [3, 33],
      [4, 44],
    ])
  })

  test('may be longer than what is parsed in one piece', async () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `${at};Straße ${at} 🌳`)
    const { rows } = await reread(`nr;name\r\n${lines.join('\r\n')}`, [
      ['nr', 'int'],
      ['name', 'text'],
    ])
    expect(rows).toHaveLength(10_000)
    expect(rows.every((row, at) => row[1] === `Straße ${at} 🌳`)).toBe(true)
  })

  test('keeps quotes, separators and line ends inside of quotes', async () => {
    const { rows } = await reread('a,b\n"x, ""y""","zwei\r\nZeilen"\n10" Rohr,z\n', [
      ['a', 'text'],
      ['b', 'text'],
    ])
    expect(rows).toEqual([
      ['x, "y"', 'zwei\r\nZeilen'],
      ['10" Rohr', 'z'],
    ])
  })

  test('tells a missing value from an empty text', async () => {
    const { rows } = await reread('a;b;c\n;"";\n"";"";""\n', [
      ['a', 'text'],
      ['b', 'text'],
      ['c', 'int'],
    ])
    expect(rows).toEqual([
      [null, '', null],
      ['', '', null],
    ])
  })

  test('may write decimals with a comma, when it says so', async () => {
    const content = 'wert;zahl\n"1.234,50";-0,5\n7;1000\n'
    const german = await reread(
      content,
      [
        ['wert', 'decimal'],
        ['zahl', 'float'],
      ],
      { decimal: ',' },
    )
    expect(german.rows).toEqual([
      ['1234.5', -0.5],
      ['7', 1000],
    ])
    connector = connect(folder)
    const plain = await reread(
      content,
      [
        ['wert', 'decimal'],
        ['zahl', 'float'],
      ],
      { decimal: '.' },
    )
    expect(plain).toMatchObject({
      rows: [
        [null, null],
        ['7', 1000],
      ],
      problems: { 'unreadable cell': 2 },
    })
  })

  test('may write dates as Germans do', async () => {
    writeFileSync(join(folder, 'probe.csv'), 'tag;zeit\n8.8.2018;08.08.2018 7:00\n31.12.2025;31.12.2025 23:30:15\n30.02.2025;x\n')
    const answer = await read({ path: 'probe.csv' }, open('tag', 'date'), open('zeit', 'datetime', { zone: 'Europe/Berlin' }))
    expect(answer.rows).toEqual([
      ['2018-08-08', '2018-08-08T05:00:00Z'],
      ['2025-12-31', '2025-12-31T22:30:15Z'],
      [null, null],
    ])
    expect(answer.problems).toEqual({ 'unreadable cell': 2 })
  })

  test('may hold a point in two columns', async () => {
    const place = { point: { x: 'rechts', y: 'hoch' }, decimal: ',' }
    writeFileSync(join(folder, 'probe.csv'), 'rechts;hoch\n513000,00;5278200,00\n;\n513000;\nA;B\n')
    const answer = await read({ path: 'probe.csv', ...place }, open('lage', 'point', { column: 'geometry', crs: 'EPSG:25832' }))
    expect(answer.rows).toEqual([[{ type: 'Point', coordinates: [9.173129, 47.6570642] }], [null], [null], [null]])
    expect(answer.problems).toEqual({ 'unreadable cell': 2 })
  })

  test('loses only the rows that have too many or too few cells, and says how many', async () => {
    const answer = await reread('a;b\n1;x\n2\n3;y;z\n4;w\n', [
      ['a', 'int'],
      ['b', 'text'],
    ])
    expect(answer).toMatchObject({
      rows: [
        [1, 'x'],
        [4, 'w'],
      ],
      problems: { 'row with too many or too few cells': 2 },
    })
  })

  test('with one name twice has no such column', async () => {
    await expect(reread('a;b;a\n1;2;3\n', [['a', 'int']])).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
  })

  test('with a quote that never closes is no answer', async () => {
    await expect(reread('a;b\n1;"x\n2;y\n', [['a', 'int']])).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })

  test('that is empty has lost its columns', async () => {
    await expect(reread('', [['a', 'int']])).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
  })

  test('may be "Unicode text" from a spreadsheet', async () => {
    const { rows } = await reread(Buffer.from('\uFEFFStraße\tNr\r\nÖdweg\t1\r\n', 'utf16le'), [
      ['Straße', 'text'],
      ['Nr', 'int'],
    ])
    expect(rows).toEqual([['Ödweg', 1]])
  })
})

describe('a GeoJSON file', () => {
  const write = (json: string): void => writeFileSync(join(folder, 'probe.geojson'), json)
  const collection = (...features: string[]): string => `{"type": "FeatureCollection", "features": [${features.join()}]}`
  const feature = (properties: string, geometry = 'null'): string =>
    `{"type": "Feature", "properties": ${properties}, "geometry": ${geometry}}`

  test('keeps every digit of its numbers', async () => {
    write(collection(feature('{"nr": 9007199254740993, "wert": 12345678901234567890.120, "text": 1.10}')))
    const { rows } = await read({ path: 'probe.geojson' }, open('nr', 'bigint'), open('wert', 'decimal'), open('text', 'text'))
    expect(rows).toEqual([['9007199254740993', '12345678901234567890.12', '1.10']])
  })

  test('serves null for a property that a feature lacks, and for one that is no single value', async () => {
    write(collection(feature('{"a": 1}'), feature('{"b": {"x": 1}}'), feature('null')))
    const answer = await read({ path: 'probe.geojson' }, open('a', 'int'), open('b', 'text'))
    expect(answer).toMatchObject({
      rows: [
        [1, null],
        [null, null],
        [null, null],
      ],
      problems: { 'unreadable cell': 1 },
    })
  })

  test('loses only what is no feature, and shapes that cannot be drawn', async () => {
    write(
      collection(
        '"Unsinn"',
        feature('{"a": 1}', '{"type": "Point", "coordinates": [500, 100]}'),
        feature('{"a": 2}', '{"type": "Polygon", "coordinates": [[[9, 47], [9.1, 47]]]}'),
        feature('{"a": 3}', '{"type": "Point", "coordinates": [9, 47, 400]}'),
      ),
    )
    const answer = await read({ path: 'probe.geojson' }, open('a', 'int'), open('geometry', 'point'))
    expect(answer.rows).toEqual([
      [1, null],
      [2, null],
      [3, { type: 'Point', coordinates: [9, 47] }],
    ])
    expect(answer.problems).toEqual({ 'unreadable feature': 1, 'unreadable cell': 2 })
  })

  test('follows the system that the field declares rather than the one the file names', async () => {
    const named = collection(feature('{}', '{"type": "Point", "coordinates": [513000, 5278200]}')).replace(
      '"features"',
      '"crs": {"type": "name", "properties": {"name": "EPSG:31467"}}, "features"',
    )
    write(named)
    const { rows } = await read({ path: 'probe.geojson' }, open('lage', 'point', { column: 'geometry', crs: 'EPSG:25832' }))
    expect(rows).toEqual([[{ type: 'Point', coordinates: [9.173129, 47.6570642] }]])
  })

  test('without features has no columns to miss', async () => {
    write(collection())
    expect((await read({ path: 'probe.geojson' }, open('a', 'int'))).rows).toEqual([])
  })

  test.each([
    ['half of it', '{"type": "FeatureCollection", "features": [{"type": "Fea'],
    ['something after it', `${collection()} // Ende`],
    ['another kind of JSON', '{"type": "Topology", "objects": {}}'],
    ['a list', '[1, 2, 3]'],
  ])('that is %s is no answer', async (_name, content) => {
    write(content)
    await expect(read({ path: 'probe.geojson' }, open('a', 'int'))).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })
})

describe('a file on disk', () => {
  const numbers = (): Promise<readonly Row[]> => read({ path: 'probe.csv' }, open('a', 'int')).then(answer => answer.rows)

  test('is read again when it has changed', async () => {
    await reread('a\n1\n', [['a', 'int']])
    writeFileSync(join(folder, 'probe.csv'), 'a\n2\n')
    utimesSync(join(folder, 'probe.csv'), new Date(), new Date(Date.now() + 5_000))
    expect(await numbers()).toEqual([[2]])
  })

  test('that could not be read is tried again', async () => {
    await expect(reread('a\n"1', [['a', 'int']])).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
    writeFileSync(join(folder, 'probe.csv'), 'a\n3\n')
    expect(await numbers()).toEqual([[3]])
  })

  test('may be a link inside the folder, but not out of it', async () => {
    mkdirSync(join(folder, 'innen'))
    writeFileSync(join(folder, 'innen', 'a.csv'), 'a\n1\n')
    symlinkSync(join(folder, 'innen', 'a.csv'), join(folder, 'probe.csv'))
    expect(await numbers()).toEqual([[1]])
    connector = connect(join(folder, 'innen'))
    symlinkSync(resolve('package.json'), join(folder, 'innen', 'probe.csv'))
    await expect(numbers()).rejects.toMatchObject({ code: 'SOURCE_REFUSED', log: expect.stringContaining('leads out') })
  })

  test('must be a file, be there, and not be too large', async () => {
    mkdirSync(join(folder, 'ordner.csv'))
    await expect(read({ path: 'ordner.csv' }, open('a', 'int'))).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
    await expect(read({ path: 'fehlt.csv' }, open('a', 'int'))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
    connector = connect(folder, 5)
    await expect(reread('a\n1\n2\n', [['a', 'int']])).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
      log: expect.stringContaining('5 bytes'),
    })
  })

  test('is not waited for when the time is over', async () => {
    writeFileSync(join(folder, 'probe.csv'), 'a\n1\n')
    const request = {
      kind: 'rows',
      dataset: datasetAt('file', { path: 'probe.csv' }),
      columns: [engine('a')],
      orderBy: [],
      limit: 1,
    } as const
    await expect(connector.read(request, { ...patient(), deadline: Date.now() - 1 })).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' })
  })

  test.each(['/etc/passwd', '../geheim.csv', 'a/../../b.csv', 'C:\\geheim.csv', '..\\b.csv'])('cannot be configured as %s', path => {
    expect(file.place.safeParse({ path })).toMatchObject({ success: false })
  })
})
