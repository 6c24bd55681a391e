/** What do databases hold that a careless driver or statement would get wrong? */

import type { Cell, Column, Condition, Row } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { failure, patient } from '../../support/waiting.ts'
import { type Kind, keysOf, kinds, type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith, isMysql, noPostgres, sridIs } from './servers.ts'
import { toGeoPackage, toWkb } from './wkb.ts'

const id = engine('id', 'int')
const things = tableAs('dinge')
const text = (column: string): Column => open(column, 'text')

function labs(only: readonly Kind[], body: (lab: () => Lab, kind: Kind) => void): void {
  describe.each(kinds.filter(([kind]) => only.includes(kind)))('%s', (kind, missing) => {
    describeWith(missing, 'odd values', () => {
      let lab: Lab
      beforeAll(async () => {
        lab = await openLab(kind)
      })
      afterAll(() => lab.tidyUp())
      body(() => lab, kind)
    })
  })
}

/** Rows of `dinge`, by key. */
async function read(lab: Lab, columns: readonly Column[], where?: Condition): Promise<readonly Row[]> {
  const { connector } = lab.open()
  const { rows } = await connector.read(rowsOf(things, columns, where ? { where } : {}), patient())
  await connector.close()
  return rows
}

async function idsWhere(lab: Lab, where: Condition): Promise<Cell[]> {
  return (await read(lab, [id], where)).map(([cell]) => cell!)
}

