/** `stadttor check`: is the configuration sound, and is everything in it approved? */

import type { Gateway } from '../config/index.ts'
import { loadCity } from './city.ts'
import { exitCodeOf, type Finding, lookAtAll, writeFindings } from './live/index.ts'
import { type ExitCode, exitCodes, painted, type Terminal } from './terminal.ts'

/** Notices that say: something configured is not served. */
const closing: ReadonlySet<string> = new Set([
  'NOT_APPROVED',
  'APPROVAL_EXPIRED',
  'APPROVAL_NOT_YET_VALID',
  'APPROVAL_VOID',
  'BASE_CHANGED',
  'FIELD_CLOSED',
  'USE_CLOSED',
  'AUDIENCE_CLOSED',
  'RELATION_CLOSED',
])

export interface CheckOptions {
  readonly config: string
  /** Compares every dataset with its source. */
  readonly live?: boolean
  readonly json?: boolean
}

/**
 * Prints every mistake, or what is open to whom and what stayed closed and why; with `live` also what differs at the sources.
 *
 * @returns 0; 6 when a source is not what its datasets say; 4 when one cannot be asked; 5 when something configured is closed because its
 *   approval is missing, has ended or does not cover it. Of several the first in this order
 * @throws CommandError with exit code 3 for an invalid configuration
 */
export async function check(terminal: Terminal, { config: folder, live, json }: CheckOptions): Promise<ExitCode> {
  const gateway = await loadCity(terminal, folder)
  const findings = live ? await lookAtAll(gateway, { folder, whole: await loadCity(terminal, folder, { unapproved: true }) }) : undefined
  if (json)
    terminal.print(JSON.stringify({ audiences: counts(gateway), notices: gateway.notices, ...(findings && { live: findings }) }, null, 2))
  else {
    tellConfiguration(terminal, gateway)
    if (findings) tellSources(terminal, findings)
  }
  const closed = gateway.notices.some(notice => closing.has(notice.code))
  return (findings && exitCodeOf(findings)) ?? (closed ? exitCodes.notApproved : exitCodes.ok)
}

function counts({ models }: Gateway): Readonly<Record<string, { readonly datasets: number; readonly fields: number }>> {
  return Object.fromEntries(
    [...models].map(([audience, { datasets }]) => [
      audience,
      { datasets: datasets.size, fields: [...datasets.values()].reduce((sum, dataset) => sum + dataset.fields.length, 0) },
    ]),
  )
}

function tellSources(terminal: Terminal, findings: readonly Finding[]): void {
  writeFindings(terminal, findings)
  if (exitCodeOf(findings) !== undefined) return
  const german = terminal.language === 'de'
  terminal.say(
    painted(
      terminal,
      'green',
      german ? '✓ Die Quellen sind, wie die Datensätze sie beschreiben.' : '✓ The sources are what the datasets say.',
    ),
  )
}

function tellConfiguration(terminal: Terminal, gateway: Gateway): void {
  const german = terminal.language === 'de'
  for (const [audience, { datasets, fields }] of Object.entries(counts(gateway))) {
    terminal.print(
      german
        ? `${audience}: ${counted(datasets, 'Datensatz', 'Datensätze')}, ${counted(fields, 'Feld', 'Felder')}`
        : `${audience}: ${counted(datasets, 'dataset', 'datasets')}, ${counted(fields, 'field', 'fields')}`,
    )
  }
  for (const { code, message } of gateway.notices)
    terminal.print(`${painted(terminal, 'yellow', '!')} ${message[terminal.language]}  ${painted(terminal, 'dim', code)}`)
  const closed = gateway.notices.some(notice => closing.has(notice.code))
  if (!closed)
    terminal.say(
      painted(terminal, 'green', german ? '✓ Die Konfiguration ist gültig und freigegeben.' : '✓ The configuration is valid and approved.'),
    )
}

function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
