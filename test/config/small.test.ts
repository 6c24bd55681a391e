/** `small: true`: what becomes possible, and that it changes nothing of what was approved. */

import { diffGateways, exposureHash } from '../../src/config/index.ts'
import { localCapabilities } from '../../src/model/index.ts'
import { approvedGateway, datasetFile, type Files, gatewayFile, gatewayOf, mistakesOf, openFields } from './support.ts'

const fields = `  art: { column: ART, type: text, use: [read, filter, sort, group] }
  hoehe: { column: HOEHE, type: decimal, use: [read, aggregate] }
  lage: { column: GEOM, type: point, use: [read, filter] }`

/** A drawer finds rows by whole numbers, and can do nothing else. */
function drawer(more = '', said = fields): Files {
  return {
    'gateway.yml': gatewayFile,
    'sources/gruen.yml': 'id: gruen\nkind: drawer\ntitle: Schublade\nconnection: { folder: a }\n',
    'datasets/umwelt/baeume.yml': datasetFile(more, said).replace('table: V_BAUM', 'path: a.csv'),
  }
}

test('what a source cannot do is refused with the remedy, and accepted of a small dataset', async () => {
  const rules = 'rows: { STATUS: { startsWith: "a" } }\n'
  const refused = await mistakesOf(drawer(rules))
  expect(refused.map(({ code }) => code).sort()).toEqual([...Array(5).fill('USE_UNSUPPORTED'), 'ROWS_UNSUPPORTED'].sort())
  for (const { remedy } of refused) expect(`${remedy?.de} ${remedy?.en}`).toMatch(/„small: true“.*"small: true"/)
  expect(await mistakesOf(drawer(`small: true\n${rules}`))).toEqual([])
})

test('a relation may lead to a small dataset by any column', async () => {
  const streets = (more: string) =>
    datasetFile(more, '  name: { column: NAME, type: text }')
      .replace('id: baeume', 'id: strassen')
      .replace('{ type: Baum, one: baum, many: baeume }', '{ type: Strasse, one: strasse, many: strassen }')
      .replace('table: V_BAUM', 'path: b.csv')
      .replace('key: [BAUM_ID]', 'key: [NR]')
  const plain = drawer('relations:\n  strasse: { to: strassen, match: { STRASSE: NR } }\n', '  art: { column: ART, type: text }')
  const path = 'datasets/tiefbau/strassen.yml'
  expect((await mistakesOf({ ...plain, [path]: streets('') })).map(({ code }) => code)).toEqual(['RELATION_UNSUPPORTED'])
  expect(await mistakesOf({ ...plain, [path]: streets('small: { rows: 300 }\n') })).toEqual([])
})

test('only what says so is small: 5,000 rows, or as many as stated', async () => {
  const smallOf = async (more: string) => {
    const { models } = await gatewayOf(drawer(more, '  art: { column: ART, type: text }'), { unapproved: true })
    return models.get('public')!.datasets.get('baeume')!
  }
  const plain = await smallOf('')
  expect(plain.small).toBeUndefined()
  expect(await smallOf('small: false\n')).toEqual(plain)
  expect(await smallOf('small: true\n')).toMatchObject({ small: { rows: 5000 }, can: localCapabilities })
  expect(await smallOf('small: { rows: 10000 }\n')).toMatchObject({ small: { rows: 10_000 } })
  // Cached answers of the one are none of the other's.
  const hashes = await Promise.all(['', 'small: true\n', 'small: { rows: 10 }\n'].map(async more => (await smallOf(more)).hash))
  expect(new Set(hashes).size).toBe(3)
})

test('a coarsened field stays one that can only be read', async () => {
  const coarse = '  tag: { column: TAG, type: date, coarsen: { to: month }, use: [read, filter] }'
  expect((await mistakesOf(drawer('small: true\n', coarse))).map(({ code }) => code)).toEqual(['USE_COARSENED'])
})

test('"small" lets nothing out that was not approved: uses stay closed, approvals stay valid, and the difference is told as neutral', async () => {
  const before = drawer('', '  art: { column: ART, type: text, use: [read] }')
  const after = drawer('small: true\n', '  art: { column: ART, type: text, use: [read, group] }')
  const gateway = await approvedGateway(before, after)
  expect(openFields(gateway)).toEqual(['art: read'])
  const [old, young] = [
    await gatewayOf(drawer('', '  art: { column: ART, type: text }')),
    await gatewayOf(drawer('small: true\n', '  art: { column: ART, type: text }')),
  ]
  expect(exposureHash(young.exposures.get('baeume')!)).toBe(exposureHash(old.exposures.get('baeume')!))
  expect(diffGateways(old, young)).toMatchObject([
    { change: 'neutral', dataset: 'baeume', message: { en: 'baeume: small was –, now is {"rows":5000}.' } },
  ])
})