labs(['postgres', 'mariadb', 'sqlite'], (lab, kind) => {
  beforeAll(() =>
    lab().run(
      {
        postgres: 'create table dinge (id int primary key, name varchar(20), nr int, strasse char(5), menge numeric(10, 3))',
        mariadb: 'create table dinge (id int primary key, name varchar(20), nr int, strasse char(5), menge decimal(10, 3))',
        sqlite: 'create table dinge (id integer primary key, name varchar(20) collate nocase, nr int, strasse char(5), menge numeric)',
      }[kind],
      "insert into dinge values (1, '0', 7, 'AB', 1.5), (2, 'Müller', 8, 'ab', 2), (3, 'Muller', 9, null, null), (4, 'müller', 10, '007', 3.25), (5, null, null, 'x y', 0)",
    ),
  )

  test('texts are equal character by character, whatever the column forgives', async () => {
    const name = text('name')
    expect(await idsWhere(lab(), { op: 'eq', column: name, value: 'Müller' })).toEqual([2])
    expect(await idsWhere(lab(), { op: 'eq', column: name, value: 'Müller ' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'in', column: name, values: ['Muller', 'MÜLLER'] })).toEqual([3])
    expect(await idsWhere(lab(), { op: 'notIn', column: name, values: ['Muller', 'MÜLLER'] })).toEqual([1, 2, 4])
    expect(await idsWhere(lab(), { op: 'ne', column: name, value: 'müller' })).toEqual([1, 2, 3])
    expect(await idsWhere(lab(), { op: 'contains', column: name, value: 'ÜLL' })).toEqual([2, 4])
  })

  test('a batch of keys tells texts apart, and gives each its own rows', async () => {
    const { connector } = lab().open()
    const name = text('name')
    const asked = keysOf(things, name, ['Müller', 'müller', 'MULLER', 'Muller'], { columns: [name, id], perKey: 1 })
    const { rows } = await connector.read(asked, patient())
    expect([...rows].sort()).toEqual([
      ['Muller', 3],
      ['Müller', 2],
      ['müller', 4],
    ])
    await connector.close()
  })

  test('groups and distinct counts tell texts apart', async () => {
    const { connector } = lab().open()
    const name = open('name', 'text')
    const { rows } = await connector.read(
      {
        kind: 'aggregate',
        dataset: things,
        groupBy: [name],
        measures: [{ function: 'count' }, { function: 'countDistinct', column: name }],
        limit: 10,
      },
      patient(),
    )
    expect(new Set(rows.map(([cell]) => cell))).toEqual(new Set(['0', 'Müller', 'Muller', 'müller', null]))
    expect(rows.filter(([cell]) => cell !== null).every(([, count, distinct]) => count === 1 && distinct === 1)).toBe(true)
    await connector.close()
  })

  test('a text that is stored as a number is asked as one, and garbage finds nothing', async () => {
    const code = open('nr', 'code')
    expect(await read(lab(), [code], { op: 'eq', column: code, value: '7' })).toEqual([['7']])
    expect(await idsWhere(lab(), { op: 'eq', column: code, value: '07' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'eq', column: code, value: 'abc' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'ne', column: code, value: 'abc' })).toEqual([1, 2, 3, 4])
    expect(await idsWhere(lab(), { op: 'notIn', column: code, values: ['abc', '8'] })).toEqual([1, 3, 4])
  })

  test('garbage among the keys does not spoil the batch', async () => {
    const { connector } = lab().open()
    const nr = engine('nr')
    const asked = keysOf(things, nr, ['7', 'keine Zahl', '', '99999999999999999999', '9', "' or 1=1 --"])
    expect((await connector.read(asked, patient())).rows.map(([cell]) => cell).sort()).toEqual(['7', '9'])
    expect((await connector.read(keysOf(things, nr, ['keine Zahl']), patient())).rows).toEqual([])
    await connector.close()
  })

  test('a text asked for 0 is not every text', async () => {
    expect(await idsWhere(lab(), { op: 'eq', column: text('name'), value: '0' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'in', column: text('name'), values: ['0', '1'] })).toEqual([1])
  })

  test('padded texts come without their blanks, and are found without them', async () => {
    const strasse = text('strasse')
    expect(await read(lab(), [strasse])).toEqual([['AB'], ['ab'], [null], ['007'], ['x y']])
    expect(await idsWhere(lab(), { op: 'eq', column: strasse, value: '007' })).toEqual([4])
    expect(await idsWhere(lab(), { op: 'eq', column: strasse, value: 'AB' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'in', column: strasse, values: ['ab', 'x y'] })).toEqual([2, 5])
    expect(await idsWhere(lab(), { op: 'eq', column: strasse, value: '007  ' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'contains', column: strasse, value: 'Y' })).toEqual([5])
  })

  test('a number that is kept as a text is read, but not guessed at in a filter', async () => {
    const wrong = open('strasse', 'int')
    const { connector } = lab().open()
    const { rows, problems } = await connector.read(rowsOf(things, [wrong]), patient())
    expect(rows).toEqual([[null], [null], [null], [7], [null]])
    expect(problems).toEqual({ 'unreadable int': 3 })
    const error = await failure(connector.read(rowsOf(things, [id], { where: { op: 'eq', column: wrong, value: 7 } }), patient()))
    expect(error.code).toBe('SOURCE_CHANGED')
    expect(error.log).toContain('declared int but kept as text'.replace('text', kind === 'postgres' ? 'padded' : 'text'))
    await connector.close()
  })

  test.each([
    ['a null character', { op: 'eq', column: text('name'), value: 'a\0b' }],
    ['a null character in a search', { op: 'contains', column: text('name'), value: '\0' }],
    ['half a character', { op: 'eq', column: text('name'), value: '\ud800' }],
    ['a text for a number', { op: 'eq', column: engine('nr', 'int'), value: 'sieben' }],
    ['a number with a point for a whole one', { op: 'lt', column: engine('nr', 'int'), value: 1.5 }],
    ['no number', { op: 'lt', column: engine('menge', 'float'), value: Number.NaN }],
  ] as const)('%s is the caller’s mistake, not the house’s', async (_what, where) => {
    const { connector } = lab().open()
    const error = await failure(connector.read(rowsOf(things, [id], { where }), patient()))
    expect(error.code).toBe('BAD_USER_INPUT')
    expect(JSON.stringify([error.text, error.hint, error.log])).not.toMatch(/sieben|"nr"|dinge/)
    await connector.close()
  })

  if (kind !== 'mariadb') {
    test('a number of more than 64 bits is the caller’s mistake', async () => {
      const { connector } = lab().open()
      const where: Condition = { op: 'gt', column: engine('nr', 'bigint'), value: '9223372036854775808' }
      expect((await failure(connector.read(rowsOf(things, [id], { where }), patient()))).code).toBe('BAD_USER_INPUT')
      await connector.close()
    })
  }

  test('an identifier in another spelling is another column', async () => {
    await lab().run(
      {
        postgres: 'create table gross ("ID" int, "Größe (m)" int)',
        mariadb: 'create table gross (`ID` int, `Größe (m)` int)',
        sqlite: 'create table gross ("ID" int, "Größe (m)" int)',
      }[kind],
    )
    await lab().run('insert into gross values (1, 2)')
    const { connector } = lab().open()
    const dataset = tableAs('gross', engine('ID', 'int'))
    expect((await connector.read(rowsOf(dataset, [engine('Größe (m)', 'int')]), patient())).rows).toEqual([[2]])
    for (const name of ['nicht da', 'x" or "1', '`', "'", '"', '[x]', 'a\nb', '']) {
      expect((await failure(connector.read(rowsOf(dataset, [engine(name, 'int')]), patient()))).code).toBe('SOURCE_CHANGED')
    }
    await connector.close()
  })

  test('a table that is gone is a source that has changed', async () => {
    const { connector } = lab().open()
    expect((await failure(connector.read(rowsOf(tableAs('gibt_es_nicht'), [id]), patient()))).code).toBe('SOURCE_CHANGED')
    await connector.close()
  })

  test('a column that changed its type is asked rightly after one refusal at most', async () => {
    await lab().run('create table wandel (id int primary key, nr int)', 'insert into wandel values (1, 7)')
    const { connector } = lab().open()
    const dataset = tableAs('wandel')
    const question = rowsOf(dataset, [engine('nr')], { where: { op: 'eq', column: engine('nr'), value: '7' } })
    expect((await connector.read(question, patient())).rows).toEqual([['7']])
    await lab().run('drop table wandel', 'create table wandel (id int primary key, nr varchar(5))', "insert into wandel values (1, '7')")
    await connector.read(question, patient()).catch(() => {})
    expect((await connector.read(question, patient())).rows).toEqual([['7']])
    await connector.close()
  })
})

