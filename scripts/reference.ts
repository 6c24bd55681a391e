/** Which pages of `docs/reference` are made from the code? */

import { writeCommands } from './reference/commands.ts'
import { writeConfiguration } from './reference/configuration.ts'
import { writeConnectors, writeFaults } from './reference/connectors.ts'
import { writeErrors } from './reference/errors.ts'

/** Path from the top of the repository → content. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/commands.md', writeCommands()],
    ['docs/reference/configuration.md', await writeConfiguration()],
    ['docs/reference/connectors.md', writeConnectors()],
    ['docs/reference/errors.md', writeErrors()],
    ['docs/reference/faults.md', writeFaults()],
  ])
}
