/** What do the files of sources say, whatever is still wrong with the rest? For commands that help to write the rest. */

import type { BBox } from '../model/index.ts'
import { loadFile, loadFolder } from './files/load.ts'
import type { ReadOptions, Source } from './gateway.ts'
import type { Mistake } from './mistake.ts'
import { readGateway } from './reading/gateway.ts'
import { kindsNamed, readSources, sourceOf } from './reading/sources.ts'

export interface SourceFiles {
  readonly sources: ReadonlyMap<string, Source>
  /** Of files in `sources/` only. */
  readonly mistakes: readonly Mistake[]
  /** Of `gateway.yml`, where it is there and right. */
  readonly city?: { readonly zone: string; readonly extent?: BBox }
}

/** Sources by id, and what is wrong with the others. Drafts that nobody has finished yet are no obstacle. */
export async function readSourceFiles(options: ReadOptions): Promise<SourceFiles> {
  const { files, mistakes: all } = await loadFolder(options)
  const mistakes = all.filter(({ file }) => file.startsWith('sources/'))
  const { known } = readSources(files, await options.kindsFor(kindsNamed(files)), options, mistakes)
  const { city } = readGateway(files, []) ?? {}
  return {
    sources: new Map([...known].map(([id, form]) => [id, sourceOf(form)])),
    mistakes,
    ...(city && { city: { zone: city.zone, ...(city.extent && { extent: city.extent }) } }),
  }
}

/** The source that a text would configure as a file, secrets filled in: what is tried is what will be written. */
export async function readSourceText(
  file: string,
  text: string,
  options: ReadOptions,
): Promise<{ readonly source?: Source; readonly mistakes: readonly Mistake[] }> {
  const { file: loaded, mistakes: wrong } = await loadFile({ role: 'source', file, text }, options)
  const mistakes = [...wrong]
  const files = loaded ? [loaded] : []
  const [form] = readSources(files, await options.kindsFor(kindsNamed(files)), options, mistakes).known.values()
  return { mistakes, ...(form && mistakes.length === 0 && { source: sourceOf(form) }) }
}
