/** Which columns of its source does a dataset make the gateway ask for? */

import type { Exposure } from './exposure.ts'

/**
 * Every column that a statement about the dataset may name, each once: fields, key, joinable, row rule, left sides of relations. Their
 * right sides are fields, keys or joinable columns of the dataset they lead to.
 */
export function neededColumns({ fields, key, joinable, rows, relations }: Exposure): readonly string[] {
  const left = Object.values(relations).flatMap(({ match }) => match.map(pair => pair.left))
  return [...new Set([...Object.values(fields), ...key, ...joinable, ...rows, ...left].map(({ column }) => column))]
}
