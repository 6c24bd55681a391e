/** `stadttor purge`: every gateway forgets what it keeps of a dataset or a field, and so does the Redis that they share. */

import { purgeCity } from '../app.ts'
import { loadCity } from './city.ts'
import { CommandError, exitCodes, type Terminal } from './terminal.ts'

export interface PurgeOptions {
  readonly config: string
  readonly dataset: string
  /** Only what this field had a part in. */
  readonly field?: string
}

/**
 * A dataset or field that is no longer configured can be purged as well: that may be why.
 *
 * @throws CommandError with exit code 2 when no Redis is configured, 4 when it cannot be reached
 */
export async function purge(terminal: Terminal, { config, dataset, field }: PurgeOptions): Promise<void> {
  const gateway = await loadCity(terminal, config, { withoutSecrets: true })
  const say = (de: string, en: string) => terminal.say(terminal.language === 'de' ? de : en)
  const exposure = gateway.exposures.get(dataset)
  const name = field === undefined ? dataset : `${dataset}.${field}`
  if (!exposure || (field !== undefined && !Object.hasOwn(exposure.fields, field)))
    say(
      `! „${name}“ steht nicht in der Konfiguration. Richtig geschrieben?`,
      `! "${name}" is not in the configuration. Is it spelled right?`,
    )
  const purged = await purgeCity(gateway, { dataset, ...(field !== undefined && { field }) }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandError(exitCodes.sourceUnreachable, {
      de: `Redis ist nicht zu erreichen, „${name}“ wurde nicht überall vergessen (${reason}).`,
      en: `Redis cannot be reached; "${name}" was not forgotten everywhere (${reason}).`,
    })
  })
  if (!purged) {
    throw new CommandError(exitCodes.usage, {
      de: 'Ohne „cache.redis“ hat jedes Gateway nur seinen eigenen Speicher: Es vergisst alles, wenn es neu startet.',
      en: 'Without "cache.redis" every gateway has only its own memory: it forgets everything when it is restarted.',
    })
  }
  const { heard, taken } = purged
  say(
    `„${name}“ ist vergessen: ${heard} Prozesse haben es gehört, ${taken} Einträge sind aus Redis genommen.`,
    `"${name}" is forgotten: ${heard} processes heard of it, ${taken} entries were taken out of Redis.`,
  )
}
