/** Is every rule that a file can break told at its place, in words of both languages? */

import { mistakeWords, writeMistakes } from '../../src/config/index.ts'
import { city, datasetFile, type Files, gatewayFile, mistakesOf, sourceFile } from './support.ts'

/** What is written, and what is said: code, line, path. */
type Case = readonly [what: string, files: Files, code: string, line: number, path: string]

const baeume = 'datasets/umwelt/baeume.yml'
const field = (text: string): Files => ({ [baeume]: datasetFile('', `  art: { column: ART, type: text }\n  x: ${text}`) })
const dataset = (more: string): Files => ({ [baeume]: datasetFile(more) })
const replaced = (from: string | RegExp, to: string): Files => ({ [baeume]: datasetFile().replace(from, to) })
const gateway = (more: string): Files => ({ 'gateway.yml': gatewayFile + more })
const source = (more: string): Files => ({ 'sources/gruen.yml': sourceFile + more })
const strassen = (more = '', fields = '  nr: { column: NR, type: int }\n  name: { column: NAME, type: text }'): string =>
  datasetFile(more, fields)
    .replace('id: baeume', 'id: strassen')
    .replace('{ type: Baum, one: baum, many: baeume }', '{ type: Strasse, one: strasse, many: strassen }')
const related = (relation: string, more = '', other = strassen()): Files => ({
  [baeume]: datasetFile(
    `relations:\n  strasse: ${relation}\n${more}`,
    '  art: { column: ART, type: text }\n  hoehe: { column: HOEHE, type: int }',
  ),
  'datasets/tiefbau/strassen.yml': other,
})
const drawer = (more = '', fields = '  art: { column: ART, type: text }'): Files => ({
  'sources/gruen.yml': 'id: gruen\nkind: drawer\ntitle: Schublade\nconnection: { folder: a }\n',
  [baeume]: datasetFile(more, fields).replace('table: V_BAUM', 'path: a.csv'),
})

