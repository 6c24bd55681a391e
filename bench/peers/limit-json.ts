/** A limit: one prepared statement a question whose JSON PostgreSQL makes, sent as it comes. No GraphQL, no names, no rules. */

import Fastify from 'fastify'
import pg from 'pg'

const tree = `'nummer', t.nummer, 'artDeutsch', t.art_deutsch, 'artLateinisch', t.art_lateinisch, 'pflanzjahr', t.pflanzjahr,
  'hoehe', t.hoehe, 'stammumfang', t.stammumfang, 'pflege', t.pflege, 'geaendertAm', t.geaendert_am`
const list = (object: string, from: string) => `select json_agg(json_build_object(${object}))::text from (${from}) t`
const joined = `'nummer', t.nummer, 'artDeutsch', t.art_deutsch, 'strasse', json_build_object('name', s.name, 'schluessel', s.schluessel),
  'stadtteil', json_build_object('name', d.name, 'einwohner', d.einwohner)`

const statements: Record<string, string> = {
  one: `select json_build_object(${tree})::text from baum t where id = $1::int`,
  page: list(tree, 'select * from baum where id > $1::int order by id limit 100'),
  nested: `select json_agg(json_build_object(${joined}) order by t.id)::text from (select * from baum where id > $1::int order by id limit 100) t
    join strasse s on s.id = t.strasse_id join stadtteil d on d.id = t.stadtteil_id`,
  latest: `select json_agg(json_build_object('name', p.name, 'belegungen', b.rows) order by p.id)::text from parkhaus p cross join lateral
    (select json_agg(json_build_object('zeit', r.zeit, 'frei', r.frei)) as rows from
      (select zeit, frei from belegung where parkhaus_id = p.id and zeit < $1::timestamptz order by zeit desc limit 24) r) b`,
  many: list(tree, 'select * from baum where id > $1::int order by id limit 5000'),
  search: `select json_build_object('gesamt', (select count(*) from baum where art_deutsch = $1 and pflanzjahr >= $2::int),
    'baeume', (${list(tree, 'select * from baum where art_deutsch = $1 and pflanzjahr >= $2::int order by pflanzjahr desc, id limit 50 offset 100')})::json)::text`,
  groups: list(
    `'stadtteil', t.stadtteil_id, 'art', t.art_deutsch, 'anzahl', t.n`,
    'select stadtteil_id, art_deutsch, count(*) n from baum where pflanzjahr >= $1::int group by 1, 2',
  ),
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const fastify = Fastify()
fastify.post<{ Body: { question: string; values: (string | number)[] } }>('/graphql', async (request, reply) => {
  const { question, values } = request.body
  const { rows } = await pool.query({ name: question, text: statements[question]!, values, rowMode: 'array' })
  return reply.type('application/json').send(`{"data":${rows[0]?.[0]}}`)
})
await fastify.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
