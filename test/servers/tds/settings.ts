/** What may a session set for itself? The settings that are known here; anything else is refused, as by the real server. */

import { errors } from './errors.ts'

const switches = [
  'ansi_nulls',
  'ansi_null_dflt_on',
  'ansi_padding',
  'ansi_warnings',
  'arithabort',
  'concat_null_yields_null',
  'implicit_transactions',
  'nocount',
  'numeric_roundabort',
  'quoted_identifier',
  'xact_abort',
]
const values: Readonly<Record<string, RegExp>> = {
  datefirst: /^[1-7]$/,
  dateformat: /^(mdy|dmy|ymd|ydm|myd|dym)$/,
  deadlock_priority: /^(low|normal|high|-?\d+)$/,
  language: /^\w+$/,
  lock_timeout: /^-?\d+$/,
  textsize: /^-?\d+$/,
  'transaction isolation level': /^(read uncommitted|read committed|repeatable read|snapshot|serializable)$/,
}

/** A batch of nothing but settings. */
export function isSettings(text: string): boolean {
  const lines = linesOf(text)
  return lines.length > 0 && lines.every(line => line.startsWith('set '))
}

/** @throws SqlError */
export function checkSettings(text: string): void {
  for (const line of linesOf(text)) {
    const setting = line.slice(4)
    const known =
      switches.some(name => setting === `${name} on` || setting === `${name} off`) ||
      Object.entries(values).some(([name, value]) => setting.startsWith(`${name} `) && value.test(setting.slice(name.length + 1)))
    if (!known) throw errors.unknownSetting(setting)
  }
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n;]/)
    .map(line => line.trim().toLowerCase().replace(/\s+/g, ' '))
    .filter(line => line !== '')
}
