/** What one field makes less exact: is it told when the same callers have the same column in another way? */

import { isAbout } from '../../src/config/index.ts'
import { city, datasetFile, type Files, gatewayOf, mistakesOf } from './support.ts'

const trees = (fields: string, more = ''): Files => ({ 'datasets/umwelt/baeume.yml': datasetFile(more, fields) })
const second = (fields: string, more = '', table = 'V_BAUM', key = 'BAUM_ID'): Files => ({
  'datasets/umwelt/standorte.yml': datasetFile(more, fields)
    .replace('id: baeume', 'id: standorte')
    .replace('{ type: Baum, one: baum, many: baeume }', '{ type: Standort, one: standort, many: standorte }')
    .replace('V_BAUM', table)
    .replace('[BAUM_ID]', `[${key}]`),
})
const coarse = '  jahr: { column: GEPFLANZT, type: date, coarsen: { to: year } }'
const exact = '  tag: { column: gepflanzt, type: date }'

/** What is told of each dataset. */
async function told(...files: Files[]): Promise<readonly string[]> {
  const { notices } = await gatewayOf(Object.assign({}, city, ...files), { unapproved: true })
  return notices.filter(({ code }) => code === 'COARSEN_ELSEWHERE').map(({ message }) => message.en)
}

test('the same column, exactly, in another dataset for the same callers is told of both datasets, before either is approved', async () => {
  const { notices } = await gatewayOf({ ...city, ...trees(coarse), ...second(exact) })
  const found = notices.filter(({ code }) => code === 'COARSEN_ELSEWHERE')
  expect(found.map(({ message }) => message)).toEqual([
    {
      de: '„baeume“: das Feld „jahr“ ist vergröbert, doch dieselbe Spalte steht genau im Feld „tag“ von „standorte“. Beides sieht: public, internal.',
      en: '"baeume": the field "jahr" is coarsened, yet the same column is to be had exactly as the field "tag" of "standorte". Both are seen by: public, internal.',
    },
  ])
  expect(['baeume', 'standorte', 'strassen'].filter(id => isAbout(found[0]!, id))).toEqual(['baeume', 'standorte'])
})

test.each<[string, Files, string]>([
  ['the key of another dataset', second('  art: { column: ART, type: text }', '', 'v_baum', '{ column: GEPFLANZT, type: date }'), 'rank'],
  ['another grid in another dataset', second('  woche: { column: GEPFLANZT, type: date, coarsen: { to: week } }'), 'in another way'],
  ['an exact field for fewer callers', second('  tag: { column: GEPFLANZT, type: date, audience: internal }'), 'by: internal.'],
])('%s is told as well', async (_what, other, words) => {
  expect(await told(trees(coarse), other)).toEqual([expect.stringContaining(words)])
})

test('another grid in the same dataset, for fewer callers, is told', async () => {
  const week = '  woche: { column: GEPFLANZT, type: date, coarsen: { to: week }, audience: internal }'
  expect(await told(trees(`${coarse}\n${week}`))).toEqual([expect.stringContaining('Both are seen by: internal.')])
})

test.each<[string, Files[]]>([
  ['another table', [second(exact, '', 'V_STRAUCH')]],
  ['another column', [second('  tag: { column: GEFAELLT, type: date }')]],
  ['the same coarsening', [second('  jahr: { column: GEPFLANZT, type: date, coarsen: { to: year } }')]],
  ['a period that holds it whole', [second('  monat: { column: GEPFLANZT, type: date, coarsen: { to: month } }')]],
])('%s is nothing to tell', async (_what, files) => {
  expect(await told(trees(coarse), ...files)).toEqual([])
})

test('nobody sees both: nothing to tell', async () => {
  const apart = 'audiences:\n  internal: {}\n  partner: {}\n'
  const gateway = { 'gateway.yml': city['gateway.yml']!.replace(/audiences:[\s\S]*/, apart) }
  expect(await told(gateway, trees(coarse, 'audience: internal\n'), second(exact, 'audience: partner\n'))).toEqual([])
})

test('periods that lie within each other, and one grid twice, may stand side by side', async () => {
  const month = '  monat: { column: GEPFLANZT, type: date, coarsen: { to: month } }'
  const again = '  pflanzjahr: { column: GEPFLANZT, type: date, coarsen: { to: year } }'
  expect(await mistakesOf({ ...city, ...trees(`${coarse}\n${month}\n${again}`) })).toEqual([])
})
