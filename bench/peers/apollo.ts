/** The gateway that a good team writes by hand: Apollo Server, DataLoader and knex on Fastify. HOT=1 adds Apollo's own response cache. */

import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl'
import responseCache from '@apollo/server-plugin-response-cache'
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify'
import Fastify from 'fastify'
import { type Context, context, schema } from './loaders.ts'

const fastify = Fastify()
const hot = process.env.HOT === '1'
const plugin = (responseCache as unknown as { default?: typeof responseCache }).default ?? responseCache
const apollo = new ApolloServer<Context>({
  schema,
  plugins: [fastifyApolloDrainPlugin(fastify), ...(hot ? [ApolloServerPluginCacheControl({ defaultMaxAge: 600 }), plugin()] : [])],
})
await apollo.start()
fastify.route({ url: '/graphql', method: ['GET', 'POST', 'OPTIONS'], handler: fastifyApolloHandler(apollo, { context }) })
await fastify.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
