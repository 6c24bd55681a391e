/** How does a value become JSON by its GraphQL type, without looking at the type again for every value? */

import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import type { Selected } from '../selection.ts'

/** JSON text of one value. */
export type Write = (value: unknown) => string

/**
 * A value that graphql-js would have answered with an error of its own: null where the schema allows none, a number without an end.
 * Nobody explains these better than graphql-js itself, so it answers the whole request instead.
 */
export class Unwritable extends Error {}

/** The document's fragments and those variables that decide what is selected, with the schema they were checked against. */
export interface Setting extends Pick<Selected, 'fragments' | 'variableValues'> {
  readonly schema: GraphQLSchema
}

/** The fields of an object, by the name they have in the answer and in the answer's order: exactly as graphql-js collects them. */
export function fieldsBelow(type: GraphQLObjectType, nodes: readonly FieldNode[], { schema, fragments, variableValues }: Setting) {
  return collectSubfields(schema, fragments, variableValues, type, nodes)
}

/** Writes values whose fields are their own properties: leaves, objects and lists of them. */
export function writerOf(type: GraphQLOutputType, nodes: readonly FieldNode[], setting: Setting): Write {
  if (isNonNullType(type)) {
    const write = writerOf(type.ofType, nodes, setting)
    return value => {
      if (value === null || value === undefined) throw new Unwritable()
      return write(value)
    }
  }
  const write = isListType(type)
    ? listWriter(writerOf(type.ofType, nodes, setting))
    : isObjectType(type)
      ? objectWriter(type, nodes, setting)
      : (leaves[type.name] ?? jsonText)
  return value => (value === null || value === undefined ? 'null' : write(value))
}

function listWriter(write: Write): Write {
  return value => {
    if (!Array.isArray(value)) throw new Unwritable()
    return `[${value.map(write).join(',')}]`
  }
}

function objectWriter(type: GraphQLObjectType, nodes: readonly FieldNode[], setting: Setting): Write {
  const parts = [...fieldsBelow(type, nodes, setting)].map(([key, fieldNodes], at) => {
    const before = `${at === 0 ? '' : ','}${JSON.stringify(key)}:`
    const name = fieldNodes[0]!.name.value
    if (name === '__typename') return () => before + JSON.stringify(type.name)
    const write = writerOf(type.getFields()[name]!.type, fieldNodes, setting)
    return (value: Readonly<Record<string, unknown>>) => before + write(value[name])
  })
  return value => {
    let text = '{'
    for (const part of parts) text += part(value as Readonly<Record<string, unknown>>)
    return `${text}}`
  }
}

/** As `serialize` of graphql-js does it, for values that it takes as they are. The scalars of the house are taken as they are, all of them. */
const leaves: Readonly<Record<string, Write>> = {
  Int: value => {
    if (!Number.isInteger(value) || (value as number) > 2 ** 31 - 1 || (value as number) < -(2 ** 31)) throw new Unwritable()
    return numberText(value as number)
  },
  Float: value => {
    if (!Number.isFinite(value)) throw new Unwritable()
    return numberText(value as number)
  },
  Boolean: value => {
    if (typeof value !== 'boolean') throw new Unwritable()
    return value ? 'true' : 'false'
  },
  String: text,
  ID: text,
}

/** JSON knows no `-0`. */
function numberText(value: number): string {
  return value === 0 ? '0' : String(value)
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Unwritable()
  return quoted(value)
}

/** Any value as it is. */
export function jsonText(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : (JSON.stringify(value) ?? 'null')
}

/** Anything but what stands in JSON as it is: not quotes, backslashes, control characters, nor anything in two halves. */
const special = /[^ !#-[\]-~\u00a0-\ud7ff\ue000-\uffff]/

/** Most texts need nothing but quotes around them. */
export function quoted(value: string): string {
  return special.test(value) ? JSON.stringify(value) : `"${value}"`
}
