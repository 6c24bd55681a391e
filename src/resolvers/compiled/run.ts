/** How is a request answered by its plan? */

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import { type Model, pickRows } from '../../model/index.ts'
import { type AggregateArguments, resolveAggregate } from '../aggregate.ts'
import type { Asking } from '../asking.ts'
import { foundOf } from '../batches.ts'
import { nameOf } from '../keys.ts'
import { prepareList } from '../lists.ts'
import type { PageArguments } from '../page.ts'
import { type Many, planMany, startsFromTheEnd } from '../relations.ts'
import { openId } from '../view.ts'
import { alongWith, noteAlone } from './along.ts'
import { gather, gatherPage } from './gather.ts'
import { type ManyPlan, type ObjectPlan, type Plan, type Prepared, planOf, type RootPlan } from './plan.ts'
import { Unwritable } from './text.ts'
import { Writer } from './write.ts'

/** What stands before and after the `data` of an answer. */
export interface Frame {
  readonly before: string
  readonly after: string
}

/** The `data` of an answer, as the JSON text it will be sent as, in UTF-8; with its frame, where one was asked for. */
export interface Written {
  readonly text: Buffer
  readonly errors: readonly GraphQLError[]
}

type Variables = Readonly<Record<string, unknown>>

/** Answers documents by plans that are made once for each. */
export type Runner = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  asking: Asking,
  frame?: (errors: readonly GraphQLError[]) => Frame,
) => Promise<Written | undefined>

/** Plans of one document at most: its operations, in two languages, for each choice of its `@include` and `@skip`. */
const plansAtMost = 32

/**
 * What a plan cannot answer is left to graphql-js, with `undefined`: introspection, arguments that are wrong (it says best what is wrong
 * with them, and no source has been asked yet), and values that the schema does not allow.
 */
export function makeRunner(schema: GraphQLSchema, model: Model): Runner {
  const plans = new WeakMap<OperationDefinitionNode, Map<string, Plan | undefined>>()

  function planFor(document: DocumentNode, operation: OperationDefinitionNode, values: Variables, { language, house }: Asking) {
    const known = plans.get(operation) ?? new Map<string, Plan | undefined>()
    plans.set(operation, known)
    const key = JSON.stringify([language, ...decidersOf(document).map(name => values[name] ?? null)])
    if (known.has(key)) return known.get(key)
    if (known.size >= plansAtMost) known.clear()
    const setting = { schema, fragments: fragmentsOf(document), variableValues: { ...values } }
    const plan = planOf(operation, setting, { model, language, zone: house.zone })
    known.set(key, plan)
    return plan
  }

  return async (document, operation, variables, asking, frame) => {
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 50 })
    const plan = coerced && planFor(document, operation, coerced, asking)
    const roots = plan && attempted(() => plan.parts.map(({ root }) => prepareRoot(root, { schema, values: coerced, asking })))
    if (!roots) return undefined
    const answered = await Promise.all(roots.map(answer => answer()))
    // Values that fail one by one are graphql-js's affair.
    if (asking.provenance.lacks) return undefined
    const writer = new Writer(asking)
    try {
      for (const [at, { before }] of plan.parts.entries()) {
        writer.out.text(before)
        answered[at]!(writer)
      }
      writer.out.text(plan.after)
      const { before, after } = frame?.(writer.errors) ?? {}
      return { text: writer.out.end(before, after), errors: writer.errors }
    } catch (error) {
      if (error instanceof Unwritable) return undefined
      throw error
    }
  }
}

/** Whatever is wrong before a source was asked is found again, and explained, by graphql-js. */
function attempted<T>(prepare: () => T): T | undefined {
  try {
    return prepare()
  } catch {
    return undefined
  }
}

interface Run {
  readonly schema: GraphQLSchema
  readonly values: Variables
  readonly asking: Asking
}

/** Asks, and then says how what came is written. */
type Answer = () => Promise<(writer: Writer) => void>

function prepareRoot(root: RootPlan, run: Run): Answer {
  const { asking } = run
  const args = argumentsOf(run.schema.getQueryType()!.getFields()[root.nodes[0]!.name.value]!, root.nodes, run)
  const answer = ((): Answer => {
    if (root.is === 'aggregate') {
      return async () => {
        const value = await resolveAggregate(root.dataset, args as AggregateArguments, asking, root.selected)
        return writer => writer.out.text(root.write(value))
      }
    }
    if (root.is === 'one') {
      const { template, object } = root
      const key = openId(asking, String(args.id), template.dataset).key
      const many = prepareMany([object], run)
      return async () => {
        const { rows, places } = await foundOf(asking, template, [key])
        const level = await gather(object, pickRows(rows, places.get(nameOf(key))?.slice(0, 1) ?? []), asking, many)
        return writer => (level.rows.length > 0 ? writer.under(root.key, () => writer.object(object, level, 0)) : writer.out.text('null'))
      }
    }
    const { connection } = root
    const many = prepareMany(connection.objects, run)
    const along = alongWith(connection, many, asking)
    const companions = along.map(({ companion }) => companion)
    const list = prepareList(connection.dataset, args as PageArguments, asking, connection.needs, companions)
    return async () => {
      const page = await list()
      if (along.length > 0 && !page.along) noteAlone(connection)
      const level = await gatherPage(connection, page, asking, many, along)
      return writer => writer.under(root.key, () => writer.connection(connection, level))
    }
  })()
  return () => answer().catch(error => (writer: Writer) => writer.failed(root.key, root.nodes, error))
}

/** Works out the arguments of every list below, once for all parents. */
function prepareMany(objects: readonly ObjectPlan[], run: Run, into = new Map<ManyPlan, Many | undefined>()): Prepared {
  for (const { relations } of objects)
    for (const plan of relations) {
      if (plan.is === 'single') prepareMany([plan.object], run, into)
      else {
        const args = argumentsOf(plan.owner.getFields()[plan.relation.name]!, plan.nodes, run) as PageArguments
        const many = planMany(plan.relation, plan.connection.dataset, args, run.asking, plan.connection.needs)
        if (many && startsFromTheEnd(many)) throw new Unwritable()
        into.set(plan, many)
        prepareMany(plan.connection.objects, run, into)
      }
    }
  return into
}

function argumentsOf(field: Parameters<typeof getArgumentValues>[0], nodes: readonly FieldNode[], { values }: Run): Variables {
  return getArgumentValues(field, nodes[0]!, values)
}

const deciders = new WeakMap<DocumentNode, readonly string[]>()

/** The variables that decide whether something is selected. */
function decidersOf(document: DocumentNode): readonly string[] {
  const known = deciders.get(document)
  if (known) return known
  const names = new Set<string>()
  visit(document, {
    Directive: ({ arguments: given }) => {
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  deciders.set(document, [...names])
  return [...names]
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    document.definitions
      .filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map(fragment => [fragment.name.value, fragment]),
  )
}
