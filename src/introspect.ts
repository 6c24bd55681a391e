/** Has the keys for those who look at a source before there is a gateway: `introspect` and `init`. Callers' questions never come here. */

import { resolve } from 'node:path'
import { z } from 'zod'
import { readSourceFiles, readSourceText } from './config/index.ts'
import { connectorModules } from './connectors/index.ts'
import type { Introspector, RecognisedSource, SourceSetting } from './model/index.ts'

/** Whoever looks may look at anything. */
const modules = await connectorModules()

type Env = Readonly<Record<string, string | undefined>>

/** Reads the sources of a city alone: drafts that nobody has finished yet are no obstacle. */
export function readSources(folder: string, env: Env = process.env): ReturnType<typeof readSourceFiles> {
  return readSourceFiles({ folder: resolve(folder), kindsFor: connectorModules, env, now: Date.now() })
}

/** The source that a text would configure as a file, secrets filled in. */
export function sourceSettings(folder: string, file: string, text: string, env: Env = process.env): ReturnType<typeof readSourceText> {
  return readSourceText(file, text, { folder: resolve(folder), kindsFor: connectorModules, env, now: Date.now() })
}

/** Kinds of sources that can tell what they hold. */
export const introspectableKinds: readonly string[] = modules.flatMap(({ kinds, introspect }) => (introspect ? kinds : []))

/**
 * Looks at a source; nothing is asked before one of its functions is called.
 *
 * @param folder that relative paths of sources start from
 * @returns `undefined`: this kind cannot tell
 */
export function openIntrospector(source: SourceSetting, folder: string): Introspector | undefined {
  return moduleOf(source.kind)?.introspect?.(source, { call: () => {}, warn: () => {}, folder: resolve(folder) })
}

/** A source from whatever somebody pasted; `undefined` when no kind knows the look of it. */
export function recogniseSource(pasted: string): RecognisedSource | undefined {
  for (const { recognise } of modules) {
    const found = recognise?.(pasted.trim())
    if (found) return found
  }
  return undefined
}

/** What stands beside `use:` in a dataset, as its kind of source parses it; `undefined` when it is wrong. */
export function parsePlace(kind: string, place: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const parsed = moduleOf(kind)?.place.safeParse(place)
  return parsed?.success ? (parsed.data as Readonly<Record<string, unknown>>) : undefined
}

/** One entry below `connection:`. */
export interface ConnectionEntry {
  readonly name: string
  readonly required: boolean
  /** Type in JSON: `string`, `integer`, `boolean`; '' when several are possible. */
  readonly type: string
  /** Meaning, in English. */
  readonly about: string
}

/** What a source file of this kind may say below `connection:`, in the order of its definition. */
export function connectionEntries(kind: string): readonly ConnectionEntry[] {
  const form = moduleOf(kind)?.connection
  if (!form) return []
  const { properties = {}, required = [] } = z.toJSONSchema(form, { io: 'input', unrepresentable: 'any', reused: 'inline' })
  return Object.entries(properties).map(([name, entry]) => {
    const { type, description } = typeof entry === 'object' ? entry : {}
    return { name, required: required.includes(name), type: typeof type === 'string' ? type : '', about: description ?? '' }
  })
}

function moduleOf(kind: string) {
  return modules.find(({ kinds }) => kinds.includes(kind))
}
