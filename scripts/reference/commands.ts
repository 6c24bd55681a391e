/** What can be typed after `stadttor`? The help of every command, on one page. */

import type { Command } from 'commander'
import { program } from '../../src/cli/program.ts'
import { exitCodes } from '../../src/cli/terminal.ts'
import { code, generated, table } from './markdown.ts'
import { exitWords } from './sentences.ts'

/** Wide enough for most lines, narrow enough for a page. */
const helpWidth = 100

/** `docs/reference/commands.md` */
export function writeCommands(): string {
  const commands = leaves(program)
  return `${generated}
# Commands

In a checkout of the repository, \`npm run -s stadttor -- check\` stands for \`stadttor check\`.

What a command finds goes to standard output; what it has to say about it goes to standard error. Messages are German where the
terminal is (\`LANG\`), else English; \`--lang\` decides otherwise. \`NO_COLOR=1\` leaves out colours. No command writes to a source.

${[program, ...commands].map(writeCommand).join('\n\n')}

## Exit codes

The same for every command.

${table(
  ['code', 'meaning', 'Bedeutung'],
  Object.entries(exitCodes).map(([name, number]) => {
    const { en, de } = exitWords[name as keyof typeof exitCodes]
    return [code(String(number)), en, de]
  }),
)}
`
}

function leaves(command: Command): Command[] {
  return command.commands.flatMap(inner => (inner.commands.length > 0 ? leaves(inner) : [inner]))
}

function writeCommand(command: Command): string {
  return `## ${nameOf(command)}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\``
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}

/** With the examples, which commander adds only when it prints. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    getOutHelpWidth: () => helpWidth,
    writeOut: part => {
      text += part
    },
  })
  command.outputHelp()
  return text.replace(/[ \t]+$/gm, '').trim()
}
