/** Which names can callers see? */

import fc from 'fast-check'
import { parse } from 'graphql'
import { fieldNameFrom, fold, isFieldName, isReservedType, reservedRoots, transliterate } from '../../src/config/names.ts'
import { writeSchema } from '../../src/schema/index.ts'
import { city, datasetFile, gatewayOf } from './support.ts'

test.each([
  ['Größe', 'Groesse'],
  ['Straße', 'Strasse'],
  ['ÄÖÜäöü', 'AeOeUeaeoeue'],
  ['STRAẞE', 'STRASSE'],
  ['Cafétéria', 'Cafeteria'],
  ['Łódź', 'Łodz'],
  // The same letter, written as a letter and its dots.
  ['Gro\u0308\u00dfe', 'Groesse'],
])('%s becomes %s', (text, expected) => expect(transliterate(text)).toBe(expected))

test.each([
  ['BAUM_NR', 'baumNr'],
  ['Höhe über NN', 'hoeheUeberNn'],
  ['pflanzjahr', 'pflanzjahr'],
  ['geprueftAm', 'geprueftAm'],
  ['2020', 'f2020'],
  ['NO₂-Wert', 'noWert'],
  ['!!!', ''],
])('for %s the name %s is proposed', (text, expected) => expect(fieldNameFrom(text)).toBe(expected))

test('whatever is proposed is a possible name', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      text => fieldNameFrom(text) === '' || isFieldName(fieldNameFrom(text).slice(0, 64)),
    ),
  )
})

test('names that any spelling of enum values would make one are told apart by nothing', () => {
  expect(fold('pflanzJahr')).toBe(fold('pflanzjahr'))
  expect(fold('pm10Wert')).toBe(fold('pm10wert'))
  expect(fold('pm10')).not.toBe(fold('pm25'))
})

test('every type the gateway makes for a dataset is kept from being a dataset', () => {
  for (const made of [
    'BaumConnection',
    'BaumEdge',
    'BaumFilter',
    'BaumOrder',
    'BaumGroupField',
    'BaumAggregate',
    'BaumGroup',
    'BaumGroupKeys',
    'PageInfo',
    'Query',
  ])
    expect(isReservedType(made)).toBe(true)
  for (const free of ['Baum', 'Baumgruppe', 'Zaehlstelle', 'Wasserfilter']) expect(isReservedType(free)).toBe(false)
})

test('umlauts in names and keys become ASCII, titles keep them', async () => {
  const file = datasetFile('', '  größe: { column: G, type: int }')
    .replace('many: baeume', 'many: bäume')
    .replace('type: Baum', 'type: Bäumchen')
  const gateway = await gatewayOf({ ...city, 'datasets/umwelt/baeume.yml': file }, { unapproved: true })
  const dataset = gateway.models.get('public')?.datasets.get('baeume')
  expect(dataset?.names).toEqual({ type: 'Baeumchen', one: 'baum', many: 'baeume' })
  expect(dataset?.fields[0]).toMatchObject({ name: 'groesse', title: { de: 'größe', en: 'größe' } })
})

test('no name the schema really makes is left to a dataset', async () => {
  const types = ['text', 'int', 'bigint', 'decimal', 'float', 'boolean', 'date', 'time', 'datetime', 'point', 'polygon']
  const uses = (type: string) =>
    /point|polygon/.test(type)
      ? 'read, filter'
      : /int|decimal|float|date/.test(type)
        ? 'read, filter, sort, group, aggregate'
        : 'read, filter, sort, group'
  const fields = types.map(type => `  x${type}: { column: C_${type}, type: ${type}, use: [${uses(type)}] }`)
  const code = '  xcode: { column: C, type: code, codes: { 1: a }, use: [read, filter, group] }'
  const gateway = await gatewayOf(
    { ...city, 'datasets/umwelt/baeume.yml': datasetFile('', [...fields, code].join('\n')) },
    { unapproved: true },
  )
  const model = gateway.models.get('public')
  if (!model) throw new Error('no model')
  const { definitions } = parse(writeSchema(model, gateway.limits))
  const made = definitions.flatMap(definition => ('name' in definition && definition.name ? [definition.name.value] : []))
  expect(made.length).toBeGreaterThan(30)
  expect(made.filter(name => name !== 'Baum' && !isReservedType(name) && !name.startsWith('specified'))).toEqual([])
  const query = definitions.find(definition => definition.kind === 'ObjectTypeDefinition' && definition.name.value === 'Query')
  const roots = query && 'fields' in query ? (query.fields ?? []).map(field => field.name.value) : []
  expect(roots.filter(root => !['baum', 'baeume', 'baeumeAggregate'].includes(root) && !reservedRoots.includes(root))).toEqual([])
})
