/** Are values, as people and systems really write them, read to what they mean – and to nothing else? */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readLayer } from '../../src/connectors/arcgis/layer.ts'
import { readAnswer, readFeatures, readRows } from '../../src/connectors/arcgis/response.ts'
import { file } from '../../src/connectors/file/index.ts'
import { type Declared, toCell } from '../../src/connectors/shared/cells.ts'
import type { Cell, Column, Condition, Row } from '../../src/model/index.ts'
import { ask, calmLimits, datasetAt } from '../support/ask.ts'
import { open } from '../support/columns.ts'

const data = resolve(import.meta.dirname, '../data')
const berlin = { zone: 'Europe/Berlin' }
const metres: Declared = { type: 'decimal', written: { decimal: ',', around: '{} m' } }
const euros: Declared = { type: 'decimal', written: { decimal: ',', group: '.', around: 'ca. {} €' } }
const truth: Declared = { type: 'boolean', written: { true: ['ja', 'J'], false: ['nein', 'N'], missing: ['-'] } }
const padded: Declared = { type: 'text', written: { trim: true, missing: ['N/A', 'k. A.'] } }
const measured: Declared = { type: 'decimal', written: { missing: ['-9999'] } }
const german: Declared = { type: 'date', written: { format: 'dd.MM.yyyy', missing: ['00.00.0000'] } }
const clock: Declared = { type: 'datetime', ...berlin, written: { format: "d.M.yyyy H:mm 'Uhr'" } }

test.each<[string, unknown, Declared, Cell | undefined]>([
  ['a height with its unit', '2,10 m', metres, '2.1'],
  ['a unit without a blank', '2,10m', metres, '2.1'],
  ['another unit', '210 cm', metres, undefined],
  ['a number without its unit', '2,10', metres, undefined],
  ['a unit without a number', ' m', metres, undefined],
  ['nothing at all', '  ', metres, null],
  ['a price in groups', 'ca. 1.234.567,80 €', euros, '1234567.8'],
  ['a group of two digits', 'ca. 12.34 €', euros, undefined],
  ['two commas', 'ca. 1,2,3 €', euros, undefined],
  ['half of one', ',5', { type: 'decimal', written: { decimal: ',' } }, '0.5'],
  ['a point where a comma is declared', '1.5', { type: 'decimal', written: { decimal: ',' } }, undefined],
  ['groups parted by a narrow blank', '12\u202f500', { type: 'int', written: { group: ' ' } }, 12_500],
  ['a negative number', '-1.000,5', { type: 'float', written: { decimal: ',', group: '.' } }, -1000.5],
  ['yes', 'ja', truth, true],
  ['no, padded', 'N   ', truth, false],
  ['yes in capitals that nobody declared', 'JA', truth, undefined],
  ['neither', '-', truth, null],
  ['a blank', ' ', truth, null],
  ['what it used to be', 'true', truth, undefined],
  ['a padded text', '  Linde ', padded, 'Linde'],
  ['a text of blanks', '     ', padded, null],
  ['a marker with blanks', ' N/A ', padded, null],
  ['a marker in other letters', 'n/a', padded, 'n/a'],
  ['a blank as marker', ' ', { type: 'text', written: { missing: [' '] } }, null],
  ['a text that only looks blank at its end', 'Linde ', { type: 'text', written: { missing: [' '] } }, 'Linde '],
  ['a padded code', '7  ', { type: 'code', written: { trim: true } }, '7'],
  ['a marker in another spelling of the number', '-9999.00', measured, null],
  ['a number beside the marker', '-9998.5', measured, '-9998.5'],
  ['a number as the driver hands it over', -9999, { type: 'int', written: { missing: ['-9999'] } }, null],
  ['a German day', '01.07.2026', german, '2026-07-01'],
  ['a day that does not exist', '31.06.2026', german, undefined],
  ['a day in another spelling', '2026-07-01', german, undefined],
  ['the day of nothing', '00.00.0000', german, null],
  ['a day without points', 20260701, { type: 'date', written: { format: 'yyyyMMdd' } }, '2026-07-01'],
  ['a time without a colon', '0805', { type: 'time', written: { format: 'HHmm' } }, '08:05:00'],
  ['a clock of people', '1.7.2026 8:05 Uhr', clock, '2026-07-01T06:05:00Z'],
  ['the hour that comes twice means its first pass', '25.10.2026 2:30 Uhr', clock, '2026-10-25T00:30:00Z'],
  ['the hour after it is an hour later', '25.10.2026 3:30 Uhr', clock, '2026-10-25T02:30:00Z'],
  ['the hour that is left out is the next one', '29.3.2026 2:30 Uhr', clock, '2026-03-29T01:30:00Z'],
  ['milliseconds since 1970', '1740651467085', { type: 'datetime', written: { epoch: 'ms' } }, '2025-02-27T10:17:47.085Z'],
  ['seconds since 1970', 1740651467, { type: 'datetime', written: { epoch: 's' } }, '2025-02-27T10:17:47Z'],
  ['seconds with a fraction', '1740651467.085', { type: 'datetime', written: { epoch: 's' } }, '2025-02-27T10:17:47.085Z'],
  [
    'a clock on the wall as if it were UTC',
    '1723876205000',
    { type: 'datetime', ...berlin, written: { epoch: 'ms' } },
    '2024-08-17T04:30:05Z',
  ],
  ['a midnight as a day', '1740614400000', { type: 'date', written: { epoch: 'ms' } }, '2025-02-27'],
  ['no number since 1970', 'gestern', { type: 'datetime', written: { epoch: 's' } }, undefined],
  ['a marker for no time', '0', { type: 'datetime', written: { epoch: 's', missing: ['0'] } }, null],
  ['a missing value', null, padded, null],
])('%s', (_what, raw, declared, cell) => {
  expect(toCell(raw, declared)).toEqual(cell)
})

