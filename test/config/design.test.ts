/** Does the configuration of the design work as it stands there? */

import { gatewayFile, gatewayOf } from './support.ts'

const gruen = `id: gruen
kind: oracle                     # postgres | mysql | mariadb | mssql | oracle | sqlite | wfs | ogc-features | arcgis | sensorthings | file | http
title: Grünflächeninformationssystem
owner: Amt für Stadtplanung und Umwelt
connection:
  connectString: \${GRUEN_DB}
  user: stadttor_ro
  password: \${file:secrets/gruen}
limits: { connections: 4, statement: 5 s, queue: 100, open: "Mo-Fr 06:00-20:00" }   # outside opening hours: cache only
`

const baeume = `id: baeume
title: { de: Baumkataster, en: Tree register }
about: { de: Bäume im öffentlichen Raum, en: Trees in public space }
owner: { department: Amt für Stadtplanung und Umwelt, contact: umwelt@konstanz.example }
licence: dl-de/by-2-0
attribution: Stadt Konstanz
themes: [ENVI]
updated: daily
names: { type: Baum, one: baum, many: baeume }      # GraphQL names; ASCII
source: { use: gruen, table: GRUEN.V_BAUM }          # layer:, collection:, typeName:, entity:, path: for other kinds
key: [BAUM_ID]                                       # engine-only unless a field reads it
joinable: [STRASSE_NR]                               # further engine-only columns that relations of other datasets may match
rows: { STATUS: { eq: aktiv } }                      # row rule, engine-only
freshFor: 10 min
staleFor: 2 d                                        # how long an old answer may be served when the source is down
fields:
  nummer:    { column: BAUM_NR, type: text, title: { de: Baumnummer, en: Tree number }, use: [read, filter, sort] }
  art:       { column: ART_DE, type: text, use: [read, filter, sort, group] }
  pflanzjahr: { column: PFLANZJAHR, type: int, use: [read, filter, sort, aggregate] }
  hoehe:     { column: HOEHE_CM, type: decimal, unit: m, scale: 0.01, use: [read, filter, sort, aggregate] }
  zustand:   { column: VITALITAET, type: code, codes: { 1: gut, 2: geschädigt, 3: abgängig }, use: [read, filter, group], audience: internal }
  geprueftAm: { column: KONTROLLE, type: datetime, zone: Europe/Berlin, coarsen: { to: month } }
  lage:      { column: GEOM, type: point, crs: "EPSG:25832", use: [read, filter] }
relations:
  stadtteil: { to: stadtteile, match: { STADTTEIL_NR: nr }, normalise: { padStart: 3 } }
  kontrollen: { to: baumkontrollen, match: { BAUM_ID: BAUM_ID }, many: true }
`

const stadtteile = `id: stadtteile
title: Stadtteile
owner: Statistik
licence: cc-zero
names: { type: Stadtteil, one: stadtteil, many: stadtteile }
source: { use: gruen, table: STADTTEIL }
key: [NR]
fields:
  nr: { column: NR, type: text }
`

const kontrollen = `id: baumkontrollen
title: Kontrollen
owner: Umwelt
licence: cc-zero
names: { type: Baumkontrolle, one: baumkontrolle, many: baumkontrollen }
source: { use: gruen, table: KONTROLLE }
key: [ID]
joinable: [BAUM_ID]
fields:
  datum: { column: DATUM, type: date }
`

const files = {
  'gateway.yml': gatewayFile,
  'secrets/gruen': 'geheim\n',
  'sources/gruen.yml': gruen,
  'datasets/umwelt/baeume.yml': baeume,
  'datasets/umwelt/kontrollen.yml': kontrollen,
  'datasets/statistik/stadtteile.yml': stadtteile,
}

const gateway = () => gatewayOf(files, { env: { GRUEN_DB: 'dbora01:1521/GRUEN' }, unapproved: true })

test('the source of the design is read with its secrets', async () => {
  const source = (await gateway()).sources.get('gruen')
  expect(source).toMatchObject({
    kind: 'oracle',
    title: 'Grünflächeninformationssystem',
    connection: { connectString: 'dbora01:1521/GRUEN', user: 'stadttor_ro', password: 'geheim' },
    limits: { connections: 4, statementMs: 5000, queue: 100, bytes: 50_000_000 },
    open: [{ days: [1, 2, 3, 4, 5], from: 360, to: 1200 }],
  })
})

test('the dataset of the design is read', async () => {
  const dataset = (await gateway()).models.get('internal')?.datasets.get('baeume')
  expect(dataset).toMatchObject({
    title: { de: 'Baumkataster', en: 'Tree register' },
    owner: { department: 'Amt für Stadtplanung und Umwelt', contact: 'umwelt@konstanz.example' },
    themes: ['ENVI'],
    names: { type: 'Baum', one: 'baum', many: 'baeume' },
    source: { id: 'gruen', kind: 'oracle', title: 'Grünflächeninformationssystem' },
    place: { table: 'GRUEN.V_BAUM' },
    key: [{ column: 'BAUM_ID', type: 'text' }],
    rowRule: { op: 'eq', column: { column: 'STATUS', type: 'text' }, value: 'aktiv' },
    freshForSeconds: 600,
    staleForSeconds: 172_800,
  })
  expect(dataset?.fields.map(field => [field.name, field.type, [...field.use]])).toEqual([
    ['nummer', 'text', ['read', 'filter', 'sort']],
    ['art', 'text', ['read', 'filter', 'sort', 'group']],
    ['pflanzjahr', 'int', ['read', 'filter', 'sort', 'aggregate']],
    ['hoehe', 'decimal', ['read', 'filter', 'sort', 'aggregate']],
    ['zustand', 'code', ['read', 'filter', 'group']],
    ['geprueftAm', 'datetime', ['read']],
    ['lage', 'point', ['read', 'filter']],
  ])
  expect(dataset?.fields.find(({ name }) => name === 'hoehe')).toMatchObject({ shift: -2, unit: 'm' })
  expect(dataset?.fields.find(({ name }) => name === 'geprueftAm')).toMatchObject({ zone: 'Europe/Berlin', coarsen: { to: 'month' } })
  expect(dataset?.fields.find(({ name }) => name === 'zustand')?.codes).toEqual({
    1: { de: 'gut', en: 'gut' },
    2: { de: 'geschädigt', en: 'geschädigt' },
    3: { de: 'abgängig', en: 'abgängig' },
  })
  expect(dataset?.relations).toMatchObject([
    {
      name: 'stadtteil',
      to: 'stadtteile',
      match: [{ left: { column: 'STADTTEIL_NR', type: 'text' }, right: { column: 'NR', type: 'text' } }],
      normalise: { padStart: 3 },
      many: false,
    },
    { name: 'kontrollen', to: 'baumkontrollen', match: [{ left: { column: 'BAUM_ID' }, right: { column: 'BAUM_ID' } }], many: true },
  ])
})

test('what is for the administration is not in the public model', async () => {
  const names = (await gateway()).models
    .get('public')
    ?.datasets.get('baeume')
    ?.fields.map(field => field.name)
  expect(names).toEqual(['nummer', 'art', 'pflanzjahr', 'hoehe', 'geprueftAm', 'lage'])
})

test('opening hours are read', async () => {
  expect((await gateway()).sources.get('gruen')?.open).toEqual([{ days: [1, 2, 3, 4, 5], from: 360, to: 1200 }])
})