const form: readonly Case[] = [
  ['a missing key', replaced('title: Bäume\n', ''), 'MISSING', 1, 'title'],
  ['a key without a value', replaced('title: Bäume', 'title:'), 'EMPTY_VALUE', 2, 'title'],
  ['a number where text is due', replaced('title: Bäume', 'title: 7'), 'WRONG_TYPE', 2, 'title'],
  ['a text where a list is due', replaced('key: [BAUM_ID]', 'key: BAUM_ID'), 'WRONG_TYPE', 7, 'key'],
  ['a text where entries are due', replaced('names: { type: Baum, one: baum, many: baeume }', 'names: baum'), 'WRONG_TYPE', 5, 'names'],
  ['a list where the file should have entries', { [baeume]: '- id: baeume\n' }, 'WRONG_TYPE', 1, ''],
  ['a mistyped key', replaced('licence:', 'lisence:'), 'UNKNOWN_KEY', 4, 'lisence'],
  ['a key from elsewhere', dataset('password: x'), 'UNKNOWN_KEY', 10, 'password'],
  ['an unknown key in a field', field('{ column: X, type: text, titel: X }'), 'UNKNOWN_KEY', 10, 'fields.x.titel'],
  ['only one language', replaced('title: Bäume', 'title: { de: Bäume }'), 'MISSING', 2, 'title.en'],
  ['a title without an end', replaced('title: Bäume', `title: ${'x'.repeat(10_001)}`), 'TEXT_TOO_LONG', 2, 'title'],
  [
    'a list without an end',
    dataset(`joinable: [${Array.from({ length: 33 }, (_, index) => `S${index}`).join(', ')}]`),
    'LIST_TOO_LONG',
    10,
    'joinable',
  ],
  [
    'a text that the connector finds too short',
    { 'sources/gruen.yml': sourceFile.replace('db1', 'db1, user: x') },
    'TEXT_TOO_SHORT',
    4,
    'connection.user',
  ],
  ['an empty text', replaced('title: Bäume', 'title: "  "'), 'EMPTY_TEXT', 2, 'title'],
  ['an unknown licence', replaced('dl-de/by-2-0', 'dl-de-by-2-0'), 'UNKNOWN_VALUE', 4, 'licence'],
  ['an unknown theme', dataset('themes: [ENVY]'), 'UNKNOWN_VALUE', 10, 'themes[0]'],
  ['an unknown type', field('{ column: X, type: number }'), 'UNKNOWN_VALUE', 10, 'fields.x.type'],
  ['an unknown use', field('{ column: X, type: int, use: [read, sum] }'), 'UNKNOWN_VALUE', 10, 'fields.x.use[1]'],
  ['no use at all', field('{ column: X, type: int, use: [] }'), 'EMPTY_LIST', 10, 'fields.x.use'],
  ['an unknown coordinate system', field('{ column: X, type: point, crs: "EPSG:1" }'), 'UNKNOWN_VALUE', 10, 'fields.x.crs'],
  ['an id with capitals', replaced('id: baeume', 'id: Bäume'), 'ID_FORM', 1, 'id'],
  ['a column with a blank at its end', field('{ column: "X ", type: int }'), 'COLUMN_FORM', 10, 'fields.x.column'],
  ['an empty key', replaced('[BAUM_ID]', '[]'), 'EMPTY_LIST', 7, 'key'],
  ['no key', replaced('key: [BAUM_ID]\n', ''), 'MISSING', 1, 'key'],
  ['a duration without a unit', dataset('freshFor: 60'), 'DURATION', 10, 'freshFor'],
  ['a duration with a strange unit', dataset('freshFor: 3 Wochen'), 'DURATION', 10, 'freshFor'],
  ['freshness for years', dataset('freshFor: 900 d'), 'DURATION_RANGE', 10, 'freshFor'],
  ['staleness for years', dataset('staleFor: 900 d'), 'DURATION_RANGE', 10, 'staleFor'],
  ['an unknown time zone', field('{ column: X, type: datetime, zone: Europe/Konstanz }'), 'ZONE', 10, 'fields.x.zone'],
  ['an offset as time zone', field('{ column: X, type: datetime, zone: "+01:00" }'), 'ZONE', 10, 'fields.x.zone'],
  ['a scale that is no power of ten', field('{ column: X, type: decimal, scale: 0.3 }'), 'SCALE', 10, 'fields.x.scale'],
  ['a scale of nothing', field('{ column: X, type: decimal, scale: 0 }'), 'SCALE', 10, 'fields.x.scale'],
  ['a scale below nothing', field('{ column: X, type: decimal, scale: -0.1 }'), 'SCALE', 10, 'fields.x.scale'],
  ['an unreadable coarsening', field('{ column: X, type: date, coarsen: { to: decade } }'), 'COARSEN', 10, 'fields.x.coarsen.to'],
  ['a coarsening to nothing', field('{ column: X, type: int, coarsen: { to: 0 } }'), 'COARSEN', 10, 'fields.x.coarsen.to'],
  [
    'a text around numbers without its place',
    field('{ column: X, type: decimal, written: { around: m } }'),
    'WRITTEN_AROUND',
    10,
    'fields.x.written.around',
  ],
  [
    'a format in German letters',
    field('{ column: X, type: date, written: { format: TT.MM.JJJJ } }'),
    'WRITTEN_FORMAT',
    10,
    'fields.x.written.format',
  ],
  [
    'a number where a spelling is due',
    field('{ column: X, type: int, written: { missing: [-9999] } }'),
    'WRONG_TYPE',
    10,
    'fields.x.written.missing[0]',
  ],
  ['codes without any', field('{ column: X, type: code, codes: {} }'), 'EMPTY_LIST', 10, 'fields.x.codes'],
  ['a place without a table', replaced('table: V_BAUM', ''), 'MISSING', 6, 'source.table'],
  ['a place of another kind', replaced('table: V_BAUM', 'table: V, layer: 3'), 'UNKNOWN_KEY', 6, 'source.layer'],
  ['a city without a name', { 'gateway.yml': gatewayFile.replace('name: konstanz, ', '') }, 'MISSING', 1, 'city.name'],
  ['a page size of zero', gateway('limits: { pageSize: 0 }'), 'TOO_SMALL', 5, 'limits.pageSize'],
  ['an enormous page', gateway('limits: { pageSize: 1000000 }'), 'TOO_BIG', 5, 'limits.pageSize'],
  ['half an alias', gateway('limits: { aliases: 1.5 }'), 'WRONG_TYPE', 5, 'limits.aliases'],
  ['a size without a unit', gateway('limits: { body: "100" }'), 'SIZE', 5, 'limits.body'],
  ['a size out of range', gateway('limits: { body: 100 GB }'), 'SIZE_RANGE', 5, 'limits.body'],
  [
    'an extent upside down',
    { 'gateway.yml': gatewayFile.replace('title: S', 'extent: [9, 48, 8, 47], title: S') },
    'EXTENT',
    1,
    'city.extent',
  ],
  [
    'an extent of three numbers',
    { 'gateway.yml': gatewayFile.replace('title: S', 'extent: [9, 48, 8], title: S') },
    'EXTENT',
    1,
    'city.extent',
  ],
  ['an origin with a path', gateway('server: { origins: ["https://a.example/x"] }'), 'ORIGIN', 5, 'server.origins[0]'],
  ['a redis that is none', gateway('cache: { redis: "http://localhost" }'), 'URL', 5, 'cache.redis'],
  ['a short secret', { 'gateway.yml': gatewayFile.replace('0123456789abcdef0123456789abcdef', 'geheim') }, 'SECRET_SHORT', 2, 'secret'],
  ['an unknown language', gateway('language: fr'), 'UNKNOWN_VALUE', 5, 'language'],
  ['an unknown kind of source', { 'sources/gruen.yml': sourceFile.replace('oracle', 'orakel') }, 'UNKNOWN_VALUE', 2, 'kind'],
  ['no kind of source', { 'sources/gruen.yml': sourceFile.replace('kind: oracle\n', '') }, 'MISSING', 1, 'kind'],
  ['a rule of the connector', { 'sources/gruen.yml': sourceFile.replace('db1', 'db 1') }, 'VALUE', 4, 'connection.connectString'],
  [
    'a wrong type in a connection',
    { 'sources/gruen.yml': sourceFile.replace('db1', 'db1, port: 1.5') },
    'WRONG_TYPE',
    4,
    'connection.port',
  ],
  ['too many connections', source('limits: { connections: 51 }'), 'TOO_BIG', 5, 'limits.connections'],
  ['unreadable opening hours', source('limits: { open: "Mo-Fr 20:00-06:00" }'), 'OPEN_HOURS', 5, 'limits.open'],
  ['opening hours of no day', source('limits: { open: "Xx 06:00-20:00" }'), 'OPEN_HOURS', 5, 'limits.open'],
  [
    'a key without a checksum',
    { 'keys.yml': 'keys:\n  - { name: Statistik, audience: internal, hash: stt_abc }\n' },
    'HASH_FORM',
    2,
    'keys[0].hash',
  ],
  [
    'a key with no date',
    { 'keys.yml': `keys:\n  - { name: a, audience: internal, hash: "sha256:${'0'.repeat(64)}", expires: 30.06.2027 }\n` },
    'DATE_FORM',
    2,
    'keys[0].expires',
  ],
  [
    'a day that no calendar has',
    { 'keys.yml': `keys:\n  - { name: a, audience: internal, hash: "sha256:${'0'.repeat(64)}", expires: 2027-02-30 }\n` },
    'DATE_FORM',
    2,
    'keys[0].expires',
  ],
  [
    'an approval without an exposure',
    { 'approvals.yml': `approvals:\n  - { dataset: baeume, by: a, record: b, on: 2026-01-01, hash: "sha256:${'0'.repeat(64)}" }\n` },
    'MISSING',
    2,
    'approvals[0].exposure',
  ],
]

