/** A model, ready to be asked: its schema with everything that answers it. */

import { createRequire } from 'node:module'
import { buildSchema, type GraphQLSchema } from 'graphql'
import type { Model } from '../model/index.ts'
import { type PageLimits, writeSchema } from '../schema/index.ts'
import { resolversFor } from './resolvers.ts'

// As CommonJS, which is loaded sooner; also what Apollo Server loads.
const { addResolversToSchema } = createRequire(import.meta.url)('@graphql-tools/schema') as typeof import('@graphql-tools/schema')

/** The executable schema of one audience; its resolvers expect an `Asking` as context. */
export function makeGraph(model: Model, limits: PageLimits): GraphQLSchema {
  const schema = buildSchema(writeSchema(model, limits))
  return addResolversToSchema({ schema, resolvers: resolversFor(model) as never, updateResolversInPlace: true })
}
