/** Trees, districts and inspections: enough of a city to ask across sources. */

import { engine, open } from './columns.ts'
import { type TestDataset, testDataset } from './house.ts'

const species = ['Linde', 'Ahorn', 'Eiche', null]

export function greenCity(trees = 50): readonly TestDataset[] {
  const [treeId, districtNumber] = [engine('BAUM_ID', 'int'), engine('STADTTEIL_NR', 'int')]
  const number = open('nr', 'text')
  const inspectionTree = engine('BAUM_ID', 'int')
  return [
    testDataset(
      'baeume',
      { type: 'Baum', one: 'baum', many: 'baeume' },
      {
        source: 'gruen',
        key: [treeId],
        fields: [
          open('art', 'text'),
          open('pflanzjahr', 'int'),
          open('hoehe', 'decimal', { column: 'HOEHE_CM', shift: -2, unit: 'm' }),
          open('zustand', 'code', {
            use: new Set(['read', 'filter', 'group']),
            codes: { '1': { de: 'gut', en: 'good' }, '2': { de: 'krank', en: 'ill' } },
          }),
          open('geprueftAm', 'datetime', { use: new Set(['read']), coarsen: { to: 'month' } }),
          open('lage', 'point', { use: new Set(['read', 'filter']) }),
        ],
        relations: [
          {
            name: 'stadtteil',
            title: { de: 'Stadtteil', en: 'District' },
            to: 'stadtteile',
            match: [{ left: districtNumber, right: number }],
            normalise: { padStart: 3 },
            many: false,
          },
          {
            name: 'kontrollen',
            title: { de: 'Kontrollen', en: 'Inspections' },
            to: 'kontrollen',
            match: [{ left: treeId, right: inspectionTree }],
            many: true,
          },
        ],
      },
      Array.from({ length: trees }, (_, at) => ({
        BAUM_ID: at + 1,
        STADTTEIL_NR: at % 7 === 0 ? null : ((at % 3) + 1) * 10,
        art: species[at % 4] ?? null,
        pflanzjahr: at % 5 === 0 ? null : 1950 + (at % 11),
        HOEHE_CM: String(500 + at),
        zustand: ['1', '2', '9'][at % 3] ?? null,
        geprueftAm: '2026-05-17T10:11:12Z',
        lage: { type: 'Point', coordinates: [9.1 + at / 1000, 47.66] },
      })),
    ),
    testDataset(
      'stadtteile',
      { type: 'Stadtteil', one: 'stadtteil', many: 'stadtteile' },
      { source: 'gis', paging: 'offset', key: [engine('nr')], fields: [number, open('name', 'text')] },
      [
        { nr: '010', name: 'Altstadt' },
        { nr: '020', name: 'Paradies' },
        { nr: '030', name: 'Staad' },
      ],
    ),
    testDataset(
      'kontrollen',
      { type: 'Kontrolle', one: 'kontrolle', many: 'kontrollen' },
      { source: 'gruen', key: [engine('ID', 'int')], fields: [open('datum', 'date'), open('ergebnis', 'text')] },
      Array.from({ length: trees * 3 }, (_, at) => ({
        ID: at + 1,
        BAUM_ID: (at % trees) + 1,
        datum: `2026-0${(at % 9) + 1}-01`,
        ergebnis: 'ok',
      })),
    ),
  ]
}