const meaning: readonly Case[] = [
  [
    'a rule for outside without an inside',
    { 'gateway.yml': gatewayFile.replace('title: S', 'outside: close, title: S') },
    'OUTSIDE_WITHOUT_EXTENT',
    1,
    'city.outside',
  ],
  ['a declared table', dataset('kind: table'), 'NOT_YET', 10, 'kind'],
  ['a small dataset with too many rows', dataset('small: { rows: 10001 }'), 'TOO_BIG', 10, 'small.rows'],
  ['a small dataset without a row', dataset('small: { rows: 0 }'), 'TOO_SMALL', 10, 'small.rows'],
  ['a small dataset with a number alone', dataset('small: 5000'), 'WRONG_TYPE', 10, 'small'],
  ['an unknown source', replaced('use: gruen', 'use: grün'), 'ID_FORM', 6, 'source.use'],
  ['a source that is not there', replaced('use: gruen', 'use: blau'), 'SOURCE_UNKNOWN', 6, 'source.use'],
  ['two datasets with one id', { 'datasets/umwelt/zweite.yml': datasetFile() }, 'DUPLICATE_ID', 1, 'id'],
  ['two sources with one id', { 'sources/zweite.yml': sourceFile }, 'DUPLICATE_ID', 1, 'id'],
  ['an unknown audience of a dataset', dataset('audience: intern'), 'AUDIENCE_UNKNOWN', 10, 'audience'],
  [
    'an unknown audience of a field',
    field('{ column: X, type: int, audience: [public, intern] }'),
    'AUDIENCE_UNKNOWN',
    10,
    'fields.x.audience',
  ],
  [
    'an unknown included audience',
    { 'gateway.yml': gatewayFile.replace('[public]', '[publik]') },
    'AUDIENCE_UNKNOWN',
    4,
    'audiences.internal.includes',
  ],
  ['a public that includes others', gateway('  public: { includes: [internal] }'), 'AUDIENCE_PUBLIC', 5, 'audiences.public.includes'],
  ['a usual page above the largest', gateway('limits: { pageSize: 10, defaultPageSize: 11 }'), 'PAGE_SIZES', 5, 'limits.defaultPageSize'],
  [
    'an audience no key can have',
    { 'keys.yml': `keys:\n  - { name: a, audience: intern, hash: "sha256:${'0'.repeat(64)}" }\n` },
    'AUDIENCE_UNKNOWN',
    2,
    'keys[0].audience',
  ],
  ['a type name with a blank', replaced('type: Baum', 'type: der Baum'), 'TYPE_NAME', 5, 'names.type'],
  ['a type name in small letters', replaced('type: Baum', 'type: baum'), 'TYPE_NAME', 5, 'names.type'],
  ['a type of the gateway', replaced('type: Baum', 'type: Query'), 'NAME_RESERVED', 5, 'names.type'],
  ['a type that ends like one of the gateway', replaced('type: Baum', 'type: BaumConnection'), 'NAME_RESERVED', 5, 'names.type'],
  ['a type that ends like a filter of the gateway', replaced('type: Baum', 'type: TextFilter'), 'NAME_RESERVED', 5, 'names.type'],
  ['a root of the gateway', replaced('one: baum', 'one: node'), 'NAME_RESERVED', 5, 'names.one'],
  ['a name with underscores at the front', replaced('one: baum', 'one: __baum'), 'FIELD_NAME', 5, 'names.one'],
  ['one name for singular and plural', replaced('many: baeume', 'many: baum'), 'NAME_TAKEN', 5, 'names.many'],
  ['a type twice', { 'datasets/tiefbau/strassen.yml': strassen().replace('type: Strasse', 'type: Baum') }, 'NAME_TAKEN', 5, 'names.type'],
  [
    'a plural twice, with an umlaut',
    { 'datasets/umwelt/wald.yml': strassen().replace('many: strassen', 'many: bäume') },
    'NAME_TAKEN',
    5,
    'names.many',
  ],
  [
    'a plural that is the aggregate of another',
    { 'datasets/umwelt/wald.yml': strassen().replace('many: strassen', 'many: baeumeAggregate') },
    'NAME_TAKEN',
    5,
    'names.many',
  ],
  ['a field called id', { [baeume]: datasetFile('', '  id: { column: ID, type: int }') }, 'NAME_RESERVED', 9, 'fields.id'],
  [
    'a field that a filter could not tell from "not"',
    { [baeume]: datasetFile('', '  not: { column: NOT, type: int }') },
    'NAME_RESERVED',
    9,
    'fields.not',
  ],
  ['a field with a blank', { [baeume]: datasetFile('', '  Größe in m: { column: X, type: int }') }, 'FIELD_NAME', 9, 'fields.Größe in m'],
  [
    'two fields with one name in the interface',
    { [baeume]: datasetFile('', '  größe: { column: A, type: int }\n  groesse: { column: B, type: int }') },
    'NAME_TAKEN',
    10,
    'fields.groesse',
  ],
  [
    'two fields that only capitals tell apart',
    { [baeume]: datasetFile('', '  baumNr: { column: A, type: int }\n  baumnr: { column: B, type: int }') },
    'NAME_TAKEN',
    10,
    'fields.baumnr',
  ],
  [
    'a relation that is called like a field',
    { [baeume]: datasetFile('relations:\n  art: { to: baeume, match: { BAUM_ID: BAUM_ID } }') },
    'NAME_TAKEN',
    11,
    'relations.art',
  ],
  ['a filter on what nobody reads', field('{ column: X, type: int, use: [filter] }'), 'USE_WITHOUT_READ', 10, 'fields.x.use[0]'],
  ['a use twice', field('{ column: X, type: int, use: [read, filter, filter] }'), 'DUPLICATE_ENTRY', 10, 'fields.x.use[2]'],
  ['sorting by a point', field('{ column: X, type: point, use: [read, sort] }'), 'USE_GEOMETRY', 10, 'fields.x.use[1]'],
  ['grouping by an area', field('{ column: X, type: polygon, use: [read, group] }'), 'USE_GEOMETRY', 10, 'fields.x.use[1]'],
  ['aggregating lines', field('{ column: X, type: line, use: [read, aggregate] }'), 'USE_GEOMETRY', 10, 'fields.x.use[1]'],
  ['sorting by a code', field('{ column: X, type: code, codes: { 1: a }, use: [read, sort] }'), 'USE_CODE', 10, 'fields.x.use[1]'],
  ['aggregating a code', field('{ column: X, type: code, codes: { 1: a }, use: [read, aggregate] }'), 'USE_CODE', 10, 'fields.x.use[1]'],
  ['aggregating a text', field('{ column: X, type: text, use: [read, aggregate] }'), 'USE_AGGREGATE_TYPE', 10, 'fields.x.use[1]'],
  ...(['filter', 'sort', 'group', 'aggregate'] as const).map(
    (use): Case => [
      `${use} on a coarsened field`,
      field(`{ column: X, type: date, coarsen: { to: month }, use: [read, ${use}] }`),
      'USE_COARSENED',
      10,
      'fields.x.use[1]',
    ],
  ),
  ['a code without labels', field('{ column: X, type: code }'), 'CODES_MISSING', 10, 'fields.x'],
  ['labels without a code', field('{ column: X, type: int, codes: { 1: a } }'), 'CODES_ELSEWHERE', 10, 'fields.x.codes'],
  ['a unit of a text', field('{ column: X, type: text, unit: m }'), 'UNIT_ELSEWHERE', 10, 'fields.x.unit'],
  ['a scale of a date', field('{ column: X, type: date, scale: 10 }'), 'UNIT_ELSEWHERE', 10, 'fields.x.scale'],
  ['a scale that breaks a whole number', field('{ column: X, type: int, scale: 0.1 }'), 'SCALE_WHOLE', 10, 'fields.x.scale'],
  ['a time zone of a date', field('{ column: X, type: date, zone: UTC }'), 'ZONE_ELSEWHERE', 10, 'fields.x.zone'],
  ['coordinates of a text', field('{ column: X, type: text, crs: "EPSG:4326" }'), 'CRS_ELSEWHERE', 10, 'fields.x.crs'],
  ['a spelling that says nothing', field('{ column: X, type: int, written: {} }'), 'WRITTEN_EMPTY', 10, 'fields.x.written'],
  [
    'a decimal comma of a text',
    field('{ column: X, type: text, written: { decimal: "," } }'),
    'WRITTEN_TYPE',
    10,
    'fields.x.written.decimal',
  ],
  ['a spelling of a point', field('{ column: X, type: point, written: { missing: "-" } }'), 'WRITTEN_TYPE', 10, 'fields.x.written.missing'],
  ['a yes without a no', field('{ column: X, type: boolean, written: { true: ja } }'), 'WRITTEN_TRUTH', 10, 'fields.x.written'],
  [
    'a word for yes and for no',
    field('{ column: X, type: boolean, written: { true: [ja, "j "], false: [nein, j] } }'),
    'WRITTEN_TWICE',
    10,
    'fields.x.written',
  ],
  [
    'one sign for fractions and groups',
    field('{ column: X, type: decimal, written: { decimal: ",", group: "," } }'),
    'WRITTEN_GROUP',
    10,
    'fields.x.written.group',
  ],
  [
    'a time in two ways',
    field('{ column: X, type: date, written: { format: dd.MM.yyyy, epoch: s } }'),
    'WRITTEN_TIME',
    10,
    'fields.x.written.epoch',
  ],
  [
    'a minute for the month',
    field('{ column: X, type: date, written: { format: dd.mm.yyyy } }'),
    'WRITTEN_FORMAT_TYPE',
    10,
    'fields.x.written.format',
  ],
  [
    'a clock without a zone',
    field('{ column: X, type: datetime, written: { format: "dd.MM.yyyy HH:mm" } }'),
    'WRITTEN_ZONE',
    10,
    'fields.x.written.format',
  ],
  ...(['filter', 'sort', 'group', 'aggregate'] as const).map(
    (use): Case => [
      `${use} by a number within a text`,
      field(`{ column: X, type: decimal, written: { around: "{} m", decimal: "," }, use: [read, ${use}] }`),
      'USE_WRITTEN',
      10,
      'fields.x.use[1]',
    ],
  ),
  [
    'a relation to a number within a text',
    related('{ to: strassen, match: { HOEHE: nr } }', '', strassen('', '  nr: { column: N, type: int, written: { around: "Nr. {}" } }')),
    'RELATION_WRITTEN',
    12,
    'relations.strasse.match.HOEHE',
  ],
  ['a date to the hour', field('{ column: X, type: date, coarsen: { to: hour } }'), 'COARSEN_TYPE', 10, 'fields.x.coarsen'],
  ['a number to metres', field('{ column: X, type: int, coarsen: { to: 100 m } }'), 'COARSEN_TYPE', 10, 'fields.x.coarsen'],
  ['an area to metres', field('{ column: X, type: polygon, coarsen: { to: 1 km } }'), 'COARSEN_TYPE', 10, 'fields.x.coarsen'],
  ['a text to a month', field('{ column: X, type: text, coarsen: { to: month } }'), 'COARSEN_TYPE', 10, 'fields.x.coarsen'],
  [
    'a coarsened field beside the exact one',
    { [baeume]: datasetFile('', '  tag: { column: X, type: date }\n  monat: { column: x, type: date, coarsen: { to: month } }') },
    'COARSEN_DEFEATED',
    10,
    'fields.monat.coarsen',
  ],
  [
    'two grids over one number',
    {
      [baeume]: datasetFile(
        '',
        '  zehner: { column: X, type: int, coarsen: { to: 10 } }\n  siebener: { column: x, type: int, coarsen: { to: 7 } }',
      ),
    },
    'COARSEN_TWICE',
    10,
    'fields.siebener.coarsen',
  ],
  [
    'a week beside a month',
    {
      [baeume]: datasetFile(
        '',
        '  woche: { column: X, type: date, coarsen: { to: week } }\n  monat: { column: X, type: date, coarsen: { to: month } }',
      ),
    },
    'COARSEN_TWICE',
    10,
    'fields.monat.coarsen',
  ],
  [
    'a key that is coarsened',
    {
      [baeume]: datasetFile(
        '',
        '  art: { column: ART, type: text }\n  monat: { column: geburt, type: date, coarsen: { to: month } }',
      ).replace('[BAUM_ID]', '[ART, { column: GEBURT, type: date }]'),
    },
    'COARSEN_KEY',
    7,
    'key[1]',
  ],
  ['a key that is a point', replaced('[BAUM_ID]', '[{ column: GEOM, type: point }]'), 'KEY_TYPE', 7, 'key[0]'],
  ['a key that is inexact', dataset('joinable: [{ column: X, type: float }]'), 'KEY_TYPE', 10, 'joinable[0]'],
  ['a key twice', replaced('[BAUM_ID]', '[BAUM_ID, BAUM_ID]'), 'DUPLICATE_ENTRY', 7, 'key[1]'],
  ['a column with two types', replaced('[BAUM_ID]', '[{ column: ART, type: int }]'), 'COLUMN_TYPES', 7, 'key[0]'],
  ['a zone for a key without time', replaced('[BAUM_ID]', '[{ column: A, type: int, zone: UTC }]'), 'ZONE_ELSEWHERE', 7, 'key[0]'],
  ['a row rule without a condition', dataset('rows: { STATUS: {} }'), 'ROWS_FORM', 10, 'rows.STATUS'],
  ['a row rule with a list', dataset('rows: { STATUS: [a, b] }'), 'WRONG_TYPE', 10, 'rows.STATUS'],
  ['a row rule with an unknown operator', dataset('rows: { STATUS: { like: a } }'), 'UNKNOWN_KEY', 10, 'rows.STATUS.like'],
  ['a row rule that compares with nothing', dataset('rows: { STATUS: }'), 'ROWS_NULL', 10, 'rows.STATUS'],
  ['a row rule that lists nothing', dataset('rows: { STATUS: { in: [a, ~] } }'), 'ROWS_NULL', 10, 'rows.STATUS.in[1]'],
  [
    'a row rule with a value of another type',
    dataset('rows: { ART: { eq: 1 }, ALTER: { eq: viel, type: int } }'),
    'ROWS_VALUE',
    10,
    'rows.ALTER.eq',
  ],
  ['a row rule with no date', dataset('rows: { AB: { gte: gestern, type: date } }'), 'ROWS_VALUE', 10, 'rows.AB.gte'],
  ['a row rule on a point', dataset('rows: { GEOM: { eq: x, type: point } }'), 'ROWS_VALUE', 10, 'rows.GEOM.eq'],
  ['a row rule the source cannot keep', drawer('rows: { STATUS: aktiv }'), 'ROWS_UNSUPPORTED', 10, 'rows.STATUS'],
  [
    'a use the source cannot do',
    drawer('', '  art: { column: ART, type: text, use: [read, filter] }'),
    'USE_UNSUPPORTED',
    9,
    'fields.art.use[1]',
  ],
  [
    'an order the source cannot keep',
    drawer('', '  nr: { column: NR, type: int, use: [read, filter, sort] }'),
    'USE_UNSUPPORTED',
    9,
    'fields.nr.use[2]',
  ],
  [
    'a sum the source cannot make',
    drawer('', '  nr: { column: NR, type: int, use: [read, aggregate] }'),
    'USE_UNSUPPORTED',
    9,
    'fields.nr.use[1]',
  ],
  [
    'a group the source cannot make',
    drawer('', '  nr: { column: NR, type: int, use: [read, group] }'),
    'USE_UNSUPPORTED',
    9,
    'fields.nr.use[1]',
  ],
  ['a relation to nowhere', related('{ to: gassen, match: { NR: nr } }'), 'RELATION_TARGET', 12, 'relations.strasse.to'],
  ['a relation onto nothing', related('{ to: strassen, match: { NR: nummer } }'), 'RELATION_RIGHT', 12, 'relations.strasse.match.NR'],
  [
    'a relation onto a column that is not joinable',
    related('{ to: strassen, match: { NR: NR } }'),
    'RELATION_RIGHT',
    12,
    'relations.strasse.match.NR',
  ],
  ['a relation from a field', related('{ to: strassen, match: { hoehe: nr } }'), 'RELATION_LEFT', 12, 'relations.strasse.match.hoehe'],
  [
    'a relation between unequal types',
    related('{ to: strassen, match: { ART: nr } }'),
    'RELATION_TYPES',
    12,
    'relations.strasse.match.ART',
  ],
  [
    'a relation that makes text for a number',
    related('{ to: strassen, match: { ART: nr }, normalise: { trim: true } }'),
    'RELATION_NORMALISE',
    12,
    'relations.strasse.match.ART',
  ],
  ['a relation without a pair', related('{ to: strassen, match: {} }'), 'EMPTY_LIST', 12, 'relations.strasse.match'],
  [
    'a relation by a coarsened field',
    related('{ to: strassen, match: { TAG: tag } }', '', strassen('', '  tag: { column: TAG, type: date, coarsen: { to: month } }')),
    'RELATION_COARSENED',
    12,
    'relations.strasse.match.TAG',
  ],
  [
    'a relation by a point',
    related('{ to: strassen, match: { GEOM: lage } }', '', strassen('', '  lage: { column: LAGE, type: point }')),
    'KEY_TYPE',
    12,
    'relations.strasse.match.GEOM',
  ],
  ['a dataset without fields', { [baeume]: datasetFile('', '').replace('fields:\n', 'fields: {}\n') }, 'NO_FIELDS', 8, 'fields'],
  [
    'a key name twice',
    {
      'keys.yml':
        `keys:\n  - &a { name: a, audience: internal, hash: "sha256:${'0'.repeat(64)}" }\n`.replace('&a ', '') +
        `  - { name: a, audience: internal, hash: "sha256:${'1'.repeat(64)}" }\n`,
    },
    'DUPLICATE_ENTRY',
    3,
    'keys[1].name',
  ],
]

