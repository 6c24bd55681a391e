/** Does a data-protection officer read everything that leaves the house, and what changed? */

import { diffExposures, diffGateways, type Gateway, writeExposure } from '../../src/config/index.ts'
import { city, datasetFile, type Files, gatewayFile, gatewayOf, sourceFile } from './support.ts'

const baeume = 'datasets/umwelt/baeume.yml'
const trees = (more: string, fields?: string): Files => ({ ...city, [baeume]: datasetFile(more, fields) })

const full = trees(
  `listed: true
joinable: [STR]
rows: { STATUS: aktiv, ART: { in: [1, 2] } }
relations:
  nachbar: { to: baeume, match: { NACHBAR: BAUM_ID }, normalise: { trim: true }, many: true }
`,
  `  art: { column: ART, type: code, codes: { 1: { de: Eiche, en: Oak }, 2: Ahorn }, use: [read, filter, group] }
  hoehe: { column: HOEHE_CM, type: decimal, unit: m, scale: 0.01, use: [read, filter, sort, aggregate], audience: internal }
  geprueft: { column: KONTROLLE, type: datetime, zone: Europe/Berlin, coarsen: { to: month } }
  lage: { column: GEOM, type: point, crs: "EPSG:25832", coarsen: { to: 100 m } }`,
)

test('an exposure is written so that nothing that leaves is left out', async () => {
  const { exposures } = await gatewayOf(full)
  expect(writeExposure(exposures.values(), 'de')).toBe(`baeume
  Quelle       gruen (oracle, table V_BAUM)
  Empfänger    public
  Zeilen       ART in ["1","2"] und STATUS = aktiv
  Schlüssel    BAUM_ID (text): nur im Gateway
  Verknüpfbar  STR (text): nur im Gateway
  Katalog      nennt den Titel schon vor der Freigabe
  Felder
    art       ART        code      lesen, filtern, gruppieren            public    1 = Eiche; 2 = Ahorn
    geprueft  KONTROLLE  datetime  lesen                                 public    Europe/Berlin; vergröbert auf Monat
    hoehe     HOEHE_CM   decimal   lesen, filtern, sortieren, auswerten  internal  Komma verschoben um -2
    lage      GEOM       point     lesen                                 public    EPSG:25832; vergröbert auf 100 m
  Verknüpfungen
    nachbar  → baeume  NACHBAR = BAUM_ID  mehrere  {"trim":true}
`)
})

test('a key that a field gives away is not called internal', async () => {
  const { exposures } = await gatewayOf(trees('joinable: [NR]', '  nummer: { column: BAUM_ID, type: text }'))
  expect(writeExposure(exposures.values(), 'de')).toContain('BAUM_ID (text): abrufbar als nummer')
  expect(writeExposure(exposures.values(), 'en')).toContain('NR (text): inside the gateway only')
})

test('an exposure is written in English as well', async () => {
  const { exposures } = await gatewayOf(full)
  const text = writeExposure(exposures.values(), 'en')
  expect(text).toContain('read, filter, group')
  expect(text).toContain('1 = Oak; 2 = Ahorn')
  expect(text).not.toMatch(/Quelle|Felder|lesen/)
  expect(writeExposure([], 'en')).toBe('There are no datasets.\n')
})

test('an exposure does not depend on the order in which things are written', async () => {
  const one = await gatewayOf(
    trees(
      'joinable: [X, Y]\nrows: { C: 1, B: 2 }',
      '  a: { column: A, type: int, use: [read, sort, filter] }\n  b: { column: B, type: int }',
    ),
  )
  const other = await gatewayOf(
    trees(
      'rows: { B: 2, C: 1 }\njoinable: [Y, X]',
      '  b: { column: B, type: int }\n  a: { column: A, type: int, use: [filter, read, sort] }',
    ),
  )
  expect(JSON.stringify(one.exposures.get('baeume'))).toBe(JSON.stringify(other.exposures.get('baeume')))
})