labs(['postgres'], lab => {
  beforeAll(() =>
    lab().run(
      'create extension postgis; create extension citext',
      "create type ampel as enum ('rot', 'gelb', 'gruen')",
      'create table dinge (id int primary key, farbe ampel, mail citext, nr numeric(10, 0), frei numeric, fein real, kennung uuid, wann timestamptz, tag date, amtlich "char", netz inet, form geometry, gebiet geography(Point, 4326))',
      "insert into dinge values (1, 'rot', 'A@b.de', 12, 12.50, 0.1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '2026-07-01 12:00:00.5+02', '2026-01-01', 'x', '10.0.0.1', ST_GeomFromText('POINT(513000 5278000)', 25832), 'POINT(9.17 47.66)')",
      "insert into dinge values (2, null, 'a@B.de', 13, 'NaN', 'Infinity', null, 'infinity', '0044-03-15 BC', null, null, ST_GeomFromText('CURVEPOLYGON(CIRCULARSTRING(513000 5278000, 513010 5278010, 513020 5278000, 513010 5277990, 513000 5278000))', 25832), null)",
      "insert into dinge values (3, null, null, null, null, null, null, null, null, null, null, ST_GeomFromText('POINT EMPTY', 25832), null)",
    ),
  )

  test('types that no field can declare are compared as the texts they are served as', async () => {
    expect(await idsWhere(lab(), { op: 'eq', column: text('farbe'), value: 'rot' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: text('farbe'), value: 'lila' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'eq', column: text('mail'), value: 'a@B.de' })).toEqual([2])
    expect(await idsWhere(lab(), { op: 'eq', column: text('kennung'), value: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: text('kennung'), value: 'keine Kennung' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'eq', column: text('netz'), value: '10.0.0.1/32' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: text('frei'), value: '12.50' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: text('nr'), value: '12' })).toEqual([1])
  })

  test('what no field can hold is null, and counted', async () => {
    const { connector } = lab().open()
    const columns = [
      id,
      open('frei', 'decimal'),
      open('fein', 'float'),
      open('wann', 'datetime'),
      open('tag', 'date'),
      open('form', 'geometry'),
    ]
    const { rows, problems } = await connector.read(rowsOf(things, columns), patient())
    expect(rows[0]!.slice(0, 5)).toEqual([1, '12.5', 0.1, '2026-07-01T10:00:00.5Z', '2026-01-01'])
    expect(rows[1]!.slice(0, 5)).toEqual([2, null, null, null, null])
    expect(problems).toEqual({ 'unreadable decimal': 1, 'unreadable float': 1, 'unreadable datetime': 1, 'unreadable date': 1 })
    // Arcs become lines, an empty point becomes null.
    expect(rows[1]![5]).toMatchObject({ type: 'Polygon' })
    expect(rows[2]![5]).toBeNull()
    await connector.close()
  })

  test('a float of 32 bits is found by the number that is shown', async () => {
    expect(await idsWhere(lab(), { op: 'eq', column: open('fein', 'float'), value: 0.1 })).toEqual([1])
  })

  test('an instant is an instant, also where someone declared a zone', async () => {
    const wann = open('wann', 'datetime', { zone: 'Europe/Berlin' })
    expect((await read(lab(), [wann]))[0]).toEqual(['2026-07-01T10:00:00.5Z'])
    expect(await idsWhere(lab(), { op: 'eq', column: wann, value: '2026-07-01T10:00:00.5Z' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'lt', column: wann, value: '2026-07-01T10:00:00.5000001Z' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'lt', column: wann, value: '2026-07-01T10:00:00.5Z' })).toEqual([])
  })

  test('a geography is a geometry too', async () => {
    const gebiet = open('gebiet', 'point')
    expect((await read(lab(), [gebiet]))[0]).toEqual([{ type: 'Point', coordinates: [9.17, 47.66] }])
    expect(await idsWhere(lab(), { op: 'near', column: gebiet, longitude: 9.17, latitude: 47.6601, metres: 12 })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'near', column: gebiet, longitude: 9.17, latitude: 47.6601, metres: 11 })).toEqual([])
  })

  test('shapes that cross themselves do not spoil a filter', async () => {
    await lab().run(
      'create table schief (id int primary key, form geometry)',
      "insert into schief values (1, ST_GeomFromText('POLYGON((513000 5278000, 513100 5278100, 513100 5278000, 513000 5278100, 513000 5278000))', 25832)), (2, null)",
    )
    const { connector } = lab().open()
    const form = open('form', 'polygon')
    const bowtie = {
      type: 'Polygon',
      coordinates: [
        [
          [9.17, 47.65],
          [9.18, 47.66],
          [9.18, 47.65],
          [9.17, 47.66],
          [9.17, 47.65],
        ],
      ],
    } as const
    for (const where of [
      { op: 'bbox', column: form, box: [9.1, 47.6, 9.2, 47.7] },
      { op: 'within', column: form, area: bowtie },
    ] as const) {
      expect((await connector.read(rowsOf(tableAs('schief'), [id], { where }), patient())).rows).toEqual([[1]])
    }
    await connector.close()
  })

  test('without a reference system a geometry is no place, and a filter says who has to declare one', async () => {
    await lab().run('create table ortlos (id int primary key, form geometry)', "insert into ortlos values (1, 'POINT(9.17 47.66)')")
    const { connector } = lab().open()
    const form = open('form', 'point')
    const { rows, problems } = await connector.read(rowsOf(tableAs('ortlos'), [form]), patient())
    expect([rows, problems]).toEqual([[[null]], { 'unreadable point': 1 }])
    const where: Condition = { op: 'bbox', column: form, box: [9, 47, 10, 48] }
    const error = await failure(connector.read(rowsOf(tableAs('ortlos'), [id], { where }), patient()))
    expect([error.code, error.log]).toEqual(['SOURCE_CHANGED', expect.stringContaining('declare it with crs')])
    const declared = open('form', 'point', { crs: 'EPSG:4326' })
    const found = await connector.read(rowsOf(tableAs('ortlos'), [declared], { where: { ...where, column: declared } }), patient())
    expect(found.rows).toEqual([[{ type: 'Point', coordinates: [9.17, 47.66] }]])
    await connector.close()
  })
})

