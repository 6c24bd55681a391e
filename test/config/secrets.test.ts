/** Do secrets reach the sources and nobody else? */

import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { readConfiguration, writeMistakes } from '../../src/config/index.ts'
import { city, datasetFile, type Files, gatewayFile, gatewayOf, inFolder, kinds, kindsFor, mistakesOf, now, sourceFile } from './support.ts'

const withConnection = (connection: string): Files => ({
  ...city,
  'sources/gruen.yml': sourceFile.replace('{ connectString: db1 }', () => connection),
})
const connectionOf = async (connection: string, env: Record<string, string>, files: Files = {}) =>
  (await gatewayOf({ ...withConnection(connection), ...files }, { env })).sources.get('gruen')?.connection

test.each([
  ['an environment variable', `{ connectString: "\${DB}" }`, { DB: 'db2' }, 'db2'],
  ['a variable inside a text', `{ connectString: "db-\${STAGE}.\${ZONE}" }`, { STAGE: 'test', ZONE: 'intern' }, 'db-test.intern'],
  ['a variable with YAML in it', `{ connectString: "\${DB}" }`, { DB: 'a:,[b]#\n&c' }, 'a:,[b]#\n&c'],
  ['a variable that looks like a substitution', `{ connectString: "\${DB}" }`, { DB: `\${HOME}` }, `\${HOME}`],
  ['the signs themselves', `{ connectString: "a$\${b}" }`, {}, `a\${b}`],
])('%s is filled in', async (_what, connection, env, expected) => {
  expect(await connectionOf(connection, env)).toEqual({ connectString: expected })
})

test('a secret with a colon or a line break stays one text', async () => {
  const password = 'a: b\nc: [d]\n- e # f'
  expect(await connectionOf(`{ connectString: db1, password: "\${PW}" }`, { PW: password })).toEqual({ connectString: 'db1', password })
})

test('a secret file loses the line break at its end, and only that one', async () => {
  const files = { 'secrets/pw': ' geheim \n', 'secrets/crlf': 'zwei\n\r\n' }
  const connection = `{ connectString: db1, user: "\${file:secrets/crlf}", password: "\${file:secrets/pw}" }`
  expect(await connectionOf(connection, {}, files)).toEqual({ connectString: 'db1', user: 'zwei\n', password: ' geheim ' })
})

test('a secret file is found by an absolute path', async () => {
  await inFolder({ ...city, 'run/secret': 'geheim\n' }, async folder => {
    await writeFile(`${folder}/sources/gruen.yml`, sourceFile.replace('db1', `"\${file:${folder}/run/secret}"`))
    const found = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(found.ok && found.gateway.sources.get('gruen')?.connection).toEqual({ connectString: 'geheim' })
  })
})

test('a variable may stand for a number where a number is due, and stays a text where a text is', async () => {
  expect(await connectionOf(`{ connectString: "\${A}", port: "\${B}" }`, { A: '12345', B: '1521' })).toEqual({
    connectString: '12345',
    port: 1521,
  })
  const gateway = await gatewayOf({ ...city, 'gateway.yml': `${gatewayFile}server: { port: "\${PORT}" }\n` }, { env: { PORT: '8080' } })
  expect(gateway.server.port).toBe(8080)
})

