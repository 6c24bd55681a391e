/** Which JSON Schemas let an editor complete and check the files of a configuration? */

import { z } from 'zod'
import { approvalsForm } from './exposure/approval.ts'
import { datasetForm } from './form/dataset.ts'
import { gatewayForm } from './form/gateway.ts'
import { sourceForm } from './form/source.ts'
import type { SourceKindParser } from './gateway.ts'
import { keysForm } from './keys.ts'

type Json = z.core.JSONSchema.BaseSchema

/**
 * JSON Schemas (draft 2020-12) by name: `gateway`, `source`, `dataset`, `approvals`, `keys`. Made from the definitions that parse the files.
 */
export function configurationSchemas(kinds: readonly SourceKindParser[]): Readonly<Record<string, Json>> {
  return {
    gateway: schemaOf(gatewayForm, orSecret),
    source: schemaOf(sourceForm(kinds), orSecret),
    dataset: withPlaces(schemaOf(datasetForm), kinds),
    approvals: schemaOf(approvalsForm),
    keys: schemaOf(keysForm),
  }
}

function schemaOf(form: z.ZodType, override?: typeof orSecret): Json {
  return z.toJSONSchema(form, { io: 'input', unrepresentable: 'any', reused: 'inline', ...(override && { override }) })
}

const secret = { type: 'string', pattern: '\\$\\{.+\\}' } as const

/** Where secrets are filled in, `${NAME}` may stand for a number, a duration or one of several words. */
function orSecret({ jsonSchema, path }: { jsonSchema: Json; path: readonly (string | number)[] }): void {
  if (path.at(-1) === 'id' || path.at(-1) === 'kind') return
  const { type, description, default: usual, examples, ...rest } = jsonSchema
  const narrow = type === 'integer' || type === 'number' || type === 'boolean' || (type === 'string' && (rest.pattern || rest.enum))
  if (!narrow) return
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key]
  Object.assign(jsonSchema, {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
    ...(examples !== undefined && { examples }),
    anyOf: [{ type, ...rest }, secret],
  })
}

/** What stands beside `use:` depends on a file the editor does not look into, so that of every kind is possible. */
function withPlaces(schema: Json, kinds: readonly SourceKindParser[]): Json {
  const { source = {}, ...others } = schema.properties as Record<string, Json>
  const { use = {} } = source.properties as Record<string, Json>
  const anyOf = kinds.map(({ kinds, place }): Json => {
    const { $schema: _, required = [], properties = {}, ...own } = schemaOf(place)
    return { title: kinds.join(', '), ...own, properties: { use, ...properties }, required: ['use', ...required] }
  })
  const described: Json = { ...(source.description !== undefined && { description: source.description }), anyOf }
  return { ...schema, properties: { ...others, source: described } } as Json
}
