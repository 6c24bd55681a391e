/** Does a whole dataset come line by line, by the rules of every other answer, and never faster than the caller takes it? */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { createKey, storeKey } from '../../src/config/index.ts'
import { type Lab, openLab } from '../connectors/sql/lab.ts'
import { describeWith, noPostgres } from '../connectors/sql/servers.ts'
import { approveAll, type City, startCity, writeFolder } from '../support/city.ts'
import { eventually } from '../support/waiting.ts'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')
const rowCount = 500_000

const said = (id: string, type: string, source: string) => `
id: ${id}
title: ${type}
owner: { department: Amt für Stadtgrün }
licence: dl-de/by-2-0
attribution: Stadt T
names: { type: ${type}, one: ${id}Eins, many: ${id} }
source: ${source}
key: [{ column: nr, type: int }]
freshFor: 1 min
`

const fields = `
  nummer: { column: nr, type: int, title: Nummer }
  text: { column: text, type: text, title: Text }
  monat: { column: tag, type: date, coarsen: { to: month }, title: Monat }
  stufe: { column: stufe, type: code, codes: { 1: { de: gut, en: good } }, title: Stufe }
  intern: { column: intern, type: text, title: Intern, audience: internal }
`

let lab: Lab
let folder: string
let city: City
let key: string

const setUp = async (): Promise<void> => {
  lab = await openLab('postgres')
  await lab.run(
    `create table stand as select n as nr, date '2026-05-17' as tag, 1 + n % 2 as stufe, n <> 7 as frei from generate_series(1, ${rowCount}) n`,
    'alter table stand add primary key (nr)',
    `create view zaehlung as select nr, tag, stufe, frei, repeat('x', 600) as text, 'geheim' as intern from stand`,
  )
  const { host, port, database, user, password } = lab.connection
  folder = await writeFolder({
    'gateway.yml':
      'city: { name: t, title: T, operator: T }\nsecret: 0123456789abcdef0123456789abcdef\naudiences: { internal: { title: Innen } }\nlimits: { exports: 2, request: 3 s }\n',
    'sources/zahl.yml': `id: zahl\nkind: postgres\ntitle: Zählstellen\nconnection: { host: "${host}", port: ${port}, database: ${database}, user: ${user}, password: ${password} }\nlimits: { connections: 3 }\n`,
    'sources/gruen.yml': 'id: gruen\nkind: sqlite\ntitle: Grün\nconnection: { file: gruen.sqlite }\nlimits: { connections: 4 }\n',
    'datasets/amt/zaehlungen.yml': `${said('zaehlungen', 'Zaehlung', '{ use: zahl, table: zaehlung }')}rows: { frei: { eq: true } }\nfields:${fields}`,
    'datasets/amt/baeume.yml': `${said('baeume', 'Baum', '{ use: gruen, table: baum }')}rows: { frei: { eq: 1 } }\nfields:${fields}`,
    'datasets/amt/innen.yml': `${said('innen', 'Innen', '{ use: gruen, table: baum }')}audience: internal\nfields:${fields}`,
  })
  const trees = new Sqlite(join(folder, 'gruen.sqlite'))
  trees.exec(`create table baum (nr integer primary key, text text, tag text, stufe integer, intern text, frei integer);
    with recursive z(n) as (select 1 union all select n + 1 from z where n < 2500)
    insert into baum select n, 'Baum ' || n, '2026-05-17', 1 + n % 2, 'geheim', n <> 7 from z`)
  trees.close()
  await approveAll(folder)
  const made = createKey('leitstelle', 'internal')
  await storeKey(folder, made.entry)
  key = made.secret
  city = await startCity(folder)
}

