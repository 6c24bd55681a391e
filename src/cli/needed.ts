/** Which columns does each dataset make the gateway ask for? */

import type { Sight } from '../app.ts'
import type { Exposure, Gateway } from '../config/index.ts'
import type { NeededColumns } from '../model/index.ts'

/** Every column that a statement about the dataset may name, each once: fields, key, joinable, row rule, left sides of relations. */
export function columnsOf({ fields, key, joinable, rows, relations }: Exposure): readonly string[] {
  const named = [
    ...Object.values(fields),
    ...key,
    ...joinable,
    ...rows,
    ...Object.values(relations).flatMap(({ match }) => match.map(({ left }) => left)),
  ]
  return [...new Set(named.map(({ column }) => column))]
}

/** What all datasets of a source need. Right sides of relations are fields, keys or joinable columns of the dataset they lead to. */
export function neededOf(gateway: Gateway, source: string, sight: Sight): readonly NeededColumns[] {
  return [...gateway.exposures.values()]
    .filter(exposure => exposure.source.id === source)
    .map(exposure => ({ place: sight.place(exposure.source.place), columns: columnsOf(exposure) }))
}
