/** How are findings shown, and which exit code do they mean? */

import { type ExitCode, exitCodes, painted, type Terminal } from '../terminal.ts'
import type { Finding, Level } from './finding.ts'

const signs: Readonly<Record<Level, { readonly sign: string; readonly colour: 'red' | 'yellow' | 'dim' }>> = {
  drift: { sign: '✗', colour: 'red' },
  unreachable: { sign: '✗', colour: 'red' },
  warning: { sign: '!', colour: 'yellow' },
  note: { sign: '·', colour: 'dim' },
}

export function writeFindings(terminal: Terminal, findings: readonly Finding[]): void {
  for (const { code, level, source, dataset, field, message } of findings) {
    const { sign, colour } = signs[level]
    const where = dataset === undefined ? source : field === undefined ? dataset : `${dataset}.${field}`
    terminal.print(
      `${painted(terminal, colour, sign)} ${painted(terminal, 'bold', where)}: ${message[terminal.language]}  ${painted(terminal, 'dim', code)}`,
    )
  }
}

/** A difference is certain, and comes before a source that nobody could ask; `undefined`: everything is as declared. */
export function exitCodeOf(findings: readonly Finding[]): ExitCode | undefined {
  if (findings.some(({ level }) => level === 'drift')) return exitCodes.drift
  return findings.some(({ level }) => level === 'unreachable') ? exitCodes.sourceUnreachable : undefined
}