test.each([...form, ...meaning])('%s is told with its place and a remedy', async (_what, files, code, line, path) => {
  const mistakes = await mistakesOf({ ...city, ...files })
  expect(mistakes.map(one => [one.code, one.line, one.path])).toEqual([[code, line, path]])
  const [{ message, remedy } = { message: { de: '', en: '' }, remedy: { de: '', en: '' } }] = mistakes
  for (const text of [message.de, message.en, remedy.de, remedy.en]) expect(text).toMatch(/^.{8,}[.?!:…}]/s)
  expect(message.de).not.toBe(message.en)
  for (const text of [message.de, message.en, remedy.de, remedy.en])
    expect(text).not.toMatch(/<[a-zA-Z]+>|Muster|pattern|Invalid input|received|undefined|NaN/)
})

test('a relation to a dataset that cannot look rows up is told', async () => {
  const files = { ...drawer(), 'sources/db.yml': sourceFile.replace('id: gruen', 'id: db') }
  const other = strassen('relations:\n  baeume: { to: baeume, match: { NAME: art }, many: true }').replace('use: gruen', 'use: db')
  const mistakes = await mistakesOf({ ...city, ...files, 'datasets/tiefbau/strassen.yml': other })
  expect(mistakes.map(one => [one.code, one.path])).toEqual([['RELATION_UNSUPPORTED', 'relations.baeume.match.NAME']])
})

