/** What of Apollo Server is used here, as CommonJS. */

import { createRequire } from 'node:module'
import type { BaseContext } from '@apollo/server'

const require = createRequire(import.meta.url)

// Not imported: the same libraries are two hundred ECMAScript modules then, whose every line of import Node.js resolves anew. As CommonJS they
// are there with 90 ms less of CPU (2026-11-26). All of them, and graphql-tools too, or both forms would be loaded.
export const { ApolloServer, HeaderMap } = require('@apollo/server') as typeof import('@apollo/server')
export const {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} = require('@apollo/server/plugin/disabled') as typeof import('@apollo/server/plugin/disabled')
export const { fastifyApolloHandler } = require('@as-integrations/fastify') as typeof import('@as-integrations/fastify')

export type ApolloServer<Context extends BaseContext> = import('@apollo/server').ApolloServer<Context>