test.each([
  ['a variable that is not set', `\${DB}`, 'SECRET_VARIABLE_MISSING', 'DB'],
  ['a variable that is empty', `\${EMPTY}`, 'SECRET_VARIABLE_MISSING', 'EMPTY'],
  ['a file that is not there', `\${file:secrets/nope}`, 'SECRET_FILE_UNREADABLE', 'secrets/nope'],
  ['a file that is empty', `\${file:secrets/empty}`, 'SECRET_FILE_UNREADABLE', 'secrets/empty'],
  ['a file that is a folder', `\${file:secrets}`, 'SECRET_FILE_UNREADABLE', 'secrets'],
  ['a file that is too large for a secret', `\${file:secrets/large}`, 'SECRET_FILE_UNREADABLE', 'secrets/large'],
  ['a default, which does not exist', `\${DB:-x}`, 'SECRET_FORM', ''],
  ['a name with a blank', `\${D B}`, 'SECRET_FORM', ''],
  ['nothing', `\${}`, 'SECRET_FORM', ''],
  ['a brace that is never closed', `\${DB`, 'SECRET_FORM', ''],
])('%s is told once, with its name', async (_what, text, code, name) => {
  const files = { ...withConnection(`{ connectString: "${text}", port: 1 }`), 'secrets/empty': '\n', 'secrets/large': 'x'.repeat(70_000) }
  const mistakes = await mistakesOf(files, { env: { EMPTY: '' } })
  expect(mistakes.map(one => [one.code, one.line, one.path])).toEqual([[code, 4, 'connection.connectString']])
  expect(mistakes[0]?.message.de).toContain(name)
})

test('dataset files cannot ask for secrets, wherever they try', async () => {
  const more = `about: "\${HOME}"\nrows: { A: { in: [1, "\${PW}"] } }`
  const mistakes = await mistakesOf({ ...city, 'datasets/umwelt/baeume.yml': datasetFile(more) }, { env: { HOME: '/root', PW: 'x' } })
  expect(mistakes.map(one => [one.code, one.line, one.path])).toEqual([
    ['SECRET_NOT_HERE', 10, 'about'],
    ['SECRET_NOT_HERE', 11, 'rows.A.in[1]'],
  ])
})

test('no mistake holds a secret', async () => {
  const secret = 'streng geheim 4711'
  const env = { PW: secret, SHORT: 'kurz' }
  const files: Files[] = [
    withConnection(`{ connectString: "\${PW}" }`),
    withConnection(`{ connectString: db1, port: "\${PW}" }`),
    withConnection(`{ connectString: db1, pasword: "\${PW}" }`),
    withConnection(`"\${PW}"`),
    { ...city, 'sources/gruen.yml': sourceFile.replace('kind: oracle', `kind: "\${PW}"`) },
    { ...city, 'gateway.yml': `${gatewayFile}cache: { redis: "\${PW}" }\nlanguage: "\${PW}"\n` },
    { ...city, 'gateway.yml': gatewayFile.replace('"0123456789abcdef0123456789abcdef"', `"\${SHORT}"`) },
  ]
  for (const one of files) {
    const mistakes = await mistakesOf(one, { env })
    expect(mistakes.length).toBeGreaterThan(0)
    expect(writeMistakes(mistakes, 'de') + writeMistakes(mistakes, 'en')).not.toMatch(/geheim|4711|kurz/)
  }
})

test('a connector that quotes what it refuses does not give a secret away', async () => {
  const [oracle] = kinds
  if (!oracle) throw new Error('no kind')
  const telling = z.strictObject({
    connectString: z.string().transform((value, context) => context.addIssue({ code: 'custom', message: `cannot use ${value}` })),
  })
  const mistakes = await mistakesOf(withConnection(`{ connectString: "\${PW}" }`), {
    env: { PW: 'geheim' },
    kindsFor: async () => [{ ...oracle, connection: telling }],
  })
  expect(mistakes[0]?.message.en).toBe('The value is not possible: cannot use …')
})

test('commands that open no source do without secrets', async () => {
  const files = {
    ...withConnection(`{ connectString: "\${DB}", port: "\${PORT}", password: "\${file:nope}" }`),
    'gateway.yml': gatewayFile.replace('"0123456789abcdef0123456789abcdef"', `"\${SECRET}"`),
  }
  const gateway = await gatewayOf(files, { withoutSecrets: true })
  expect([...gateway.exposures.keys()]).toEqual(['baeume'])
  expect(gateway.secret).toBeUndefined()
})
