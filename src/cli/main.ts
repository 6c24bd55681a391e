/** The command line: which exit code comes back. */

import { CommanderError } from 'commander'
import { program, terminalOf } from './program.ts'
import { CommandError, exitCodes, painted, type Terminal } from './terminal.ts'

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error, terminalOf(program))
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (error instanceof CommandError) {
    terminal.say(`${painted(terminal, 'red', '✗')} ${error.text[terminal.language]}`)
    return error.exitCode
  }
  const german = terminal.language === 'de'
  terminal.say(
    `${painted(terminal, 'red', '✗')} ${german ? 'Unerwarteter Fehler; mit STADTTOR_DEBUG=1 steht hier, wo.' : 'Unexpected error; STADTTOR_DEBUG=1 says where.'}`,
  )
  terminal.say(
    process.env.STADTTOR_DEBUG && error instanceof Error
      ? (error.stack ?? error.message)
      : String(error instanceof Error ? error.message : error),
  )
  return exitCodes.unexpected
}
