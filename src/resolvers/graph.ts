/** A model, ready to be asked: its schema with everything that answers it. */

import { createRequire } from 'node:module'
import type { GraphQLSchema } from 'graphql'
import type { Model } from '../model/index.ts'
import { type PageLimits, writeSchema } from '../schema/index.ts'
import { resolversFor } from './resolvers.ts'

// As CommonJS, which is loaded sooner; also what Apollo Server loads.
const { makeExecutableSchema } = createRequire(import.meta.url)('@graphql-tools/schema') as typeof import('@graphql-tools/schema')

/** The executable schema of one audience; its resolvers expect an `Asking` as context. */
export function makeGraph(model: Model, limits: PageLimits): GraphQLSchema {
  return makeExecutableSchema({ typeDefs: writeSchema(model, limits), resolvers: resolversFor(model) as never })
}
