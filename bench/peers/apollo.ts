/** The gateway that a good team writes by hand: Apollo Server, DataLoader and knex on Fastify. HOT=1 adds Apollo's own response cache. */

import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl'
import responseCache from '@apollo/server-plugin-response-cache'
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify'
import { makeExecutableSchema } from '@graphql-tools/schema'
import DataLoader from 'dataloader'
import Fastify from 'fastify'
import { districtsById, iso, latestReadings, page, query, type ReadingArguments, streetsById, type Tree, typeDefs } from './plain.ts'

interface Context {
  readonly streets: DataLoader<number, unknown>
  readonly districts: DataLoader<number, unknown>
  /** One loader for each set of arguments. */
  readonly readings: Map<string, DataLoader<number, unknown[]>>
}

const resolvers = {
  Query: query,
  BaumSeite: page,
  Baum: {
    geaendertAm: ({ geaendertAm }: Tree) => iso(geaendertAm),
    strasse: ({ strasseId }: Tree, _: unknown, { streets }: Context) => streets.load(strasseId),
    stadtteil: ({ stadtteilId }: Tree, _: unknown, { districts }: Context) => districts.load(stadtteilId),
  },
  Parkhaus: {
    belegungen: ({ id }: { id: number }, args: ReadingArguments, { readings }: Context) => {
      const key = JSON.stringify(args)
      if (!readings.has(key)) readings.set(key, new DataLoader(ids => latestReadings(ids, args)))
      return readings.get(key)!.load(id)
    },
  },
  Belegung: { zeit: ({ zeit }: { zeit: Date | string }) => iso(zeit) },
}

const fastify = Fastify()
const hot = process.env.HOT === '1'
const plugin = (responseCache as unknown as { default?: typeof responseCache }).default ?? responseCache
const apollo = new ApolloServer<Context>({
  schema: makeExecutableSchema({ typeDefs, resolvers }),
  plugins: [fastifyApolloDrainPlugin(fastify), ...(hot ? [ApolloServerPluginCacheControl({ defaultMaxAge: 600 }), plugin()] : [])],
})
await apollo.start()
const context = async () => ({ streets: new DataLoader(streetsById), districts: new DataLoader(districtsById), readings: new Map() })
fastify.route({ url: '/graphql', method: ['GET', 'POST', 'OPTIONS'], handler: fastifyApolloHandler(apollo, { context }) })
await fastify.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
