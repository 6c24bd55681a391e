/** `stadttor approve`: the data-protection officer's signature under the exposure of a dataset. */

import { confirm, isCancel } from '@clack/prompts'
import { diffExposures, type Gateway, isAbout, approve as sign, storeApproval, writeExposure } from '../config/index.ts'
import { loadCity } from './city.ts'
import { exposureNamed } from './exposure.ts'
import { CommandError, exitCodes, painted, type Terminal } from './terminal.ts'

export interface ApproveOptions {
  readonly config: string
  readonly dataset: string
  readonly by: string
  readonly record: string
  /** Last day, `2027-11-30`. */
  readonly until?: string
  readonly yes?: boolean
}

/**
 * Shows what is to be signed, what is new about it and what it says of columns that are coarsened, asks once, and writes `approvals.yml`.
 *
 * @throws CommandError for an unknown dataset, an impossible date, a refusal, or a missing answer where nobody can be asked
 */
export async function approve(terminal: Terminal, options: ApproveOptions): Promise<void> {
  const { config, dataset, by, record, until } = options
  const gateway = await loadCity(terminal, config, { withoutSecrets: true })
  const exposure = exposureNamed(gateway, dataset)
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: gateway.city.zone }).format(Date.now())
  if (until !== undefined) assertDay(until, today)
  terminal.print(writeExposure([exposure], terminal.language))
  showChanges(terminal, gateway, dataset)
  showCoarsened(terminal, gateway, dataset)
  if (!options.yes) await askOnce(terminal)
  await storeApproval(config, sign(exposure, { by, record, on: today, ...(until && { until }) }))
  const german = terminal.language === 'de'
  terminal.say(
    painted(
      terminal,
      'green',
      german
        ? `✓ „${dataset}“ ist freigegeben. Wirksam mit dem nächsten Start.`
        : `✓ "${dataset}" is approved. In force from the next start on.`,
    ),
  )
}

/** What the earlier approval did not cover. */
function showChanges(terminal: Terminal, gateway: Gateway, dataset: string): void {
  const before = gateway.approvals.get(dataset)
  const after = gateway.exposures.get(dataset)
  if (!before || !after) return
  for (const { change, message } of diffExposures(new Map([[dataset, before.exposure]]), new Map([[dataset, after]]))) {
    terminal.print(`${painted(terminal, change === 'widened' ? 'red' : 'green', change)}  ${message[terminal.language]}`)
  }
}

/** What is less exact here and exact elsewhere, or the other way round. */
function showCoarsened(terminal: Terminal, { notices }: Gateway, dataset: string): void {
  for (const notice of notices)
    if (notice.code === 'COARSEN_ELSEWHERE' && isAbout(notice, dataset))
      terminal.print(`${painted(terminal, 'red', '!')} ${notice.message[terminal.language]}`)
}

async function askOnce(terminal: Terminal): Promise<void> {
  const german = terminal.language === 'de'
  if (!process.stdin.isTTY) {
    throw new CommandError(exitCodes.usage, {
      de: 'Hier kann niemand gefragt werden: mit --yes unterschreiben.',
      en: 'There is nobody to ask here: sign with --yes.',
    })
  }
  const answer = await confirm({ message: german ? 'So freigeben?' : 'Approve this?', initialValue: false })
  if (isCancel(answer) || !answer)
    throw new CommandError(exitCodes.usage, {
      de: 'Nicht freigegeben; nichts wurde geschrieben.',
      en: 'Not approved; nothing was written.',
    })
}

/** @throws CommandError for a day that does not exist or is over */
export function assertDay(day: string, today: string): void {
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day
  if (real && day >= today) return
  throw new CommandError(exitCodes.usage, {
    de: `--until ${day}: erwartet wird ein Tag ab heute, so geschrieben: 2027-11-30.`,
    en: `--until ${day}: a day from today on is expected, written as 2027-11-30.`,
  })
}
