/** Do paths lead to the values that a person would point at, and to nothing else? */

import type { FieldType } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'
import { type Service, serve } from './service.ts'

let service: Service
let body: string
beforeAll(async () => {
  service = await serve(() => body)
})
afterAll(() => service.stop())

async function read(said: string, place: object, columns: readonly (readonly [string, FieldType])[]) {
  body = said
  return service.read(
    { path: 'liste', ...place },
    columns.map(([column, type], at) => open(`f${at}`, type, { column })),
  )
}

describe('in JSON', () => {
  const stations = `{"stand":"2026-11-01","netze":{"kn":{"stationen":[{"nr":9007199254740993,"ort":{"name":"Egg"},"werte":[1.10,2]}]},
    "rz":{"stationen":[{"nr":2,"ort":{"name":null},"werte":[]},{"nr":3}]}}}`

  test('they go down by names and places in lists, and up to what stands around a row', async () => {
    const { rows, problems } = await read(stations, { rows: 'netze/*/stationen' }, [
      ['nr', 'bigint'],
      ['ort/name', 'text'],
      ['werte/0', 'decimal'],
      ['../../../stand', 'date'],
    ])
    expect(rows).toEqual([
      ['9007199254740993', 'Egg', '1.1', '2026-11-01'],
      ['2', null, null, '2026-11-01'],
      ['3', null, null, '2026-11-01'],
    ])
    expect(problems).toBeUndefined()
  })

  test('they name the members that "*" found', async () => {
    const { rows } = await read('{"P1":{"frei":3},"P2":{"frei":0}}', { rows: '*' }, [
      ['@key', 'text'],
      ['frei', 'int'],
    ])
    expect(rows).toEqual([
      ['P1', 3],
      ['P2', 0],
    ])
  })

  test('rows may be plain values, lists, and names with a slash', async () => {
    expect((await read('["a","b"]', {}, [['.', 'text']])).rows).toEqual([['a'], ['b']])
    expect((await read('[[1,9007199254740993]]', {}, [['1', 'bigint']])).rows).toEqual([['9007199254740993']])
    expect(
      (
        await read('[{"Straße/Nr":"Ödweg 1","a~b":2}]', {}, [
          ['Straße~1Nr', 'text'],
          ['a~0b', 'int'],
        ])
      ).rows,
    ).toEqual([['Ödweg 1', 2]])
  })

  test('an object or a list is never passed on whole', async () => {
    const { rows, problems } = await read('[{"a":{"geheim":1},"b":[1,2],"c":[{"d":1},{"d":2}]}]', {}, [
      ['a', 'text'],
      ['b', 'text'],
      ['c/*/d', 'text'],
    ])
    expect(rows).toEqual([[null, null, null]])
    expect(problems).toEqual({ 'unreadable cell': 3 })
  })

  test('shapes are objects, texts, or two columns', async () => {
    const point = '{"type":"Point","coordinates":[9.100000000000000001,47.5]}'
    const said = `[{"a":${point},"b":${JSON.stringify(point)},"c":"POINT (9.1 47.5)","lon":"9.1","lat":47.50}]`
    const there = { type: 'Point', coordinates: [9.1, 47.5] }
    const { rows } = await read(said, { point: { x: 'lon', y: 'lat' } }, [
      ['a', 'point'],
      ['b', 'geometry'],
      ['c', 'point'],
      ['geometry', 'point'],
    ])
    expect(rows).toEqual([[there, there, there, there]])
  })

  test('half a point, and a shape of another kind, are unreadable', async () => {
    const { rows, problems } = await read(
      '[{"lon":9,"lat":null,"a":"LINESTRING (1 1, 2 2)"},{"lon":null,"lat":"","a":""}]',
      { point: { x: 'lon', y: 'lat' } },
      [
        ['geometry', 'point'],
        ['a', 'point'],
      ],
    )
    expect(rows).toEqual([
      [null, null],
      [null, null],
    ])
    expect(problems).toEqual({ 'unreadable cell': 2 })
  })

  test('a path that leads nowhere is another answer, an empty list is an empty list', async () => {
    await expect(read('{"fehler":"ja"}', { rows: 'result/records' }, [['a', 'int']])).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
      detail: expect.stringContaining('fehler'),
    })
    await expect(read('{"result":{"a":[]}}', { rows: 'result/*/records' }, [['a', 'int']])).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
    })
    expect((await read('{"result":{"records":[]}}', { rows: 'result/records' }, [['a', 'int']])).rows).toEqual([])
    expect((await read('{"result":{"records":null}}', { rows: 'result/records' }, [['a', 'int']])).rows).toEqual([])
  })

  test('a column that is in no row is gone, unless it may be', async () => {
    const said = '[{"a":1},{"a":2,"b":{"c":3}}]'
    await expect(read(said, {}, [['d', 'int']])).rejects.toMatchObject({
      code: 'SOURCE_CHANGED',
      detail: expect.stringContaining('a, b/c'),
    })
    expect(
      (
        await read(said, { optional: ['d'] }, [
          ['b/c', 'int'],
          ['d', 'int'],
        ])
      ).rows,
    ).toEqual([
      [null, null],
      [3, null],
    ])
  })

  test.each([
    ['a document', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a value', `[{"a":${'{"b":'.repeat(5_000)}1.10${'}'.repeat(5_000)}}]`],
  ])('%s nested beyond reason is refused', async (_what, said) => {
    await expect(read(said, {}, [['a', 'point']])).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })

  test('names of the language are names like others', async () => {
    await expect(read('[{"a":1}]', {}, [['constructor/name', 'text']])).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
    await expect(read('[{"a":1}]', {}, [['__proto__', 'text']])).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
    expect(
      (
        await read('[{"__proto__":"x","toString":"y"}]', {}, [
          ['__proto__', 'text'],
          ['toString', 'text'],
        ])
      ).rows,
    ).toEqual([['x', 'y']])
  })
})

