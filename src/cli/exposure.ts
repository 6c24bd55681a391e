/** `stadttor exposure`: what leaves the house, field by field, for the data-protection officer. */

import { type Exposure, type Gateway, isAbout, writeExposure } from '../config/index.ts'
import { loadCity } from './city.ts'
import { CommandError, exitCodes, type Terminal } from './terminal.ts'

export interface ExposureOptions {
  readonly config: string
  /** Only this dataset; absent: all. */
  readonly dataset?: string
  readonly json?: boolean
}

/** Prints the configured exposures, and on standard error what there is to know of them: what is closed, and what a coarsening does not protect. */
export async function exposure(terminal: Terminal, { config, dataset, json }: ExposureOptions): Promise<void> {
  const gateway = await loadCity(terminal, config, { withoutSecrets: true })
  const chosen = dataset === undefined ? [...gateway.exposures.values()] : [exposureNamed(gateway, dataset)]
  terminal.print(json ? JSON.stringify(chosen, null, 2) : writeExposure(chosen, terminal.language))
  const notices = gateway.notices.filter(notice => chosen.some(({ dataset }) => isAbout(notice, dataset)))
  for (const notice of notices) terminal.say(`! ${notice.message[terminal.language]}`)
}

/** @throws CommandError with exit code 2 for a dataset that is not configured */
export function exposureNamed(gateway: Gateway, dataset: string): Exposure {
  const found = gateway.exposures.get(dataset)
  if (found) return found
  const known = [...gateway.exposures.keys()].join(', ')
  throw new CommandError(exitCodes.usage, {
    de: `Es gibt keinen Datensatz „${dataset}“. Es gibt: ${known}`,
    en: `There is no dataset "${dataset}". There are: ${known}`,
  })
}