test('what was most likely meant is proposed', async () => {
  const hint = async (files: Files) => (await mistakesOf({ ...city, ...files }))[0]?.remedy.de
  expect(await hint(replaced('licence:', 'lisence:'))).toBe('Gemeint ist wohl „licence“.')
  expect(await hint(replaced('dl-de/by-2-0', 'dl-de-by-2-0'))).toBe('Gemeint ist wohl „dl-de/by-2-0“.')
  expect(await hint(field('{ column: X, type: integer }'))).toBe('Gemeint ist wohl „int“.')
  expect(await hint(field('{ column: X, type: datetime, zone: Europe/Berln }'))).toContain('Gemeint ist wohl Europe/Berlin.')
  expect(await hint(replaced('use: gruen', 'use: gruenn'))).toBe('Gemeint ist wohl „gruen“.')
  expect(await hint({ [baeume]: datasetFile('', '  Größe in m: { column: X, type: int }') })).toContain('groesseInM')
})

test('names that collide are both told', async () => {
  const files = { ...city, [baeume]: datasetFile('', '  größe: { column: A, type: int }\n  groesse: { column: B, type: int }') }
  const [one] = await mistakesOf(files)
  expect(one?.message.de).toMatch(/groesse.*größe/)
  const wald = { 'datasets/umwelt/wald.yml': strassen().replace('many: strassen', 'many: bäume') }
  const [other] = await mistakesOf({ ...city, ...wald })
  expect(other?.message.de).toMatch(/bäume.*baeume/)
})