describe('in XML', () => {
  const xml = `<?xml version="1.0"?><n:liste xmlns:n="urn:a" xmlns:o="urn:b" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" stand="2026-11-01">
    <n:ort id="1"><n:name xml:lang="de">Egg &amp; Umgebung</n:name><n:name xml:lang="en">Egg</n:name><o:name>anders</o:name><n:zahl>007</n:zahl><n:leer xsi:nil="true"/></n:ort>
    <n:ort id="2"><n:teil><n:zahl>1</n:zahl></n:teil><n:text/></n:ort></n:liste>`

  test('they go to elements, attributes and one of several, in any namespace or the declared one', async () => {
    const other = await serve(() => xml, { namespaces: { b: 'urn:b' } })
    try {
      const column = (column: string, type: FieldType = 'text') => open(column, type, { column })
      const { rows, problems } = await other.read({ path: 'x', format: 'xml', rows: 'liste/ort' }, [
        column('@id', 'int'),
        column('name/1'),
        column('b:name'),
        column('name/0/@xml:lang'),
        column('zahl', 'int'),
        column('leer'),
        column('text'),
        column('../@stand', 'date'),
      ])
      expect(rows).toEqual([
        [1, 'Egg', 'anders', 'de', 7, null, null, '2026-11-01'],
        [2, null, null, null, null, null, '', '2026-11-01'],
      ])
      expect(problems).toBeUndefined()
      await expect(other.read({ path: 'x', format: 'xml', rows: 'liste/ort' }, [column('c:name')])).rejects.toMatchObject({
        code: 'SOURCE_CHANGED',
      })
    } finally {
      await other.stop()
    }
  })

  test('an element with others in it, and several of one name, are no value', async () => {
    const { rows, problems } = await read(xml, { format: 'xml', rows: 'liste/ort' }, [
      ['name', 'text'],
      ['teil', 'text'],
    ])
    expect(rows).toEqual([
      [null, null],
      [null, null],
    ])
    expect(problems).toEqual({ 'unreadable cell': 2 })
  })

  test('a list without entries is empty, another root is another answer', async () => {
    expect((await read('<liste/>', { format: 'xml', rows: 'liste/ort' }, [['a', 'int']])).rows).toEqual([])
    await expect(read('<fehler/>', { format: 'xml', rows: 'liste/ort' }, [['a', 'int']])).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
    })
    await expect(read('<liste/>', { format: 'xml', rows: 'liste/teil/ort' }, [['a', 'int']])).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
    })
  })

  test.each([
    ['entities of its own', '<!DOCTYPE l [<!ENTITY a "aaaa">]><l><o>&a;</o></l>'],
    ['a document type', '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x"><l><o>1</o></l>'],
    ['elements beyond reason', `${'<l>'.repeat(200)}${'</l>'.repeat(200)}`],
  ])('%s are refused', async (_what, said) => {
    await expect(read(said, { format: 'xml', rows: 'l/o' }, [['.', 'text']])).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })
})

test('a CSV is read in its letters', async () => {
  const latin = await serve(() => Buffer.from('Straße;Länge\nÖdweg;1,5\n', 'latin1'))
  try {
    const place = { path: 'x.csv', format: 'csv', encoding: 'windows-1252', decimal: ',' }
    const { rows } = await latin.read(place, [open('Straße', 'text'), open('Länge', 'decimal')])
    expect(rows).toEqual([['Ödweg', '1.5']])
    await expect(latin.read({ ...place, encoding: undefined }, [open('Straße', 'text')])).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
    })
  } finally {
    await latin.stop()
  }
})
