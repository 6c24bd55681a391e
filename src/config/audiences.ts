/** Who sees what is meant for an audience? */

import type { Text } from '../model/index.ts'

/** A circle of callers. */
export interface Audience {
  readonly name: string
  readonly title?: Text
  /** Audiences whose data this one may see as well, as written; `public` includes nobody. */
  readonly includes: readonly string[]
}

/** By name; `public` is always there. */
export type Audiences = ReadonlyMap<string, Pick<Audience, 'includes'>>

/** An audience and all it includes, directly or through others. */
export function closure(name: string, audiences: Audiences): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (next: string) => {
    if (found.has(next)) return
    found.add(next)
    for (const included of audiences.get(next)?.includes ?? []) visit(included)
  }
  visit(name)
  return found
}

/** true: a caller of this audience sees what was written for those. */
export function maySee(name: string, written: readonly string[], audiences: Audiences): boolean {
  const all = closure(name, audiences)
  return written.some(audience => all.has(audience))
}

/**
 * Whom an entry really reaches, for the officer to sign: the audiences written, and every other that includes one of them. What is public
 * reaches everybody, so audiences that see it only because it is public are not named.
 */
export function writtenAudiences(written: readonly string[], audiences: Audiences): string[] {
  const special = written.filter(name => name !== 'public')
  const reached = [...audiences.keys()].filter(name => name !== 'public' && maySee(name, special, audiences))
  return [...(written.includes('public') ? ['public'] : []), ...reached.sort()]
}
