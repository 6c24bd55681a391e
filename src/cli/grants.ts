/** `stadttor grants`: the least that the gateway's account must be allowed at a source, as statements for whoever runs it. */

import type { Gateway, Source } from '../config/index.ts'
import { lookAt } from '../sources.ts'
import { loadCity } from './city.ts'
import { CommandError, exitCodes, type Terminal } from './terminal.ts'

export interface GrantsOptions {
  readonly config: string
  readonly source: string
}

/**
 * Prints statements and asks no source: they can be made where the source cannot be reached, and without its password.
 *
 * @throws CommandError with exit code 2 for an unknown source and for one without accounts
 */
export async function grants(terminal: Terminal, { config, source: id }: GrantsOptions): Promise<void> {
  const gateway = await loadCity(terminal, config, { withoutSecrets: true })
  const source = sourceNamed(gateway, id)
  const sight = await lookAt(gateway, source, config)
  if (!sight?.introspector.grants) {
    throw new CommandError(exitCodes.usage, {
      de: `Quellen der Art „${source.kind}“ kennen keine Konten, denen sich Rechte erteilen ließen. Dem Konto des Dienstes dort nur Lesen erlauben.`,
      en: `Sources of the kind "${source.kind}" know no accounts that could be granted anything. Allow the service's account there to read only.`,
    })
  }
  try {
    terminal.print(sight.introspector.grants(sight.needed))
    if (sight.needed.length === 0)
      terminal.say(terminal.language === 'de' ? '! Kein Datensatz nutzt diese Quelle.' : '! No dataset uses this source.')
  } finally {
    await sight.close()
  }
}

/** @throws CommandError with exit code 2 for a source that is not configured */
export function sourceNamed(gateway: Gateway, id: string): Source {
  const found = gateway.sources.get(id)
  if (found) return found
  const known = [...gateway.sources.keys()].join(', ')
  throw new CommandError(exitCodes.usage, {
    de: `Es gibt keine Quelle „${id}“. Es gibt: ${known}`,
    en: `There is no source "${id}". There are: ${known}`,
  })
}