interface Sent {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

async function fetched(path: string, headers: Record<string, string> = {}): Promise<Sent> {
  const response = await fetch(`${city.url}${path}`, { headers: { 'accept-language': 'en', ...headers } })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as Record<string, unknown>)

function opened(url: string, path: string): Promise<IncomingMessage> {
  return new Promise((done, fail) => get(`${url}${path}`, { agent: false }, done).on('error', fail))
}

describeWith(noPostgres, 'exports', () => {
  beforeAll(setUp, 60_000)
  afterAll(async () => {
    await city?.stop()
    await lab?.tidyUp()
  }, 30_000)

  test.each([
    ['a database with cursors', 'zaehlungen', rowCount],
    ['a source that is read page by page', 'baeume', 2_500],
  ])('every open row of %s comes once, coarsened and in the words of the caller', async (_what, dataset, count) => {
    const { status, headers, text } = await fetched(`/api/${dataset}.ndjson?fields=nummer,monat,stufe`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    const lines = linesOf(text)
    expect(lines).toHaveLength(count - 1)
    expect(new Set(lines.map(({ nummer }) => nummer)).size).toBe(count - 1)
    expect(lines.some(({ nummer }) => nummer === 7)).toBe(false)
    expect(lines.find(({ nummer }) => nummer === 2)).toEqual({ nummer: 2, monat: '2026-05-01', stufe: 'good' })
    expect(lines.find(({ nummer }) => nummer === 3)).toEqual({ nummer: 3, monat: '2026-05-01', stufe: null })
  })

  test('without a choice every field that is open to the caller comes, and the answer says where it is from', async () => {
    const open = await fetched('/api/baeume.ndjson')
    expect(linesOf(open.text)[0]).toEqual({ nummer: 1, text: 'Baum 1', monat: '2026-05-01', stufe: null })
    expect(open.headers.get('content-disposition')).toMatch(/^attachment; filename="t-baeume-\d{4}-\d\d-\d\d\.ndjson"$/)
    expect(open.headers.get('stadttor-provenance')).toMatch(
      /^"baeume";source=%"Gr%c3%bcn";owner=%"Amt f%c3%bcr Stadtgr%c3%bcn";licence=%"dl-de\/by-2-0";attribution=%"Stadt T";as-of="[^"]+Z"$/,
    )
    expect(open.headers.get('cache-control')).toBe('no-store')
    const staff = await fetched('/api/baeume.ndjson', { authorization: `Bearer ${key}` })
    expect(linesOf(staff.text)[0]).toMatchObject({ intern: 'geheim' })
    expect(staff.headers.get('cache-control')).toBe('private, no-store')
    expect((await fetched('/api/innen.ndjson', { authorization: `Bearer ${key}` })).status).toBe(200)
  })

  test('what is not open has no address, and what is not asked for rightly is refused in words', async () => {
    const unknown = await fetched('/api/nirgends')
    for (const path of ['/api/innen.ndjson', '/api/gibtesnicht.ndjson', '/api/baeume', '/api/baeume.parquet', '/api/.ndjson']) {
      const { status, text } = await fetched(path)
      const withoutId = (reply: string) => reply.replace(/[0-9a-f-]{36}/, '')
      expect([path, status, withoutId(text)]).toEqual([path, 404, withoutId(unknown.text)])
    }
    for (const [query, code] of [
      ['fields=nummer,intern', 'FIELD_UNKNOWN'],
      ['fields=', 'FIELD_UNKNOWN'],
      ['fields=nummer&fields=text', 'BAD_USER_INPUT'],
      ['stufe=1', 'BAD_USER_INPUT'],
    ]) {
      const { status, text } = await fetched(`/api/baeume.ndjson?${query}`)
      expect([query, status, JSON.parse(text).errors[0].extensions.code]).toEqual([query, 400, code])
    }
    expect((await fetch(`${city.url}/api/baeume.ndjson`, { method: 'HEAD' })).status).toBe(404)
  })

  test('when the caller leaves, the connection at the database is free', async () => {
    await eventually('the exports before are over', async () => (await lab.sessions()).busy === 0)
    const response = await opened(city.url, '/api/zaehlungen.ndjson')
    await once(response, 'data')
    response.destroy()
    await eventually('nothing is held at the server', async () => (await lab.sessions()).all === 0)
    expect((await city.ask('{ zaehlungen(first: 1) { nodes { nummer } } }')).errors).toBeUndefined()
  })

  test('one export too many is told to come back, and those who ask for answers do not wait for exports', async () => {
    const first = await opened(city.url, '/api/zaehlungen.ndjson')
    // Three connections: a second stream would leave one, and half of them is one.
    const second = await fetched('/api/zaehlungen.ndjson')
    expect([second.status, second.headers.get('retry-after'), JSON.parse(second.text).errors[0].extensions.code]).toEqual([
      503,
      '60',
      'GATEWAY_BUSY',
    ])
    expect(second.headers.get('content-disposition')).toBeNull()
    expect((await fetched('/api/baeume.ndjson')).status).toBe(200)
    expect((await city.ask('{ zaehlungen(first: 2) { nodes { nummer } } }')).errors).toBeUndefined()
    first.destroy()
    await eventually('there is room again', async () => (await opened(city.url, '/api/zaehlungen.ndjson').then(ended)) === 200)
  })

  const ended = (response: IncomingMessage): number => {
    response.destroy()
    return response.statusCode ?? 0
  }

  test('an export that breaks off is no whole one: the connection says so, and the log why', async () => {
    await eventually('there is room', async () => (await lab.sessions()).all === 0)
    const response = await opened(city.url, '/api/zaehlungen.ndjson')
    await once(response, 'readable')
    await lab.cut()
    const broken = (async () => {
      for await (const _ of response);
    })()
    await expect(broken).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(response.complete).toBe(false)
    expect(city.log).toContainEqual(
      expect.objectContaining({ code: 'SOURCE_UNAVAILABLE', dataset: 'zaehlungen', msg: expect.stringContaining('an export broke off') }),
    )
  })

  test('memory stays where it is while a slow reader takes half a million rows', async () => {
    // A heap that is smaller than the answer.
    const options = ['--max-old-space-size=96', main, 'serve', '--config', folder, '--port', '0']
    const gateway = spawn(process.execPath, options, { env: { ...process.env, NO_COLOR: '1' } })
    try {
      let text = ''
      gateway.stderr.setEncoding('utf8')
      while (!text.includes('/graphql')) text += String(await once(gateway.stderr, 'data'))
      const url = /(http:\/\/\S+)\/graphql/.exec(text)![1]!
      const peak = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))![1]) * 1024
      await opened(url, '/api/baeume.ndjson').then(response => once(response.resume(), 'end'))
      const before = peak()
      const response = await opened(url, '/api/zaehlungen.ndjson')
      let [bytes, lines, pauses] = [0, 0, 0]
      for await (const piece of response as AsyncIterable<Buffer>) {
        bytes += piece.length
        for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1
        if (bytes > (pauses + 1) * 20_000_000) {
          pauses += 1
          await new Promise(done => setTimeout(done, 60))
        }
      }
      expect(lines).toBe(rowCount - 1)
      expect(bytes).toBeGreaterThan(320_000_000)
      // Most of it is garbage that nobody had a reason to collect yet; it does not grow with the answer.
      expect(peak() - before).toBeLessThan(200_000_000)
    } finally {
      gateway.kill('SIGKILL')
    }
  }, 150_000)
})
