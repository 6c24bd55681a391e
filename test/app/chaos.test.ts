/** Trouble on the wires to databases, services and Redis: who gets what meanwhile, and is all as before afterwards? */

import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { asMariadb, asPostgres, mariadbServer, noMariadb, noPostgres, postgresServer } from '../connectors/sql/servers.ts'
import { approveAll, type City, datasetText, startCity, writeFolder } from '../support/city.ts'
import { redisServer } from '../support/redis.ts'
import { type Relay, type RelayMode, relayTo } from '../support/relay.ts'

const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379'
const redis = await redisServer(redisUrl)
const missing = [noPostgres, noMariadb, redis.there ? undefined : redis.reason].filter(reason => reason !== undefined)

const unique = `stadttor_test_chaos_${process.pid}`
const limits = 'limits: { connections: 2, statement: 1500 ms }'

const dataset = (id: string, type: string, source: string) =>
  datasetText(
    id,
    type,
    source,
    `key: [{ column: nr, type: int }]
freshFor: 0 s
fields: { art: { column: art, type: text, title: Art, use: [read, filter] } }`,
  )

/** The wires, by the list of the dataset behind each. */
let wires: Readonly<Record<'baeume' | 'bruecken' | 'pegel' | 'redis', Relay>>
let service: Server
let city: City

/** A condition that may take a while to come true. */
async function eventually(what: string, holds: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const until = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`${what}: not within ${withinMs} ms`)
    await new Promise(done => setTimeout(done, 100))
  }
}

const sessions = () =>
  asPostgres('postgres', async client => {
    const { rows } = await client.query(
      `select count(*)::int as all, count(*) filter (where state = 'active')::int as busy from pg_stat_activity where usename = $1`,
      [unique],
    )
    return rows[0] as { all: number; busy: number }
  })

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

