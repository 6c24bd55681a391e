/** What keeps the gateway from writing to a file? */

import { comment } from './tables.ts'

/** There are no accounts within SQLite: the rights of the file decide. */
export function sqliteGrants(file: string): string {
  return [
    comment('SQLite has no accounts and no grants. The rights of the file decide, for the user that the gateway runs as:'),
    comment(`chown owner:stadttor ${file}`),
    comment(`chmod 640 ${file}`),
    comment(
      'In its folder that user needs no right to write either; a file in WAL mode is best copied, or switched to journal_mode = delete.',
    ),
    comment(
      'The gateway opens it read-only in any case, and can reach every table and column in it: give it a file with the released columns alone.',
    ),
  ].join('\n')
}
