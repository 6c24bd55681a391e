/** What is seen of a database by those who write dataset files? Asked of real servers. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { patient } from '../../support/waiting.ts'
import { columnIn, later, look, mariadbWith, postgresWith, tidyUp } from './introspect-lab.ts'
import { describeWith, isMysql, noMariadb, noPostgres, numbersTo, sridIs } from './servers.ts'

afterEach(tidyUp)

describeWith(noPostgres, 'PostgreSQL', () => {
  const town = `
    create extension postgis; create extension citext; create schema kataster; create schema leer;
    create type zustand as enum ('gut', 'alt');
    create table kataster.brunnen (gid bigint primary key, name text not null, kurz char(3), baujahr smallint, tiefe numeric(6,2), nr numeric(9),
      stand zustand, art text check (art in ('Zier', 'Trink')), geprueft timestamp, gemeldet timestamptz, tag date, um time, aktiv boolean,
      druck real, ort geometry(Point, 25832), umring geometry(MultiPolygon, 25832), irgendwo geometry, mail citext, anhang bytea, mehr jsonb, pruefer text);
    comment on table kataster.brunnen is 'Brunnen der Stadt'; comment on column kataster.brunnen.tiefe is 'Tiefe in m';
    create index on kataster.brunnen (name, art); create index on kataster.brunnen using gist (ort); create index on kataster.brunnen (baujahr) where aktiv;
    create table kataster.ohne_schluessel (a int not null, b int not null, c int, unique (a, b), unique (c));
    create view kataster.v_brunnen as select gid, name from kataster.brunnen;
    create table kataster.geheim (personalnummer text);
    insert into kataster.brunnen (gid, name, art, ort, stand) select n, 'Brunnen ' || n, 'Zier', ST_SetSRID(ST_MakePoint(513000, 5278000 + n), 25832), 'gut' from generate_series(1, 500) n;
    analyze kataster.brunnen;`
  const granted = (user: string): string =>
    `grant usage on schema kataster to ${user}; grant select on kataster.brunnen, kataster.ohne_schluessel, kataster.v_brunnen to ${user}`

  test('tables and views are listed with their comments and the rows of the statistics, without counting and without what is not granted', async () => {
    const { run, user, connection } = await postgresWith(town)
    await run(granted(user))
    const { introspector, calls } = look('postgres', connection)
    const items = await introspector.list(patient())
    expect(items).toEqual([
      { name: 'kataster.brunnen', what: 'table', place: { table: 'kataster.brunnen' }, about: 'Brunnen der Stadt', rows: 500 },
      { name: 'kataster.ohne_schluessel', what: 'table', place: { table: 'kataster.ohne_schluessel' } },
      { name: 'kataster.v_brunnen', what: 'view', place: { table: 'kataster.v_brunnen' } },
    ])
    expect(calls.map(({ statement }) => statement).join()).not.toMatch(/count\s*\(/)
  })

  test('columns have the type of field that fits, their key, their index, their reference system and their values', async () => {
    const { run, user, connection } = await postgresWith(town)
    await run(granted(user))
    const { introspector } = look('postgres', connection)
    const brunnen = await introspector.describe({ table: 'kataster.brunnen' }, patient())
    expect(brunnen.key).toEqual(['gid'])
    expect(Object.fromEntries(brunnen.columns.map(({ column, type }) => [column, type]))).toEqual({
      gid: 'bigint',
      name: 'text',
      kurz: 'text',
      baujahr: 'int',
      tiefe: 'decimal',
      nr: 'int',
      stand: 'text',
      art: 'text',
      geprueft: 'datetime',
      gemeldet: 'datetime',
      tag: 'date',
      um: 'time',
      aktiv: 'boolean',
      druck: 'float',
      ort: 'point',
      umring: 'polygon',
      irgendwo: 'geometry',
      mail: 'text',
      anhang: undefined,
      mehr: undefined,
      pruefer: 'text',
    })
    expect(columnIn(brunnen, 'tiefe')).toEqual({
      column: 'tiefe',
      stored: 'numeric(6,2)',
      type: 'decimal',
      nullable: true,
      about: 'Tiefe in m',
      indexed: false,
    })
    expect(columnIn(brunnen, 'name')).toMatchObject({ nullable: false, indexed: true })
    expect(columnIn(brunnen, 'ort')).toMatchObject({ crs: 'EPSG:25832', indexed: true })
    expect(columnIn(brunnen, 'stand').codes).toEqual({ gut: 'gut', alt: 'alt' })
    expect(columnIn(brunnen, 'art').codes).toEqual({ Zier: 'Zier', Trink: 'Trink' })
    // Not the first of its index; an index for some rows only.
    expect([columnIn(brunnen, 'art').indexed, columnIn(brunnen, 'baujahr').indexed]).toEqual([false, false])
  })

  test('without a primary key, the unique columns that are never missing tell rows apart; a view says nothing of keys, nulls and indexes', async () => {
    const { run, user, connection } = await postgresWith(town)
    await run(granted(user))
    const { introspector } = look('postgres', connection)
    expect((await introspector.describe({ table: 'kataster.ohne_schluessel' }, patient())).key).toEqual(['a', 'b'])
    const view = await introspector.describe({ table: 'kataster.v_brunnen' }, patient())
    expect(view).toMatchObject({
      what: 'view',
      key: [],
      columns: [
        { column: 'gid', stored: 'bigint', type: 'bigint' },
        { column: 'name', stored: 'text', type: 'text' },
      ],
    })
    expect(view.columns[0]).not.toHaveProperty('nullable')
    expect(view.columns[0]).not.toHaveProperty('indexed')
  })

  test('columns that the account may not read are seen, so that a new one is noticed; their rows are not', async () => {
    const { run, user, connection } = await postgresWith(town)
    await run(`grant usage on schema kataster to ${user}; grant select (gid, name) on kataster.brunnen to ${user}`)
    const { introspector } = look('postgres', connection)
    const brunnen = await introspector.describe({ table: 'kataster.brunnen' }, patient())
    expect(columnIn(brunnen, 'pruefer')).toMatchObject({ type: 'text' })
    await expect(introspector.sample({ table: 'kataster.brunnen' }, ['pruefer'], 3, patient())).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
    })
    expect(await introspector.sample({ table: 'kataster.brunnen' }, ['gid', 'name'], 1, patient())).toEqual([['1', 'Brunnen 1']])
  })

  test('a sample is a few rows as texts, geometries as GeoJSON in the coordinates of the source, and no attachment', async () => {
    const { run, user, connection } = await postgresWith(town)
    await run(`${granted(user)}; update kataster.brunnen set anhang = 'abc', mehr = '{"a": 1}' where gid = 1`)
    const { introspector } = look('postgres', connection)
    const [first] = (
      await introspector.sample({ table: 'kataster.brunnen' }, ['gid', 'ort', 'anhang', 'tag', 'stand'], 500, patient())
    ).filter(([gid]) => gid === '1')
    expect(first).toEqual(['1', '{"type":"Point","coordinates":[513000,5278001]}', null, null, 'gut'])
  })

  test('what is not there is said so, and a source that is down says that', async () => {
    const { connection } = await postgresWith(town)
    const { introspector } = look('postgres', connection)
    await expect(introspector.describe({ table: 'kataster.gibt_es_nicht' }, patient())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
    const { introspector: nowhere } = look('postgres', { ...connection, port: 1 })
    await expect(nowhere.list(patient())).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' })
  })

  const rights = `create schema kataster; create table kataster.brunnen (gid int primary key, name text); create table kataster.geheim (nr text)`

  test('an account that only reads has nothing to write home about, save what everybody may do', async () => {
    const { run, user, connection, database } = await postgresWith(rights)
    await run(`grant usage on schema kataster to ${user}; grant select (gid, name) on kataster.brunnen to ${user}`)
    await run(`alter role ${user} set statement_timeout = '3s'; alter role ${user} in database ${database} set statement_timeout = '1500'`)
    const { introspector } = look('postgres', connection)
    expect(await introspector.account!(patient())).toEqual({
      user,
      writes: [],
      spare: [`TEMPORARY on database ${database}`],
      reads: [{ table: 'kataster.brunnen', columns: ['gid', 'name'] }],
      statementMs: 1500,
    })
  })

  test.each([
    ['update of one column', 'grant update (name) on kataster.brunnen to ROLE', 'UPDATE on kataster.brunnen'],
    [
      'delete over a role',
      'create role ROLE_r; grant delete on kataster.brunnen to ROLE_r; grant ROLE_r to ROLE',
      'DELETE on kataster.brunnen',
    ],
    ['new tables', 'grant create on schema kataster to ROLE', 'CREATE on schema kataster'],
    [
      'new schemas',
      "do $$ begin execute format('grant create on database %I to ROLE', current_database()); end $$",
      'CREATE on database DATABASE',
    ],
    ['all data', 'grant pg_write_all_data to ROLE', 'member of pg_write_all_data'],
    ['files of the server', 'grant pg_write_server_files to ROLE', 'member of pg_write_server_files'],
    ['being the owner', 'alter table kataster.geheim owner to ROLE', 'DELETE on kataster.geheim'],
    ['sequences', 'create sequence kataster.lfd; grant usage on sequence kataster.lfd to ROLE', 'UPDATE on sequence kataster.lfd'],
    ['making accounts', 'alter role ROLE createrole', 'CREATEROLE'],
    ['everything', 'alter role ROLE superuser', 'superuser'],
  ])('an account that may write is seen through: %s', async (_what, statement, expected) => {
    const { run, user, connection, database } = await postgresWith(rights)
    await run(`grant usage on schema kataster to ${user}; ${statement.replaceAll('ROLE', user)}`)
    if (statement.includes('ROLE_r')) later(() => run(`drop owned by ${user}_r; drop role ${user}_r`))
    const { introspector } = look('postgres', connection)
    const { writes } = await introspector.account!(patient())
    expect(writes).toContain(expected.replace('DATABASE', database))
  })
})

describeWith(noMariadb, 'MariaDB', () => {
  const town = `
    create table brunnen (gid bigint primary key, name varchar(80) not null comment 'Name am Schild', kurz char(3), baujahr smallint, tiefe decimal(6,2),
      stand enum('gut','it''s alt'), geprueft datetime, gemeldet timestamp null, tag date, um time, aktiv tinyint(1), druck float,
      ort point ${sridIs} 25832 not null, umring polygon, anhang blob, mehr json, pruefer varchar(80),
      key (name, baujahr), spatial key (ort)) comment 'Brunnen der Stadt';
    create view v_brunnen as select gid, name from brunnen; create table geheim (personalnummer text);
    insert into brunnen (gid, name, ort, stand) select seq, concat('Brunnen ', seq), ST_GeomFromText(concat('POINT(513000 ', 5278000 + seq, ')'), 25832), 'gut' from ${numbersTo(50)};
    analyze table brunnen`

  test('tables and views are listed with their comments, without what is not granted', async () => {
    const { run, user, connection } = await mariadbWith(town)
    await run(`grant select on brunnen to ${user}; grant select on v_brunnen to ${user}`)
    const { introspector } = look('mariadb', connection)
    expect(await introspector.list(patient())).toEqual([
      { name: 'brunnen', what: 'table', place: { table: 'brunnen' }, about: 'Brunnen der Stadt', rows: 50 },
      { name: 'v_brunnen', what: 'view', place: { table: 'v_brunnen' } },
    ])
  })

  test('columns have the type of field that fits, their key, their index, their reference system and their values', async () => {
    const { run, user, connection } = await mariadbWith(town)
    await run(`grant select on brunnen to ${user}`)
    const { introspector } = look('mariadb', connection)
    const brunnen = await introspector.describe({ table: 'brunnen' }, patient())
    expect(brunnen.key).toEqual(['gid'])
    expect(Object.fromEntries(brunnen.columns.map(({ column, type }) => [column, type]))).toEqual({
      gid: 'bigint',
      name: 'text',
      kurz: 'text',
      baujahr: 'int',
      tiefe: 'decimal',
      stand: 'text',
      geprueft: 'datetime',
      gemeldet: 'datetime',
      tag: 'date',
      um: 'time',
      aktiv: 'boolean',
      druck: 'float',
      ort: 'point',
      umring: 'polygon',
      anhang: undefined,
      mehr: isMysql ? undefined : 'text',
      pruefer: 'text',
    })
    expect(columnIn(brunnen, 'name')).toMatchObject({ stored: 'varchar(80)', nullable: false, about: 'Name am Schild', indexed: true })
    expect(columnIn(brunnen, 'baujahr').indexed).toBe(false)
    expect(columnIn(brunnen, 'ort')).toMatchObject({ crs: 'EPSG:25832', indexed: true })
    expect(columnIn(brunnen, 'stand').codes).toEqual({ gut: 'gut', "it's alt": "it's alt" })
  })

  test('to an account with single columns the others do not exist, and a missing index is not made up', async () => {
    const { run, user, connection } = await mariadbWith(town)
    await run(`grant select (gid, name, baujahr) on brunnen to ${user}`)
    const { introspector } = look('mariadb', connection)
    const brunnen = await introspector.describe({ table: 'brunnen' }, patient())
    expect(brunnen.columns.map(({ column }) => column)).toEqual(['gid', 'name', 'baujahr'])
    expect(columnIn(brunnen, 'name').indexed).not.toBe(false)
    await expect(introspector.describe({ table: 'geheim' }, patient())).rejects.toMatchObject({ code: 'SOURCE_CHANGED' })
  })

  test.each([
    ['nothing', 'grant select (gid, name) on brunnen to ROLE', [], []],
    ['update of one column', 'grant update (name), select on brunnen to ROLE', ['UPDATE on DATABASE.brunnen'], []],
    ['everything here', 'grant all on DATABASE.* to ROLE', ['ALL PRIVILEGES on DATABASE.*'], []],
    ['files of the server', 'grant file on *.* to ROLE; grant select on brunnen to ROLE', ['FILE on *.*'], []],
    [
      'temporary tables and locks',
      'grant create temporary tables, lock tables on DATABASE.* to ROLE',
      [],
      ['CREATE TEMPORARY TABLES on DATABASE.*', 'LOCK TABLES on DATABASE.*'],
    ],
    [
      'delete over a role',
      `create role ROLE_r; grant delete on brunnen to ROLE_r; grant ROLE_r to ROLE; set default role ROLE_r ${isMysql ? 'to' : 'for'} ROLE`,
      ['DELETE on DATABASE.brunnen'],
      [],
    ],
  ])('an account is seen through: %s', async (_what, statement, writes, spare) => {
    const { run, user, connection, database } = await mariadbWith(town)
    const filled = (text: string): string => text.replaceAll('ROLE', user).replaceAll('DATABASE', database)
    await run(filled(statement))
    if (statement.includes('ROLE_r')) later(() => run(`drop role ${user}_r`))
    const { introspector } = look('mariadb', connection)
    expect(await introspector.account!(patient())).toMatchObject({
      user: `${user}@%`,
      writes: writes.map(filled),
      spare: spare.map(filled),
    })
  })

  test('what the account may read is told column by column', async () => {
    const { run, user, connection } = await mariadbWith(town)
    await run(`grant select (gid, name) on brunnen to ${user}; grant select on v_brunnen to ${user}`)
    const { introspector } = look('mariadb', connection)
    expect((await introspector.account!(patient())).reads).toEqual([
      { table: 'brunnen', columns: ['gid', 'name'] },
      { table: 'v_brunnen', columns: ['gid', 'name'] },
    ])
  })
})

describe('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-look-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function fileWith(name: string, statements: string): Record<string, unknown> {
    const database = new Sqlite(join(folder, name))
    database.exec(statements)
    database.close()
    return { file: join(folder, name) }
  }

  test('tables and views, their columns, keys and indexes', async () => {
    const { introspector } = look(
      'sqlite',
      fileWith(
        'a.db',
        `create table baenke (nr integer primary key, name text not null, hoehe real, preis decimal(8,2), lage blob);
         create index nach_name on baenke (name, hoehe); create view gute as select name from baenke; insert into baenke (name) values ('A'), ('B'); analyze`,
      ),
    )
    expect(await introspector.list(patient())).toEqual([
      { name: 'baenke', what: 'table', place: { table: 'baenke' }, rows: 2 },
      { name: 'gute', what: 'view', place: { table: 'gute' } },
    ])
    expect(await introspector.describe({ table: 'baenke' }, patient())).toEqual({
      name: 'baenke',
      what: 'table',
      place: { table: 'baenke' },
      rows: 2,
      key: ['nr'],
      columns: [
        { column: 'nr', stored: 'INTEGER', type: 'int', nullable: false, indexed: true },
        { column: 'name', stored: 'TEXT', type: 'text', nullable: false, indexed: true },
        { column: 'hoehe', stored: 'REAL', type: 'float', nullable: true, indexed: false },
        { column: 'preis', stored: 'decimal(8,2)', type: 'decimal', nullable: true, indexed: false },
        { column: 'lage', stored: 'BLOB', nullable: true, indexed: false },
      ],
    })
    expect(introspector.account).toBeUndefined()
    expect(await introspector.sample({ table: 'baenke' }, ['nr', 'name'], 1, patient())).toEqual([['1', 'A']])
  })

  test('a GeoPackage says what its layers are called and where they lie', async () => {
    const { introspector } = look(
      'sqlite',
      fileWith(
        'b.gpkg',
        `create table gpkg_contents (table_name text, identifier text, description text);
         create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer);
         create table gpkg_spatial_ref_sys (srs_id integer, organization text, organization_coordsys_id integer);
         create table spielplaetze (fid integer primary key, geom blob, name text);
         insert into gpkg_contents values ('spielplaetze', 'Spielplätze', 'Alle Plätze'); insert into gpkg_geometry_columns values ('spielplaetze', 'geom', 'POINT', 25832);
         insert into gpkg_spatial_ref_sys values (25832, 'EPSG', 25832)`,
      ),
    )
    expect(await introspector.list(patient())).toEqual([
      { name: 'spielplaetze', what: 'table', place: { table: 'spielplaetze' }, title: 'Spielplätze', about: 'Alle Plätze' },
    ])
    expect(columnIn(await introspector.describe({ table: 'spielplaetze' }, patient()), 'geom')).toMatchObject({
      type: 'point',
      crs: 'EPSG:25832',
    })
  })
})
