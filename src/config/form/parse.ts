/** Does an entry have its form, and if not, what do we say? zod finds the mistakes; every sentence is ours. */

import type { z } from 'zod'
import type { Mistake, Path } from '../mistake.ts'
import { mistakesOf, type Place } from './sentences.ts'
import { replaceAt, valueAt, withoutAt } from './tree.ts'

export type Parsed<T> =
  | { readonly value: T; readonly mistakes?: never; readonly rest?: never }
  /** `rest`: what is left when the wrong entries are left out, for further checks only. */
  | { readonly value?: never; readonly mistakes: readonly Mistake[]; readonly rest?: T }

/** Parses one entry, or says everything that is wrong with it. */
export function parseForm<T>(schema: z.ZodType<T>, data: unknown, place: Place): Parsed<T> {
  const first = schema.safeParse(data, { error: note })
  if (first.success) return { value: first.data }
  const converted = convertSecrets(data, first.error.issues, place)
  const second = converted === undefined ? first : schema.safeParse(converted, { error: note })
  if (second.success) return { value: second.data }
  const { issues } = second.error
  const news = issues.filter(({ path }) => !place.holes?.has(JSON.stringify([...(place.path ?? []), ...path])))
  const rest = schema.safeParse(withoutWrong(converted ?? data, issues))
  return { mistakes: mistakesOf(news, data, place), ...(rest.success && { rest: rest.data }) }
}

/** Leaves out what is wrong: a whole field or relation, so that no half of one is judged; else the entry at the top. */
function withoutWrong(data: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  return issues
    .flatMap(issue => (issue.code === 'unrecognized_keys' ? issue.keys.map(key => [...issue.path, key]) : [issue.path]))
    .map(path => (path as Path).slice(0, path[0] === 'fields' || path[0] === 'relations' ? 2 : 1))
    .reduce(withoutAt, data)
}

/** Keeps for `UNKNOWN_KEY` what the strict object knows: zod's issue does not carry it. */
const note: z.core.$ZodErrorMap = issue => {
  if (issue.code !== 'unrecognized_keys') return undefined
  const definition = issue.inst?._zod.def
  return definition && 'shape' in definition ? JSON.stringify(Object.keys(definition.shape as object)) : '[]'
}

/** An environment variable is always text; where a number or a truth value is due, the text is read as one. */
function convertSecrets(data: unknown, issues: readonly z.core.$ZodIssue[], place: Place): unknown {
  let changed = data
  for (const issue of issues) {
    if (issue.code !== 'invalid_type') continue
    const path = issue.path as Path
    const text = valueAt(data, path)
    if (typeof text !== 'string' || !place.secrets?.has(JSON.stringify([...(place.path ?? []), ...path]))) continue
    const value =
      issue.expected === 'boolean' ? { true: true, false: false }[text] : /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined
    if (value !== undefined) changed = replaceAt(changed, path, value)
  }
  return changed === data ? undefined : changed
}