const base = '  art: { column: ART, type: text, use: [read, filter] }\n  tag: { column: TAG, type: date }'
const spelled = (text: string) => base.replace('type: text', `type: text, written: { ${text} }`)
const relation = (text: string) => `relations:\n  r: ${text}`

test.each<[what: string, before: Files, after: Files, expected: readonly string[]]>([
  ['nothing', trees('', base), trees('', base), []],
  ['a new field', trees('', base), trees('', `${base}\n  neu: { column: X, type: int }`), ['widened neu']],
  ['a field less', trees('', `${base}\n  neu: { column: X, type: int }`), trees('', base), ['narrowed neu']],
  ['a new use', trees('', base), trees('', base.replace('filter]', 'filter, sort]')), ['widened art']],
  ['a use less', trees('', base), trees('', base.replace(', filter]', ']')), ['narrowed art']],
  ['one use for another', trees('', base), trees('', base.replace('filter]', 'sort]')), ['widened art', 'narrowed art']],
  [
    'a new audience',
    trees('audience: internal', base),
    trees('audience: [internal, public]', base),
    ['widened', 'widened art', 'widened tag'],
  ],
  [
    'an audience less',
    trees('', base),
    trees('audience: internal', base),
    ['widened', 'narrowed', 'widened art', 'narrowed art', 'widened tag', 'narrowed tag'],
  ],
  ['another column', trees('', base), trees('', base.replace('ART', 'ART2')), ['widened art']],
  ['another type', trees('', base), trees('', base.replace('type: date', 'type: datetime')), ['widened tag']],
  ['a new coarsening', trees('', base), trees('', base.replace('type: date', 'type: date, coarsen: { to: month }')), ['narrowed tag']],
  ['a lost coarsening', trees('', base.replace('type: date', 'type: date, coarsen: { to: month }')), trees('', base), ['widened tag']],
  [
    'another coarsening',
    trees('', base.replace('type: date', 'type: date, coarsen: { to: month }')),
    trees('', base.replace('type: date', 'type: date, coarsen: { to: year }')),
    ['widened tag'],
  ],
  ['a value that counts as missing', trees('', base), trees('', spelled('missing: "N/A"')), ['narrowed art']],
  [
    'a further value that counts as missing',
    trees('', spelled('missing: [k. A.]')),
    trees('', spelled('missing: [N/A, k. A.]')),
    ['narrowed art'],
  ],
  [
    'a value that no longer counts as missing',
    trees('', spelled('missing: [N/A, k. A.]')),
    trees('', spelled('missing: [N/A]')),
    ['widened art'],
  ],
  ['another spelling', trees('', base), trees('', spelled('trim: true')), ['widened art']],
  ['the words of a spelling in another order', trees('', spelled('missing: [a, b]')), trees('', spelled('missing: [b, a]')), []],
  ['another row rule', trees('rows: { A: 1 }', base), trees('rows: { A: 2 }', base), ['widened']],
  ['another key', trees('', base), { ...city, [baeume]: datasetFile('', base).replace('[BAUM_ID]', '[ID]') }, ['widened']],
  ['another table', trees('', base), { ...city, [baeume]: datasetFile('', base).replace('V_BAUM', 'BAUM') }, ['widened']],
  ['a joinable column more', trees('', base), trees('joinable: [X]', base), ['widened']],
  ['a joinable column less', trees('joinable: [X]', base), trees('', base), ['narrowed']],
  ['a new relation', trees('', base), trees(relation('{ to: baeume, match: { X: BAUM_ID } }'), base), ['widened r']],
  ['a relation less', trees(relation('{ to: baeume, match: { X: BAUM_ID } }'), base), trees('', base), ['narrowed r']],
  [
    'another relation',
    trees(relation('{ to: baeume, match: { X: BAUM_ID } }'), base),
    trees(relation('{ to: baeume, match: { X: BAUM_ID }, many: true }'), base),
    ['widened r'],
  ],
  ['a draft that the catalogue names', trees('', base), trees('listed: true', base), ['widened']],
  ['a draft that it names no more', trees('listed: true', base), trees('', base), ['narrowed']],
  [
    'other labels of codes',
    trees('', '  a: { column: A, type: code, codes: { 1: x } }'),
    trees('', '  a: { column: A, type: code, codes: { 1: y } }'),
    ['widened a'],
  ],
  ['another title', trees('', base), trees('about: neu', base), ['neutral']],
  ['another freshness', trees('', base), trees('freshFor: 1 min', base), ['neutral']],
  ['another unit', trees('', '  a: { column: A, type: int, unit: m }'), trees('', '  a: { column: A, type: int, unit: cm }'), ['neutral']],
  [
    'a lost description of a field',
    trees('', '  a: { column: A, type: int, about: x }'),
    trees('', '  a: { column: A, type: int }'),
    ['neutral'],
  ],
  ['another database of the same kind', city, { ...city, 'sources/gruen.yml': sourceFile.replace('db1', 'db2') }, ['neutral']],
  [
    'another password',
    { ...city, 'sources/gruen.yml': sourceFile.replace('db1', 'db1, password: a') },
    { ...city, 'sources/gruen.yml': sourceFile.replace('db1', 'db1, password: b') },
    [],
  ],
  ['a new dataset', { 'gateway.yml': gatewayFile, 'sources/gruen.yml': sourceFile }, city, ['widened']],
  ['a dataset less', city, { 'gateway.yml': gatewayFile, 'sources/gruen.yml': sourceFile }, ['narrowed']],
])('%s is classed', async (_what, before, after, expected) => {
  const differences = diffGateways(await gatewayOf(before), await gatewayOf(after))
  expect(differences.map(({ change, name }) => (name ? `${change} ${name}` : change))).toEqual(expected)
  for (const { message, dataset } of differences) {
    expect(dataset).toBe('baeume')
    expect(message.de).toMatch(/^baeume(\.\w+)?: .{5,}\.$/)
    expect(message.en).toMatch(/^baeume(\.\w+)?: .{5,}\.$/)
    expect(message.de + message.en).not.toMatch(/[<>]|undefined/)
  }
})

