/** Which things are there, and of which can nothing be said because their own file is wrong? */

import type { Loaded } from '../files/load.ts'
import { reporter } from '../meaning/report.ts'
import type { Mistake } from '../mistake.ts'

/** Things by id. What refers to a broken one is not blamed for it. */
export interface Known<T> {
  readonly known: ReadonlyMap<string, T>
  readonly broken: ReadonlySet<string>
}

/** The id a file claims, whatever else is wrong with it. */
export function idOf(file: Loaded): string | undefined {
  const { data } = file
  return typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string' ? data.id : undefined
}

/** Files that are the first with their id; each further one is a mistake. */
export function firstById(files: readonly Loaded[], mistakes: Mistake[]): readonly Loaded[] {
  const owners = new Map<string, string>()
  return files.filter(file => {
    const id = idOf(file)
    const other = id === undefined ? undefined : owners.get(id)
    if (id !== undefined && other !== undefined) reporter(file, mistakes)('DUPLICATE_ID', ['id'], { id, other })
    else if (id !== undefined) owners.set(id, file.file)
    return other === undefined
  })
}