test('every mistake of every file is told at once, in the order of files and lines', async () => {
  const mistakes = await mistakesOf({
    'gateway.yml': 'city: { name: konstanz }\nlanguage: fr\n',
    'sources/gruen.yml': sourceFile.replace('oracle', 'orakel'),
    'datasets/umwelt/baeume.yml': datasetFile('freshFor: 60', '  x: { column: X, type: zahl }\n  y: { column: Y }'),
    'datasets/umwelt/kaputt.yml': 'id: [\n',
    'datasets/umwelt/wald.yml': strassen().replace('use: gruen', 'use: wald'),
  })
  expect(mistakes.map(one => `${one.file}:${one.line} ${one.code}`)).toEqual([
    'datasets/umwelt/baeume.yml:9 UNKNOWN_VALUE',
    'datasets/umwelt/baeume.yml:10 MISSING',
    'datasets/umwelt/baeume.yml:11 DURATION',
    'datasets/umwelt/kaputt.yml:2 YAML_SYNTAX',
    'datasets/umwelt/wald.yml:6 SOURCE_UNKNOWN',
    'gateway.yml:1 MISSING',
    'gateway.yml:1 MISSING',
    'gateway.yml:2 UNKNOWN_VALUE',
    'sources/gruen.yml:2 UNKNOWN_VALUE',
  ])
})