test('an audience that includes more widens every dataset it now reaches', async () => {
  const wide = { ...trees('audience: internal', base), 'gateway.yml': `${gatewayFile}  partner: { includes: [internal] }\n` }
  const narrow = { ...wide, 'gateway.yml': wide['gateway.yml'].replace('[internal]', '[public]') }
  const differences = diffExposures((await gatewayOf(narrow)).exposures, (await gatewayOf(wide)).exposures)
  expect(differences.map(({ change, message }) => [change, message.en])).toContainEqual(['widened', 'baeume: Newly visible for: partner.'])
})

test('the hash of a dataset changes with everything that changes its answers, and with nothing else', async () => {
  const hash = (gateway: Gateway, audience = 'public') => gateway.models.get(audience)?.datasets.get('baeume')?.hash
  const open = { unapproved: true }
  const start = hash(await gatewayOf(trees('', base), open))
  expect(start).toMatch(/^[0-9a-f]{32}$/)
  expect(hash(await gatewayOf(trees('', base), open))).toBe(start)
  const other: readonly Files[] = [
    trees('rows: { A: 1 }', base),
    trees('freshFor: 1 min', base),
    trees('', `${base}\n  x: { column: X, type: int }`),
    trees('', base.replace('ART', 'ART2')),
    trees('', base.replace('type: date', 'type: date, coarsen: { to: month }')),
    { ...trees('', base), [baeume]: datasetFile('', base).replace('V_BAUM', 'BAUM') },
    { ...trees('', base), 'sources/gruen.yml': sourceFile.replace('db1', 'db2') },
  ]
  const hashes = await Promise.all(other.map(async files => hash(await gatewayOf(files, open))))
  expect(new Set([start, ...hashes]).size).toBe(other.length + 1)
  const password = { ...trees('', base), 'sources/gruen.yml': sourceFile.replace('db1', 'db1, password: geheim') }
  expect(hash(await gatewayOf(password, open))).toBe(start)
})