describeWith(noPostgres, 'a PostgreSQL database that knows only the letters of English', () => {
  test('searches without minding the case of umlauts all the same', async () => {
    const lab = await openLab('postgres', "template template0 lc_collate 'C' lc_ctype 'C'")
    await lab.run(
      'create table dinge (id int primary key, name text)',
      "insert into dinge values (1, 'ÖLWEIDE'), (2, 'Ölweide'), (3, 'Olweide'), (4, '%_!')",
    )
    expect(await idsWhere(lab, { op: 'contains', column: text('name'), value: 'öLW' })).toEqual([1, 2])
    expect(await idsWhere(lab, { op: 'startsWith', column: text('name'), value: '%_!' })).toEqual([4])
    await lab.tidyUp()
  })
})

labs(['mariadb'], lab => {
  beforeAll(() =>
    lab().run(
      'create table dinge (id int primary key, riesig bigint unsigned, gepolstert int(5) zerofill, ja bit(1), fein float, wann timestamp(3) null, tag date, jahr year, lang text, roh varbinary(10), latein varchar(20) character set latin1, dauer time)',
      "set time_zone = '+00:00'",
      "set sql_mode = ''",
      "insert into dinge values (1, 18446744073709551615, 7, b'1', 0.1, '2026-07-01 10:00:00.123', '2026-01-01', 1990, 'Ö', 'abc', 'Straße', '07:30:00')",
      "insert into dinge values (2, 9007199254740993, 70000, b'0', 1e10, null, '0000-00-00', null, null, x'ff', '', '800:00:00')",
    ),
  )

  test('numbers keep every digit and no more', async () => {
    const columns = [open('riesig', 'bigint'), open('gepolstert', 'int'), open('ja', 'boolean'), open('fein', 'float'), open('jahr', 'int')]
    expect(await read(lab(), columns)).toEqual([
      ['18446744073709551615', 7, true, 0.1, 1990],
      ['9007199254740993', 70000, false, 1e10, null],
    ])
    expect(await idsWhere(lab(), { op: 'eq', column: open('riesig', 'bigint'), value: '18446744073709551615' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: open('riesig', 'bigint'), value: '9007199254740992' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'gt', column: engine('riesig'), value: '9007199254740992' })).toEqual([1, 2])
    expect(await idsWhere(lab(), { op: 'gt', column: engine('riesig'), value: '9007199254740993' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: open('fein', 'float'), value: 0.1 })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: open('ja', 'boolean'), value: true })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: open('gepolstert', 'code'), value: '7' })).toEqual([1])
  })

  test('a TIMESTAMP is an instant, whatever zone the server lives in', async () => {
    const wann = open('wann', 'datetime', { zone: 'Europe/Berlin' })
    expect((await read(lab(), [wann]))[0]).toEqual(['2026-07-01T10:00:00.123Z'])
    expect(await idsWhere(lab(), { op: 'gte', column: wann, value: '2026-07-01T10:00:00.123Z' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'gt', column: wann, value: '2026-07-01T10:00:00.123Z' })).toEqual([])
  })

  test('what no field can hold is null, and counted', async () => {
    const { connector } = lab().open()
    const { rows, problems } = await connector.read(
      rowsOf(things, [id, open('tag', 'date'), open('dauer', 'time'), open('roh', 'text')]),
      patient(),
    )
    expect(rows).toEqual([
      [1, '2026-01-01', '07:30:00', 'abc'],
      [2, null, null, null],
    ])
    expect(problems).toEqual({ 'unreadable date': 1, 'unreadable time': 1, 'unreadable text': 1 })
    await connector.close()
  })

  test('degrees are longitude and latitude, whichever comes first to the server', async () => {
    const points = [
      [1, 9.17, 47.66],
      [2, 9.5, 47.9],
    ].map(([id, east, north]) => `(${id}, ST_GeomFromText('POINT(${isMysql ? `${north} ${east}` : `${east} ${north}`})', 4326))`)
    await lab().run(
      `create table orte (id int primary key, ort point ${sridIs} 4326 not null)`,
      `insert into orte values ${points.join(', ')}`,
    )
    const { connector } = lab().open()
    const ort = open('ort', 'point')
    const orte = tableAs('orte')
    const { rows } = await connector.read(rowsOf(orte, [ort]), patient())
    expect(rows).toEqual([[{ type: 'Point', coordinates: [9.17, 47.66] }], [{ type: 'Point', coordinates: [9.5, 47.9] }]])
    for (const where of [
      { op: 'bbox', column: ort, box: [9.1, 47.6, 9.2, 47.7] },
      { op: 'near', column: ort, longitude: 9.17, latitude: 47.66, metres: 50 },
    ] as const)
      expect((await connector.read(rowsOf(orte, [id], { where }), patient())).rows).toEqual([[1]])
    await connector.close()
  })

  test('texts of any character set are found', async () => {
    expect(await idsWhere(lab(), { op: 'eq', column: text('latein'), value: 'Straße' })).toEqual([1])
    expect(await idsWhere(lab(), { op: 'eq', column: text('latein'), value: 'Strasse' })).toEqual([])
    const tree = idsWhere(lab(), { op: 'eq', column: text('latein'), value: '🌳' })
    if (isMysql) await expect(tree).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    else expect(await tree).toEqual([])
    expect(await idsWhere(lab(), { op: 'startsWith', column: text('latein'), value: 'STRASS' })).toEqual([])
    expect(await idsWhere(lab(), { op: 'contains', column: text('lang'), value: 'ö' })).toEqual([1])
  })
})

