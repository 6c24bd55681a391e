/** Which connections and tables can be written down, and what is said of a mistake? */

import { connectorModules } from '../../../src/connectors/index.ts'

const sql = await connectorModules(['postgres', 'mysql', 'sqlite', 'mssql', 'oracle'])

const moduleOf = (kind: string) => sql.find(({ kinds }) => kinds.includes(kind))!

function mistakes(kind: string, connection: unknown): string[] {
  const { error } = moduleOf(kind).connection.safeParse(connection)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('the kinds of databases can page from a row on', () => {
  expect(sql.flatMap(({ kinds }) => kinds)).toEqual(expect.arrayContaining(['postgres', 'mysql', 'mariadb', 'sqlite']))
  for (const { kinds, capabilities } of sql) for (const kind of kinds) expect(capabilities(kind).paging).toBe('keyset')
})

test.each([
  ['postgres', { host: 'db', database: 'stadt', user: 'stadttor_ro' }],
  ['mariadb', { host: 'db', port: 3307, database: 'stadt', user: 'stadttor_ro', password: 'geheim', tls: true }],
  ['mysql', { host: 'db', database: 'stadt', user: 'stadttor_ro', tls: { ca: '-----BEGIN CERTIFICATE-----' } }],
  ['sqlite', { file: 'baeume.db' }],
])('%s is reached by %j', (kind, connection) => {
  expect(mistakes(kind, connection)).toEqual([])
})

test.each([
  ['postgres', { host: 'db', database: 'stadt' }, ['user: the user is missing']],
  ['postgres', { host: '', database: 'stadt', user: 'u' }, ['host: the host is missing']],
  ['postgres', { host: 'db', database: 'stadt', user: 'u', port: 70_000 }, ['port: a port is a whole number from 1 to 65535']],
  [
    'postgres',
    { host: 'db', database: 'stadt', user: 'u', tls: 'yes' },
    ['tls: write true, false, or { ca: … } with the certificate authority of the server'],
  ],
  ['sqlite', {}, ['file: the file is missing']],
])('%s refuses %j', (kind, connection, said) => {
  expect(mistakes(kind, connection)).toEqual(said)
})

test('a word that nobody knows is a mistake', () => {
  expect(mistakes('sqlite', { file: 'a.db', readonly: false })).toHaveLength(1)
  expect(mistakes('postgres', { host: 'db', database: 'stadt', user: 'u', options: '-c x' })).toHaveLength(1)
  expect(moduleOf('sqlite').place.safeParse({ table: 'a', where: '1=1' }).success).toBe(false)
})

test.each([
  [{ table: 'BAUM' }, { table: 'BAUM' }],
  [{ table: 'GRUEN.V_BAUM' }, { schema: 'GRUEN', table: 'V_BAUM' }],
  [
    { schema: 'GRUEN', table: 'V.BAUM' },
    { schema: 'GRUEN', table: 'V.BAUM' },
  ],
  [{ table: 'Bäume 2024' }, { table: 'Bäume 2024' }],
])('%j names %j, in exactly that spelling', (written, meant) => {
  const { place } = moduleOf('postgres')
  expect(place.parse(written)).toEqual(meant)
  // What was parsed may be parsed again.
  expect(place.parse(place.parse(written))).toEqual(meant)
})

test.each(['', '.', 'a.', '.b', 'a.b.c', 'a"b', "a'b", 'a`b', 'a]b', 'a[b', 'a;b', 'a\nb', 'a\u0000b', 'a\u202eb', 'x'.repeat(129)])(
  'no table is called %j',
  table => {
    expect(moduleOf('postgres').place.safeParse({ table }).success).toBe(false)
    if (!table.includes('.')) expect(moduleOf('postgres').place.safeParse({ schema: table, table: 'b' }).success).toBe(false)
  },
)