test('the car parks of Konstanz, read as what they say', () => {
  const answer = readAnswer(readFileSync(resolve(data, 'parkapi/konstanz_parkleitsystem_mapserver_query.json'), 'utf8'), 'http://gis/0')
  const columns = [
    open('name', 'text'),
    open('hoehe', 'decimal', { column: 'max_hei', written: { decimal: ',', around: '{} m' } }),
    open('gebuehr', 'boolean', { column: 'has_fee', written: { true: ['ja'], false: ['nein'] } }),
    open('licht', 'boolean', { column: 'has_light', written: { true: ['ja'], false: [' '] } }),
    open('stand', 'datetime', { column: 'updated', ...berlin, written: { epoch: 'ms' } }),
  ]
  const { rows, unreadable } = readRows(readFeatures(answer, 'http://gis/0'), columns, readLayer('http://gis/0', answer))
  const cells = rows.map(row => columns.map(row))
  expect(cells[0]).toEqual(['Parkhaus LAGO', '1.9', true, false, '2024-08-17T04:30:05Z'])
  expect(cells[1]).toEqual(['Parkhaus Fischmarkt', '2.05', true, true, '2024-08-17T04:30:05Z'])
  expect(cells.filter(([, hoehe]) => hoehe !== null)).toHaveLength(9)
  expect(unreadable).toBe(0)
})

describe('a file answers over values as they are served', () => {
  const free = open('frei', 'int', { column: 'obs_free', written: { missing: ['272'] } })
  const zone = open('zone', 'text', { column: 'park_zone', written: { missing: ['', 'Bahnhof'] } })

  async function rows(columns: readonly Column[], where?: Condition): Promise<readonly Row[]> {
    const connector = file.open(
      { id: 'town', kind: 'file', title: 'Dateien', connection: { folder: data }, limits: calmLimits },
      { folder: '/', call: () => {}, warn: () => {} },
    )
    const answer = await ask(connector, datasetAt('file', { path: 'parkapi/freiburg_parken_crs25832.json' }), columns, where && { where })
    await connector.close()
    return answer.rows
  }

  test('a marker is found as missing, and never as another value', async () => {
    const all = await rows([free])
    expect(all).toHaveLength(19)
    expect(await rows([free], { op: 'isNull', column: free, value: true })).toEqual([[null]])
    expect(await rows([free], { op: 'ne', column: free, value: 56 })).toHaveLength(17)
    expect(await rows([free], { op: 'not', of: { op: 'eq', column: free, value: 272 } })).toHaveLength(18)
    expect(await rows([free], { op: 'eq', column: free, value: 272 })).toEqual([])
  })

  test('an empty text is missing where it is declared so', async () => {
    const missing = await rows([zone], { op: 'isNull', column: zone, value: true })
    expect(missing.length).toBeGreaterThan(2)
    expect(await rows([zone], { op: 'notIn', column: zone, values: ['Altstadt'] })).not.toContainEqual([null])
  })

  test('one column may be read in two ways by two fields', async () => {
    const state = open('zustand', 'text', { column: 'obs_state' })
    const working = open('inBetrieb', 'boolean', { column: 'obs_state', written: { true: ['1'], false: ['0'] } })
    expect((await rows([working, state]))[0]).toEqual([true, '1'])
  })
})
