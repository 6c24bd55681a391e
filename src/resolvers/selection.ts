/** What did the caller select below a field? Only that is asked of a source. */

import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** The selections of one level, merged by field name: aliases of one field stand together. */
export type Selection = ReadonlyMap<string, readonly FieldNode[]>

type Setting = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>

/** A field where it is selected; what of graphql-js' own `info` is looked at. */
export type Selected = Setting & { readonly fieldNodes: readonly FieldNode[] }

/**
 * What is selected at a place below the resolved field.
 *
 * @param types names that a fragment's type condition may have to count: the object's own type and its interfaces
 * @param path  field names from the resolved field to the level in question, such as `['edges', 'node']`
 */
export function selectionAt(info: Selected, types: readonly string[], path: readonly string[] = []): Selection {
  let nodes: readonly FieldNode[] = info.fieldNodes
  for (const name of path) nodes = merge(nodes, info).get(name) ?? []
  return merge(nodes, info, types)
}

/** The selections below several selections of one field. */
export function below(nodes: readonly FieldNode[] | undefined, info: Setting, types?: readonly string[]): Selection {
  return merge(nodes ?? [], info, types)
}

function merge(nodes: readonly FieldNode[], setting: Setting, types?: readonly string[]): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>()
  for (const node of nodes) if (node.selectionSet) collect(node.selectionSet, setting, types, found, new Set())
  return found
}

function collect(
  set: SelectionSetNode,
  setting: Setting,
  types: readonly string[] | undefined,
  found: Map<string, FieldNode[]>,
  passed: Set<string>,
): void {
  for (const selection of set.selections) {
    if (!isIncluded(selection, setting)) continue
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value
      found.set(name, [...(found.get(name) ?? []), selection])
      continue
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD && passed.has(selection.name.value)) continue
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : setting.fragments[selection.name.value]
    if (selection.kind === Kind.FRAGMENT_SPREAD) passed.add(selection.name.value)
    const condition = fragment?.typeCondition?.name.value
    if (fragment && (!condition || !types || types.includes(condition))) collect(fragment.selectionSet, setting, types, found, passed)
  }
}

function isIncluded(selection: SelectionNode, { variableValues }: Setting): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if !== false
}
