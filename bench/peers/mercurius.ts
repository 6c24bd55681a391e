/** Mercurius with its JIT and its loaders on the same schema and SQL. HOT=1 adds mercurius-cache. */

import Fastify from 'fastify'
import mercurius from 'mercurius'
import mercuriusCache from 'mercurius-cache'
import { districtsById, iso, latestReadings, page, query, type ReadingArguments, streetsById, type Tree, typeDefs } from './plain.ts'

interface Asked<Parent, Arguments = unknown> {
  readonly obj: Parent
  readonly params: Arguments
}

const fastify = Fastify()
await fastify.register(mercurius, {
  schema: typeDefs,
  jit: 1,
  resolvers: {
    Query: query,
    BaumSeite: page,
    Baum: { geaendertAm: ({ geaendertAm }: Tree) => iso(geaendertAm) },
    Belegung: { zeit: ({ zeit }: { zeit: Date | string }) => iso(zeit) },
  },
  loaders: {
    Baum: {
      strasse: async (asked: readonly Asked<Tree>[]) => streetsOf(asked.map(({ obj }) => obj.strasseId)),
      stadtteil: async (asked: readonly Asked<Tree>[]) => districtsOf(asked.map(({ obj }) => obj.stadtteilId)),
    },
    Parkhaus: {
      belegungen: async (asked: readonly Asked<{ id: number }, ReadingArguments>[]) =>
        latestReadings(
          asked.map(({ obj }) => obj.id),
          asked[0]!.params,
        ),
    },
  },
})
if (process.env.HOT === '1') await fastify.register(mercuriusCache.default, { ttl: 600, all: true })

await fastify.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })

/** Unlike DataLoader, these loaders are handed every key as often as it occurs. */
async function distinct(ids: readonly number[], load: (ids: readonly number[]) => Promise<unknown[]>): Promise<unknown[]> {
  const each = [...new Set(ids)]
  const found = await load(each)
  const byId = new Map(each.map((id, at) => [id, found[at]]))
  return ids.map(id => byId.get(id))
}

function streetsOf(ids: readonly number[]): Promise<unknown[]> {
  return distinct(ids, streetsById)
}

function districtsOf(ids: readonly number[]): Promise<unknown[]> {
  return distinct(ids, districtsById)
}
