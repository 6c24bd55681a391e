/** Which of the things that a source holds does somebody mean, and what is it? */

import type { Source } from '../../config/index.ts'
import { parsePlace } from '../../introspect.ts'
import { GatewayError, type ItemDescription, type ReadContext, type SourceItem } from '../../model/index.ts'
import { CommandError, exitCodes } from '../terminal.ts'
import type { Look } from './open.ts'

/** As long as a person waits. */
export function patience(ms = 60_000): ReadContext {
  return { signal: AbortSignal.timeout(ms), deadline: Date.now() + ms }
}

/** The item that a person means: by its name, whatever its case, or by its title. */
export async function describeItem(
  { introspector, source, place }: Look,
  item: string | undefined,
  context = patience(),
): Promise<ItemDescription> {
  const wanted = item === undefined ? place : (itemNamed(await introspector.list(context), item)?.place ?? placeFor(source, item))
  const parsed = wanted && parsePlace(source.kind, wanted)
  if (!parsed) throw new CommandError(exitCodes.usage, { de: `„${item}“ gibt es dort nicht.`, en: `There is no "${item}" there.` })
  const described = await introspector.describe(parsed, context)
  return { ...described, place: written(wanted) }
}

/** Names that differ from the wanted one by case only come after those that do not. */
export function itemNamed(items: readonly SourceItem[], wanted: string): SourceItem | undefined {
  const low = wanted.toLowerCase()
  return (
    items.find(({ name }) => name === wanted) ??
    items.find(({ name }) => name.toLowerCase() === low) ??
    items.find(({ title }) => title?.toLowerCase() === low) ??
    items.find(({ name }) => name.toLowerCase().replace(/^.*[.:]/, '') === low)
  )
}

/** What a source that failed has to say to whoever sits at the terminal. */
export function sourceError(error: unknown, source: string): unknown {
  if (!(error instanceof GatewayError)) return error
  const detail = error.log ? `\n  ${error.log}` : ''
  return new CommandError(error.code === 'SOURCE_CHANGED' ? exitCodes.usage : exitCodes.sourceUnreachable, {
    de: `Quelle „${source}“: ${error.code === 'SOURCE_CHANGED' ? 'Das gibt es dort nicht.' : error.text.de}  ${error.code}${detail}`,
    en: `Source "${source}": ${error.code === 'SOURCE_CHANGED' ? 'There is no such thing there.' : error.text.en}  ${error.code}${detail}`,
  })
}

/** A place that no list names, such as a file in a folder of thousands: tried as the only required entry. */
function placeFor({ kind }: Source, item: string): Readonly<Record<string, unknown>> | undefined {
  const entries = ['table', 'typeName', 'layer', 'collection', 'entity', 'path']
  return entries.map(entry => ({ [entry]: item })).find(place => parsePlace(kind, place))
}

/** As a dataset file writes it: without what was not said. */
function written(place: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined))
}