test('what is right in a file is judged although something in it is wrong', async () => {
  const fields =
    '  x: { column: X, type: zahl }\n  y: { column: Y, type: point, use: [read, sort] }\n  id: { column: Z, type: int, audience: intern }'
  const mistakes = await mistakesOf({
    ...city,
    [baeume]: datasetFile('freshFor: bald\nrelations:\n  r: { to: 7 }', fields).replace('one: baum', 'one: node'),
  })
  expect(mistakes.map(one => `${one.line} ${one.code} ${one.path}`)).toEqual([
    '5 NAME_RESERVED names.one',
    '9 UNKNOWN_VALUE fields.x.type',
    '10 USE_GEOMETRY fields.y.use[1]',
    '11 AUDIENCE_UNKNOWN fields.id.audience',
    '11 NAME_RESERVED fields.id',
    '12 DURATION freshFor',
    '14 WRONG_TYPE relations.r.to',
    '14 MISSING relations.r.match',
  ])
})

test('a dataset is not blamed for the mistakes of the files it refers to', async () => {
  const coarsened = '  tag: { column: X, type: date, audience: internal }\n  monat: { column: X, type: date, coarsen: { to: month } }'
  const city2 = { ...city, 'gateway.yml': `${gatewayFile}x: 1\n`, [baeume]: datasetFile('', coarsened) }
  expect((await mistakesOf(city2)).map(({ file, code }) => [file, code])).toEqual([['gateway.yml', 'UNKNOWN_KEY']])
  const broken = {
    ...city,
    'sources/gruen.yml': `${sourceFile}x: 1\n`,
    'gateway.yml': `${gatewayFile}x: 1\n`,
    ...dataset('audience: partner'),
  }
  expect((await mistakesOf(broken)).map(({ file, code }) => [file, code])).toEqual([
    ['gateway.yml', 'UNKNOWN_KEY'],
    ['sources/gruen.yml', 'UNKNOWN_KEY'],
  ])
  const target = { ...city, ...related('{ to: strassen, match: { NR: nr } }', '', strassen('x: 1')) }
  expect((await mistakesOf(target)).map(({ file, code }) => [file, code])).toEqual([['datasets/tiefbau/strassen.yml', 'UNKNOWN_KEY']])
})

