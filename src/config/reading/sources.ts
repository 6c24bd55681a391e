/** What do the files in `sources/` say? */

import { z } from 'zod'
import type { Loaded } from '../files/load.ts'
import { parseForm } from '../form/parse.ts'
import { type SourceForm, sourceForm } from '../form/source.ts'
import type { ReadOptions, Source, SourceKindParser } from '../gateway.ts'
import type { Mistake } from '../mistake.ts'
import { firstById, idOf, type Known } from './known.ts'

/** What stands as `kind:` in the files of sources, whatever it is. */
export function kindsNamed(files: readonly Loaded[]): ReadonlySet<string> {
  return new Set(
    files.filter(({ role }) => role === 'source').map(({ data }) => String((data as { readonly kind?: unknown } | null)?.kind)),
  )
}

export function readSources(
  files: readonly Loaded[],
  kinds: readonly SourceKindParser[],
  options: Pick<ReadOptions, 'withoutSecrets'>,
  mistakes: Mistake[],
): Known<SourceForm> {
  const schema = sourceForm(options.withoutSecrets ? kinds.map(anyConnection) : kinds)
  const mine = files.filter(({ role }) => role === 'source')
  const known = new Map<string, SourceForm>()
  const broken = new Set<string>()
  for (const file of firstById(mine, mistakes)) {
    const { value, mistakes: wrong = [] } = parseForm(schema, file.data, file)
    mistakes.push(...wrong)
    const id = idOf(file)
    if (id === undefined) continue
    if (value) known.set(id, value)
    else broken.add(id)
  }
  return { known, broken }
}

/** A connection that lacks its secrets has no form that could be checked. */
function anyConnection(kind: SourceKindParser): SourceKindParser {
  const { kinds, accounts, place } = kind
  return { kinds, ...(accounts && { accounts }), place, capabilities: name => kind.capabilities(name), connection: z.unknown() }
}

/** A source as the house knows it. */
export function sourceOf({ id, kind, title, owner, connection, allowWriteAccount, limits }: SourceForm): Source {
  return {
    id,
    kind,
    title,
    ...(owner && { owner }),
    connection,
    ...(allowWriteAccount && { allowWriteAccount }),
    limits: { connections: limits.connections, statementMs: limits.statement, queue: limits.queue, bytes: limits.size },
    ...(limits.open && { open: limits.open }),
  }
}
