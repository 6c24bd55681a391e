/** How does a command talk? Data on standard output, talk on standard error, and an exit code that scripts can rely on. */

import { styleText } from 'node:util'
import type { Language, Text } from '../model/index.ts'

/** The same for every command. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  configurationInvalid: 3,
  sourceUnreachable: 4,
  notApproved: 5,
  drift: 6,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Where a command writes, and in which language. */
export interface Terminal {
  readonly language: Language
  /** Data: goes to standard output. */
  readonly print: (text: string) => void
  /** Talk: goes to standard error. */
  readonly say: (text: string) => void
  readonly colour: boolean
}

/** A command gives up for a reason that its user can mend; `main` prints it without a stack. */
export class CommandError extends Error {
  readonly exitCode: ExitCode
  readonly text: Text

  constructor(exitCode: ExitCode, text: Text) {
    super(text.en)
    this.name = 'CommandError'
    this.exitCode = exitCode
    this.text = text
  }
}

/** German for German terminals, English for all others; `--lang` decides otherwise. */
export function terminalLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return locale.toLowerCase().startsWith('de') ? 'de' : 'en'
}

export function openTerminal(language: Language, env: Readonly<Record<string, string | undefined>> = process.env): Terminal {
  return {
    language,
    print: text => void process.stdout.write(`${text}\n`),
    say: text => void process.stderr.write(`${text}\n`),
    colour: Boolean(process.stderr.isTTY) && !env.NO_COLOR,
  }
}

/** A word in colour where the terminal shows colours. */
export function painted(terminal: Terminal, style: 'red' | 'green' | 'yellow' | 'bold' | 'dim', text: string): string {
  return terminal.colour ? styleText(style, text, { validateStream: false }) : text
}