test('mistakes are written for people, in either language', async () => {
  const mistakes = await mistakesOf({ ...city, [baeume]: datasetFile().replace('licence:', 'lisence:').replace('[BAUM_ID]', '[]') })
  expect(writeMistakes(mistakes, 'de')).toBe(
    '✗ datasets/umwelt/baeume.yml:4  lisence  UNKNOWN_KEY\n  Den Schlüssel „lisence“ gibt es hier nicht.\n  → Gemeint ist wohl „licence“.\n\n' +
      '✗ datasets/umwelt/baeume.yml:7  key  EMPTY_LIST\n  Die Liste ist leer.\n  → Mindestens einen Eintrag angeben.\n\n' +
      '2 Fehler in der Konfiguration.\n',
  )
  expect(writeMistakes(mistakes.slice(0, 1), 'en')).toContain(
    'There is no key "lisence" here.\n  → Probably "licence" is meant.\n\n1 mistake in the configuration.\n',
  )
  expect(writeMistakes(mistakes, 'de', true)).toContain('\u001b[')
  expect(writeMistakes([], 'de')).toBe('')
})

test('every mistake has words with the same gaps in both languages', () => {
  const gaps = (text: string) => [...new Set([...text.matchAll(/<([a-zA-Z]+)>/g)].map(match => match[1]))].sort()
  for (const { message, remedy } of Object.values(mistakeWords)) {
    expect(gaps(message.de)).toEqual(gaps(message.en))
    expect(gaps(remedy.de)).toEqual(gaps(remedy.en))
  }
})