labs(['sqlite'], lab => {
  const point = { type: 'Point', coordinates: [513000, 5278000] } as const

  beforeAll(() =>
    lab().run(
      'create table dinge (id integer primary key, wann text, betrag decimal, form blob)',
      `insert into dinge values
        (1, '2026-07-01 12:00:00', 0.1, x'${toWkb(point).toString('hex')}'),
        (2, '2026-07-01T11:59:59Z', 0.2, x'${toWkb(point, 25832).toString('hex')}'),
        (3, '2026-07-01T12:00', 12345678, x'${toGeoPackage(point, 25832).toString('hex')}'),
        (4, '2026-07-01 12:00:00.500', 9007199254740993, x'00'),
        (5, 'gestern', null, null)`,
      'create view sicht as select id + 0 as nr, upper(wann) as gross, betrag * 1 as summe from dinge',
      'create view endlos as with recursive z(n) as (select 1 union all select n + 1 from z) select n as id from z',
    ),
  )

  test('times in several spellings are one order', async () => {
    const wann = open('wann', 'datetime', { zone: 'Europe/Berlin' })
    expect(await read(lab(), [wann])).toEqual([
      ['2026-07-01T10:00:00Z'],
      ['2026-07-01T09:59:59Z'],
      ['2026-07-01T10:00:00Z'],
      ['2026-07-01T10:00:00.5Z'],
      [null],
    ])
    expect(await idsWhere(lab(), { op: 'eq', column: wann, value: '2026-07-01T10:00:00Z' })).toEqual([1, 3])
    expect(await idsWhere(lab(), { op: 'gt', column: wann, value: '2026-07-01T10:00:00Z' })).toEqual([4])
    const { connector } = lab().open()
    const orderBy = [
      { column: wann, direction: 'desc', nulls: 'last' },
      { column: id, direction: 'asc', nulls: 'last' },
    ] as const
    expect((await connector.read(rowsOf(things, [id], { orderBy }), patient())).rows).toEqual([[4], [1], [3], [2], [5]])
    const measures = [
      { function: 'max', column: wann },
      { function: 'countDistinct', column: wann },
    ] as const
    const { rows } = await connector.read({ kind: 'aggregate', dataset: things, groupBy: [], measures, limit: 1 }, patient())
    expect(rows).toEqual([['2026-07-01T10:00:00.5Z', 3]])
    await connector.close()
  })

  test('sums keep every digit', async () => {
    const { connector } = lab().open()
    const measures = [{ function: 'sum', column: open('betrag', 'decimal') }] as const
    const sum = async (where?: Condition) =>
      (await connector.read({ kind: 'aggregate', dataset: things, groupBy: [], measures, limit: 1, ...(where && { where }) }, patient()))
        .rows
    expect(await sum({ op: 'lte', column: id, value: 2 })).toEqual([['0.3']])
    expect(await sum()).toEqual([['9007199267086671.3']])
    expect(await sum({ op: 'gt', column: id, value: 4 })).toEqual([[null]])
    await connector.close()
  })

  test('geometry is WKB, EWKB or GeoPackage; anything else is counted', async () => {
    const form = open('form', 'point', { crs: 'EPSG:25832' })
    const { connector } = lab().open()
    const { rows, problems } = await connector.read(rowsOf(things, [form]), patient())
    const here = { type: 'Point', coordinates: [9.1730784, 47.6545487] }
    expect(rows.map(([cell]) => cell)).toEqual([expect.objectContaining({ type: 'Point' }), rows[0]![0], rows[0]![0], null, null])
    expect((rows[0]![0] as unknown as typeof here).coordinates[0]).toBeCloseTo(here.coordinates[0]!, 2)
    expect(problems).toEqual({ 'unreadable point': 1 })
    await connector.close()
    expect(await idsWhere(lab(), { op: 'bbox', column: form, box: [9, 47, 10, 48] })).toEqual([1, 2, 3])
    // What does not say where it stands is nowhere.
    expect(await idsWhere(lab(), { op: 'bbox', column: open('form', 'point'), box: [9, 47, 10, 48] })).toEqual([2, 3])
  })

  test('columns of a view that are computed have no type, and are asked by what the field declares', async () => {
    const view = tableAs('sicht', engine('nr', 'int'))
    const { connector } = lab().open()
    const ask = async (where: Condition) => (await connector.read(rowsOf(view, [engine('nr', 'int')], { where }), patient())).rows
    expect(await ask({ op: 'eq', column: engine('nr', 'int'), value: 3 })).toEqual([[3]])
    expect(await ask({ op: 'in', column: engine('nr'), values: ['3', '4', 'x'] })).toEqual([[3], [4]])
    expect(await ask({ op: 'gt', column: open('summe', 'decimal'), value: '1' })).toEqual([[3], [4]])
    expect(await ask({ op: 'eq', column: open('gross', 'text'), value: 'GESTERN' })).toEqual([[5]])
    await connector.close()
  })

  test('a statement without an end holds up nobody else', async () => {
    const { connector } = lab().open({ statementMs: 600 })
    let turns = 0
    const turning = setInterval(() => turns++, 10)
    const stuck = failure(connector.read(rowsOf(tableAs('endlos'), [id]), patient()))
    expect(await idsWhere(lab(), { op: 'eq', column: id, value: 1 })).toEqual([1])
    expect((await stuck).code).toBe('SOURCE_TIMEOUT')
    clearInterval(turning)
    expect(turns).toBeGreaterThan(5)
    await connector.close()
  })
})
