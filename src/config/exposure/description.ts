/** What do we say about a dataset that decides nothing about what leaves the house? */

import type { Text } from '../../model/index.ts'
import type { Draft } from '../draft.ts'
import { canonicalJson, same } from './canonical.ts'
import { type Difference, difference } from './diff.ts'

/** Words and times of a dataset; to change them needs no approval. Each entry by its place: `title`, `fields.art.unit`. */
export type Description = Readonly<Record<string, unknown>>

export function descriptionOf(draft: Draft): Description {
  const { title, about, owner, licence, attribution, themes, updated, names, freshForSeconds, staleForSeconds, small } = draft
  const own = {
    title,
    about,
    owner,
    licence,
    attribution,
    themes,
    updated,
    names,
    freshFor: freshForSeconds,
    staleFor: staleForSeconds,
    small,
  }
  const fields = draft.fields.flatMap(({ name, title, about, unit, deprecated }) =>
    prefixed(`fields.${name}`, { title, about, unit, deprecated }),
  )
  const relations = draft.relations.flatMap(({ name, title, about }) => prefixed(`relations.${name}`, { title, about }))
  return Object.fromEntries([...Object.entries(own), ...fields, ...relations].filter(([, value]) => value !== undefined))
}

/** Neutral differences; fields and datasets that come or go are told by their exposures. */
export function diffDescriptions(before: ReadonlyMap<string, Description>, after: ReadonlyMap<string, Description>): Difference[] {
  return [...before].flatMap(([dataset, old]) => {
    const young = after.get(dataset)
    if (!young) return []
    const changed = [...new Set([...Object.keys(old), ...Object.keys(young)])].filter(
      key => !same(old[key], young[key]) && stillThere(key, old, young),
    )
    return changed.map(key => difference('neutral', dataset, undefined, message(key, old[key], young[key])))
  })
}

/** Every field and relation has a title, so a missing one means that the whole entry came or went. */
function stillThere(key: string, old: Description, young: Description): boolean {
  const [part, name] = key.split('.')
  if (part === undefined || name === undefined) return true
  const title = `${part}.${name}.title`
  return title in old && title in young
}

function message(key: string, old: unknown, young: unknown): Text {
  const [from, to] = [old === undefined ? '–' : canonicalJson(old), young === undefined ? '–' : canonicalJson(young)]
  return { de: `${key} war ${from}, ist jetzt ${to}.`, en: `${key} was ${from}, now is ${to}.` }
}

function prefixed(prefix: string, entries: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(entries).map(([key, value]) => [`${prefix}.${key}`, value])
}
