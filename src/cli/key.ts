/** `stadttor key create`: an API key for an audience beyond the public. */

import { createKey, storeKey } from '../config/index.ts'
import { assertDay } from './approve.ts'
import { loadCity } from './city.ts'
import { CommandError, exitCodes, type Terminal } from './terminal.ts'

export interface KeyOptions {
  readonly config: string
  readonly name: string
  readonly audience: string
  /** Last day, `2027-11-30`. */
  readonly until?: string
}

/**
 * Prints the key once on standard output and keeps only its digest, in `keys.yml`.
 *
 * @throws CommandError for an audience that is not configured, a name that is taken, or an impossible date
 */
export async function createApiKey(terminal: Terminal, { config, name, audience, until }: KeyOptions): Promise<void> {
  const gateway = await loadCity(terminal, config, { withoutSecrets: true })
  if (!gateway.audiences.has(audience) || audience === 'public') {
    const known = [...gateway.audiences.keys()].filter(known => known !== 'public').join(', ')
    throw new CommandError(exitCodes.usage, {
      de: `Für „${audience}“ gibt es keinen Schlüssel. Möglich: ${known || 'keiner; gateway.yml nennt nur „public“'}`,
      en: `There is no key for "${audience}". Possible: ${known || 'none; gateway.yml names "public" only'}`,
    })
  }
  if (gateway.keys.some(key => key.name === name)) {
    throw new CommandError(exitCodes.usage, { de: `Einen Schlüssel „${name}“ gibt es schon.`, en: `There is a key "${name}" already.` })
  }
  if (until !== undefined) assertDay(until, new Intl.DateTimeFormat('sv-SE', { timeZone: gateway.city.zone }).format(Date.now()))
  const { secret, entry } = createKey(name, audience, until)
  await storeKey(config, entry)
  terminal.print(secret)
  terminal.say(
    terminal.language === 'de'
      ? `Der Schlüssel wird nur jetzt gezeigt. Benutzt wird er so: Authorization: Bearer <Schlüssel>. Wirksam mit dem nächsten Start.`
      : `The key is shown this once only. Use it as: Authorization: Bearer <key>. In force from the next start on.`,
  )
}
