/** Is this request small enough? Counted from its text and variables alone, before any source is asked. */

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { defaultGroups, type Limits } from './asking.ts'
import { pageTooLarge } from './page.ts'
import { refuse } from './refuse.ts'

type Variables = Readonly<Record<string, unknown>>

/** Selections looked at in one request, fragments counted at every use; more is an attack, not a question. */
const visitsAtMost = 10_000

/** Objects and lists within one another in a variable; the deepest filter that is allowed has about 50. */
const nestingAtMost = 64

/**
 * The cost of a request: rows that it could return at most, page sizes multiplied along each path.
 *
 * @throws GatewayError QUERY_TOO_EXPENSIVE, QUERY_TOO_DEEP, TOO_MANY_ALIASES, PAGE_TOO_LARGE
 */
export function assertAffordable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
  limits: Limits,
): number {
  assertShallow(variables)
  const cost = costOf(priceOf(schema, document, operation, limits), variables)
  if (cost > limits.cost) throw tooExpensive(cost, limits.cost)
  return cost
}

/** Rows that are known from the document alone, or depend on the variables. */
type Price = number | ((variables: Variables) => number)

function costOf(price: Price, variables: Variables): number {
  return typeof price === 'number' ? price : price(variables)
}

/** What a document costs under these limits; the document never changes, so it is looked through once. */
const prices = new WeakMap<OperationDefinitionNode, { readonly schema: GraphQLSchema; readonly limits: Limits; readonly price: Price }>()

function priceOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, limits: Limits): Price {
  const known = prices.get(operation)
  if (known?.schema === schema && known.limits === limits) return known.price
  const fragments = new Map(
    document.definitions
      .filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map(fragment => [fragment.name.value, fragment]),
  )
  const root = schema.getQueryType()
  const walk: Walk = { schema, root, fragments, limits, operation, visits: 0, aliases: 0 }
  const price = root ? setPrice(operation.selectionSet, root, walk, 1) : 0
  prices.set(operation, { schema, limits, price })
  return price
}

interface Walk {
  readonly schema: GraphQLSchema
  readonly root: GraphQLNamedType | null | undefined
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly limits: Limits
  readonly operation: OperationDefinitionNode
  visits: number
  aliases: number
}

function setPrice(set: SelectionSetNode, type: GraphQLNamedType | undefined, walk: Walk, depth: number): Price {
  const parts: Price[] = []
  for (const selection of set.selections) {
    walk.visits += 1
    if (walk.visits > visitsAtMost) throw tooExpensive(walk.visits, visitsAtMost)
    if (selection.kind === Kind.FIELD) parts.push(fieldPrice(selection, type, walk, depth))
    else {
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value)
      // Below an interface only the fragment says which object is meant.
      const condition = fragment?.typeCondition && walk.schema.getType(fragment.typeCondition.name.value)
      if (fragment) parts.push(setPrice(fragment.selectionSet, type && (condition ?? type), walk, depth))
    }
  }
  return sum(parts)
}

function sum(parts: readonly Price[]): Price {
  const known = parts.reduce<number>((total, part) => (typeof part === 'number' ? total + part : total), 0)
  const open = parts.filter(part => typeof part !== 'number')
  return open.length === 0 ? known : variables => open.reduce((total, part) => total + part(variables), known)
}

/** @param owner absent within introspection, which asks no source: there only aliases and selections count */
function fieldPrice(node: FieldNode, owner: GraphQLNamedType | undefined, walk: Walk, depth: number): Price {
  const { limits } = walk
  if (node.alias && node.alias.value !== node.name.value) walk.aliases += 1
  if (walk.aliases > limits.aliases) {
    throw refuse('TOO_MANY_ALIASES', {
      de: `Höchstens ${limits.aliases} Felder dürfen umbenannt werden.`,
      en: `At most ${limits.aliases} fields may be renamed.`,
    })
  }
  if (!owner || node.name.value.startsWith('__')) return node.selectionSet ? setPrice(node.selectionSet, undefined, walk, 0) : 0
  if (depth > limits.depth) {
    throw refuse(
      'QUERY_TOO_DEEP',
      { de: `Höchstens ${limits.depth} Ebenen untereinander.`, en: `At most ${limits.depth} levels below one another.` },
      { de: 'Bitte in zwei Anfragen teilen.', en: 'Ask in two requests.' },
    )
  }
  const field = isObjectType(owner) ? owner.getFields()[node.name.value] : undefined
  const inner = node.selectionSet && field ? setPrice(node.selectionSet, getNamedType(field.type), walk, depth + 1) : 0
  if (!node.selectionSet || !field || !startsRows(owner, walk)) return inner
  const names = field.args.map(argument => argument.name)
  const size = names.includes('first') ? pageSize(node, walk, names.includes('last')) : 1
  if (typeof size === 'number' && typeof inner === 'number') return size * (1 + inner)
  // What is within is judged first, as it stands in the document.
  return variables => {
    const within = costOf(inner, variables)
    return costOf(size, variables) * (1 + within)
  }
}

/** Rows begin at the root and at relations; `nodes`, `edges` and `pageInfo` only wrap them. */
function startsRows(owner: GraphQLNamedType, walk: Walk): boolean {
  return owner === walk.root || (isObjectType(owner) && owner.getInterfaces().length > 0)
}

function pageSize(node: FieldNode, { limits, operation }: Walk, isConnection: boolean): Price {
  const most = isConnection ? limits.pageSize : limits.groups
  const usual = Math.min(isConnection ? limits.defaultPageSize : defaultGroups, most)
  const [first, last] = ['first', 'last'].map(name => node.arguments?.find(argument => argument.name.value === name)?.value)
  const judge = (variables: Variables): number => {
    const asked = resolve(first, operation, variables) ?? resolve(last, operation, variables)
    const size = typeof asked === 'number' && asked >= 0 ? asked : usual
    if (size > most) throw pageTooLarge(most)
    return size
  }
  return [first, last].some(value => value?.kind === Kind.VARIABLE) ? judge : judge({})
}

function resolve(node: ValueNode | undefined, operation: OperationDefinitionNode, variables: Variables): unknown {
  if (!node) return undefined
  if (node.kind === Kind.INT) return Number(node.value)
  if (node.kind !== Kind.VARIABLE) return undefined
  const name = node.name.value
  if (Object.hasOwn(variables, name)) return variables[name] ?? undefined
  return resolve(
    operation.variableDefinitions?.find(definition => definition.variable.name.value === name)?.defaultValue,
    operation,
    variables,
  )
}

/** Level by level and not by recursion, which is what has to be kept from going too deep. */
function assertShallow(variables: Variables): void {
  let level: readonly unknown[] = [variables]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > nestingAtMost)
      throw refuse('QUERY_TOO_DEEP', {
        de: `Variablen dürfen höchstens ${nestingAtMost} Ebenen haben.`,
        en: `Variables may have at most ${nestingAtMost} levels.`,
      })
    const below: unknown[] = []
    for (const value of level) if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) below.push(inner)
    level = below
  }
}

function tooExpensive(cost: number, most: number) {
  return refuse(
    'QUERY_TOO_EXPENSIVE',
    {
      de: `Diese Anfrage könnte ${cost} Zeilen liefern; höchstens ${most} sind erlaubt.`,
      en: `This request could return ${cost} rows; at most ${most} are allowed.`,
    },
    { de: 'Kleinere Seiten („first“) oder weniger Ebenen helfen.', en: 'Smaller pages ("first") or fewer levels help.' },
  )
}