if (missing.length > 0) test.skip(`trouble on the wires (${missing.join(', ')})`, () => {})
else
  describe('trouble on the wires', () => {
    beforeAll(async () => {
      await asPostgres('postgres', async client => {
        await client.query(`create database ${unique}`)
        await client.query(`create role ${unique} login password 'geheim'`)
      })
      await asPostgres(unique, client =>
        client.query(`create table baum (nr int primary key, art text); insert into baum select n, 'Linde ' || n from generate_series(1, 300) n;
          create view langsam as select nr, art from baum, (select pg_sleep(30) offset 0) s;
          grant select on baum, langsam to ${unique}`),
      )
      await asMariadb(admin =>
        admin.query(`create database ${unique} character set utf8mb4; create user ${unique} identified by 'geheim';
          create table ${unique}.bruecke (nr int primary key, art varchar(40)); insert into ${unique}.bruecke values (1, 'Bogen'), (2, 'Balken');
          grant select on ${unique}.bruecke to ${unique}`),
      )
      service = createServer((_request, response) =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify([{ nr: 1, art: 'Pegel Konstanz' }])),
      )
      service.listen(0, '127.0.0.1')
      await once(service, 'listening')
      const cache = new URL(redisUrl)
      wires = {
        baeume: await relayTo(postgresServer.host, postgresServer.port),
        bruecken: await relayTo(mariadbServer.host, mariadbServer.port),
        pegel: await relayTo('127.0.0.1', (service.address() as AddressInfo).port),
        redis: await relayTo(cache.hostname, Number(cache.port || 6379)),
      }
      const folder = await writeFolder({
        'gateway.yml': `city: { name: t, title: T, operator: T }\nsecret: 0123456789abcdef0123456789abcdef\nlimits: { request: 3 s }\ncache: { redis: "redis://127.0.0.1:${wires.redis.port}", prefix: chaos${process.pid} }\n`,
        'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
        'sources/pg.yml': `id: pg\nkind: postgres\ntitle: Grün\nconnection: { host: 127.0.0.1, port: ${wires.baeume.port}, database: ${unique}, user: ${unique}, password: geheim }\n${limits}\n`,
        'sources/maria.yml': `id: maria\nkind: mariadb\ntitle: Brücken\nconnection: { host: 127.0.0.1, port: ${wires.bruecken.port}, database: ${unique}, user: ${unique}, password: geheim }\n${limits}\n`,
        'sources/netz.yml': `id: netz\nkind: http\ntitle: Pegel\nconnection: { url: "http://127.0.0.1:${wires.pegel.port}" }\n${limits}\n`,
        'datasets/amt/wege.yml': dataset('wege', 'Weg', '{ use: datei, path: wege.csv }'),
        'datasets/amt/baeume.yml': dataset('baeume', 'Baum', '{ use: pg, table: baum }'),
        'datasets/amt/langsam.yml': dataset('langsam', 'Langsam', '{ use: pg, table: langsam }'),
        'datasets/amt/bruecken.yml': dataset('bruecken', 'Bruecke', '{ use: maria, table: bruecke }'),
        'datasets/amt/pegel.yml': dataset('pegel', 'Pegel', '{ use: netz, path: pegel, format: json }'),
        'datasets/amt/bekannt.yml': dataset('bekannt', 'Bekannt', '{ use: pg, table: baum }').replace('freshFor: 0 s', 'freshFor: 1 s'),
        'wege.csv': 'nr;art\n1;Allee\n',
      })
      await approveAll(folder)
      city = await startCity(folder)
    }, 60_000)

    afterAll(async () => {
      await city?.stop()
      for (const wire of Object.values(wires ?? {})) await wire.end()
      service?.closeAllConnections()
      service?.close()
      await asPostgres('postgres', async client => {
        await client.query(`drop database if exists ${unique} with (force)`)
        await client.query(`drop role if exists ${unique}`)
      })
      await asMariadb(admin => admin.query(`drop database if exists ${unique}; drop user if exists ${unique}`))
    })

    const lists = ['baeume', 'bruecken', 'pegel'] as const
    let asked = 0
    /** A question to everybody that nobody asked before. */
    const askAll = () =>
      city.ask(
        `{ wege(first: 1) { nodes { art } } ${lists.map(list => `${list}(first: ${1 + (++asked % 200)}) { nodes { art } }`).join(' ')} }`,
      )
    const allWell = async (): Promise<boolean> => (await askAll()).errors === undefined

    const faults: readonly (RelayMode | 'kill')[] = ['kill', 'refuse', 'hang', 'slow', 'cut', 'trickle']
    const cases = lists.flatMap(list => faults.map(fault => [list, fault] as const))

    test.each(cases)(
      '%s, wire: %s — callers hear it in time, the others go on, and soon all is as before',
      async (list, fault) => {
        await eventually('all is well before', allWell)
        if (fault === 'kill') wires[list].kill()
        else await wires[list].become(fault)
        // More callers than connections, at once and one after the other.
        const answers = [...(await Promise.all([askAll(), askAll(), askAll()])), await askAll()]
        for (const { data, errors } of answers) {
          const others = lists.filter(other => other !== list)
          for (const other of ['wege', ...others])
            expect((data as Record<string, unknown>)[other]).toMatchObject({ nodes: expect.anything() })
          for (const { path, extensions } of errors ?? []) {
            expect(path).toEqual([list])
            expect(extensions.code).toMatch(/^SOURCE_(UNAVAILABLE|TIMEOUT|BUSY|ANSWER_INVALID)$/)
          }
          if (fault !== 'kill' && fault !== 'slow') expect(errors).toHaveLength(1)
        }
        await wires[list].become('pass')
        await eventually('all is well afterwards', allWell, 30_000)
        expect((await sessions()).all).toBeLessThanOrEqual(3)
      },
      90_000,
    )

    test.each<RelayMode>(['refuse', 'hang', 'slow', 'cut', 'trickle'])('Redis, wire: %s — nobody notices', async fault => {
      await wires.redis.become(fault)
      for (let n = 0; n < 5; n++) {
        const { data, errors } = await city.ask(`{ bekannt(first: ${1 + (++asked % 200)}) { nodes { art } } }`)
        expect(errors).toBeUndefined()
        expect(data).toMatchObject({ bekannt: { nodes: expect.arrayContaining([{ art: expect.stringContaining('Linde') }]) } })
      }
      await wires.redis.become('pass')
    })

    // The median of several outages: what other work on this machine costs one answer is not what Redis costs it.
    test.each<RelayMode>(['hang', 'slow'])(
      'Redis, wire: %s — who meets it first waits at most 150 ms more, and nobody after that',
      async fault => {
        const told = (message: string) => city.log.filter(({ msg }) => msg === message).length
        const inUse = async () => {
          await timed()
          return told('Redis answers again.') === told('Redis does not answer; the cache works without it until it does.')
        }
        const timed = async (): Promise<number> => {
          const since = performance.now()
          const { errors } = await city.ask(`{ bekannt(first: ${1 + (++asked % 200)}) { nodes { art } } }`)
          expect(errors).toBeUndefined()
          return performance.now() - since
        }
        const [before, first, after]: [number[], number[], number[]] = [[], [], []]
        for (let outage = 0; outage < 3; outage++) {
          await eventually('Redis is in use', inUse)
          for (let n = 0; n < 5; n++) before.push(await timed())
          await wires.redis.become(fault)
          first.push(await timed())
          for (let n = 0; n < 5; n++) after.push(await timed())
          await wires.redis.become('pass')
        }
        expect(told('Redis answers again.')).toBeGreaterThanOrEqual(2)
        expect(median(first) - median(before)).toBeLessThan(150)
        expect(median(after) - median(before)).toBeLessThan(75)
      },
      60_000,
    )

    test('a caller who leaves takes the statement along; one who waits for the same keeps it', async () => {
      await eventually('all is well before', allWell)
      const url = `${city.url}/graphql?query=${encodeURIComponent('{ langsam(first: 1) { nodes { art } } }')}`
      const call = () => {
        const caller = request(url)
        caller.on('error', () => {})
        caller.end()
        return caller
      }
      const [first, second] = [call(), call()]
      await eventually('the statement runs', async () => (await sessions()).busy === 1)
      first.destroy()
      await new Promise(done => setTimeout(done, 300))
      expect((await sessions()).busy).toBe(1)
      second.destroy()
      await eventually('the statement is gone', async () => (await sessions()).busy === 0, 2_000)
    })
  })
