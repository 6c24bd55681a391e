/** A model, ready to be asked: its schema with everything that answers it. */

import { makeExecutableSchema } from '@graphql-tools/schema'
import type { GraphQLSchema } from 'graphql'
import type { Model } from '../model/index.ts'
import { type PageLimits, writeSchema } from '../schema/index.ts'
import { resolversFor } from './resolvers.ts'

/** The executable schema of one audience; its resolvers expect an `Asking` as context. */
export function makeGraph(model: Model, limits: PageLimits): GraphQLSchema {
  return makeExecutableSchema({ typeDefs: writeSchema(model, limits), resolvers: resolversFor(model) as never })
}
