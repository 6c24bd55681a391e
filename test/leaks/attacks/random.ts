/** Random questions over the schema the public sees: none may reach a closed column, and the twin town must answer alike. */

import fc from 'fast-check'
import {
  buildClientSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
} from 'graphql'
import type { Stage } from '../stage.ts'
import { neverAsked, secretMark } from '../town/tables.ts'
import { essence } from '../town/world.ts'

const documents = 40

/** Columns that statements for the public may name: those of open fields, and what the engine needs by the configuration. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  hunde: ['hund_id', 'rasse', 'farbe', 'jahr', 'gewicht', 'groesse', 'geburtsdatum', 'lage', 'halter_id', 'sperrvermerk'],
  halterinnen: ['halter_id', 'stadtteil', 'wohnort', 'auskunft'],
  verloren: ['halter_id', 'stadtteil', 'fundort_intern', 'auskunft'],
}

export function randomAttacks(stage: () => Stage): void {
  test(`${documents} random questions name no closed column at the source, and the twin town answers them alike`, async () => {
    const { a, b, source, holds } = stage()
    const { json } = await a.ask(getIntrospectionQuery())
    const schema = buildClientSchema(json.data as never)
    let answered = 0
    const [calls, asked] = [a.calls.length, source.asked?.length ?? 0]
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(1_000_000)), async numbers => {
        const query = documentOf(schema, () => numbers.next().value)
        expect(validate(schema, parse(query))).toEqual([])
        const [known, unheard] = await Promise.all([a.ask(query), b.ask(query)])
        expect(essence(known)).toBe(essence(unheard))
        if (known.json.data) answered += 1
      }),
      { numRuns: documents, seed: 20261122, endOnFailure: true },
    )
    expect(answered).toBeGreaterThan(documents / 2)
    const statements = a.calls.slice(calls)
    expect(statements.length).toBeGreaterThan(holds ? 0 : documents / 4)
    for (const { dataset, statement } of statements) {
      expect(Object.keys(allowed)).toContain(dataset)
      expect(columnsIn(statement).filter(column => !allowed[dataset]!.includes(column))).toEqual([])
      expect(statement).not.toContain(secretMark)
    }
    const questions = [...statements.map(({ statement }) => statement), ...(source.asked?.slice(asked) ?? [])].join('\n')
    expect(questions).not.toMatch(new RegExp(`\\b(${neverAsked.join('|')})\\b|outFields=\\*|select \\*|\\bt\\.\\*`, 'i'))
  }, 60_000)
}

/** `t."name"` and its like: every column of a statement of ours is written so. */
function columnsIn(statement: string): string[] {
  return [...statement.matchAll(/\bt\.(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\])/g)].map(
    ([, double, back, bracket]) => double ?? back ?? bracket ?? '',
  )
}

type Next = () => number

function documentOf(schema: GraphQLSchema, next: Next): string {
  const root = schema.getQueryType()!
  const lists = Object.values(root.getFields()).filter(field => /^(hunde|halterinnen|fundhunde)/.test(field.name))
  const fields = Array.from({ length: 1 + (next() % 2) }, (_, at) => `r${at}: ${fieldOf(lists[next() % lists.length]!, 0, next)}`)
  return `{ ${fields.join(' ')} }`
}

function fieldOf(field: GraphQLField<unknown, unknown>, depth: number, next: Next): string {
  const given = field.args.flatMap(argument => argumentOf(argument, next))
  const type = getNamedType(field.type)
  const below = isObjectType(type) ? ` { ${selectionOf(type, depth + 1, next)} }` : ''
  return `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${below}`
}

function selectionOf(type: GraphQLObjectType, depth: number, next: Next): string {
  const fields = Object.values(type.getFields())
  const possible = depth < 6 ? fields : fields.filter(field => !isObjectType(getNamedType(field.type)))
  const chosen = possible.filter(() => next() % 3 === 0)
  const some = chosen.length > 0 ? chosen : possible.slice(0, 1)
  if (some.length === 0) return '__typename'
  return some.map((field, at) => (next() % 4 === 0 ? `x${depth}${at}: ` : '') + fieldOf(field, depth, next)).join(' ')
}

/** Sizes stay small, and pages begin at their beginning: cursors have attacks of their own. */
function argumentOf({ name, type }: GraphQLArgument, next: Next): string[] {
  if (name === 'after' || name === 'before' || name === 'last') return []
  if (name === 'first') return [`first: ${1 + (next() % 6)}`]
  return next() % 2 === 0 ? [`${name}: ${inputOf(type, 0, next)}`] : []
}

function inputOf(type: GraphQLInputType, depth: number, next: Next): string {
  if (isNonNullType(type)) return inputOf(type.ofType, depth, next)
  if (isListType(type)) return `[${Array.from({ length: 1 + (next() % 2) }, () => inputOf(type.ofType, depth, next)).join(', ')}]`
  if (isEnumType(type)) return type.getValues()[next() % type.getValues().length]!.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(({ name }) => depth < 3 || !/^(and|or|not)$/.test(name))
    const required = fields.filter(field => isNonNullType(field.type))
    const chosen = required.length > 0 ? required : [fields[next() % fields.length]!]
    return `{ ${chosen.map(field => `${field.name}: ${inputOf(field.type, depth + 1, next)}`).join(', ')} }`
  }
  return scalarOf(type.name, next)
}

const texts = ['Dackel', 'Pudel', 'a', '%', "'", 'klein', secretMark, ''] as const

function scalarOf(name: string, next: Next): string {
  switch (name) {
    case 'Int':
      return String((next() % 40) + 1990)
    case 'Float':
      return String((next() % 900) / 10)
    case 'Decimal':
      return `"${(next() % 200) / 10}"`
    case 'Boolean':
      return String(next() % 2 === 0)
    case 'GeoJSON':
      return '{ type: "Polygon", coordinates: [[[9.1, 47.6], [9.2, 47.6], [9.2, 47.7], [9.1, 47.6]]] }'
    default:
      return JSON.stringify(texts[next() % texts.length])
  }
}
