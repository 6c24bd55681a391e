/** `stadttor check`: is the configuration sound, and is everything in it approved? */

import { loadCity } from './city.ts'
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

/**
 * Prints every mistake, or what is open to whom and what stayed closed and why.
 *
 * @returns 0; 5 when something configured is closed because its approval is missing, has ended or does not cover it
 * @throws CommandError with exit code 3 for an invalid configuration
 */
export async function check(terminal: Terminal, folder: string): Promise<ExitCode> {
  const gateway = await loadCity(terminal, folder)
  const german = terminal.language === 'de'
  for (const [audience, model] of gateway.models) {
    const fields = [...model.datasets.values()].reduce((sum, dataset) => sum + dataset.fields.length, 0)
    const datasets = model.datasets.size
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
  return closed ? exitCodes.notApproved : exitCodes.ok
}

function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
