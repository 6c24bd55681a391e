/** What must Oracle Database grant? Written from Oracle's documentation and read by a grammar; never run against a real server. */

import { comment, type GrantsFor, type NeededTable, quoted } from './tables.ts'

const quotes = ['"', '"'] as const
const prefix = 'STADTTOR_'

/**
 * Oracle has no grants of single columns for reading, so views show them; READ and not SELECT, which would also lock rows
 * (`select … for update`). A table whose name says that it is such a view gets the grant alone.
 *
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/GRANT.html, READ object privilege
 */
export function oracleGrants({ user, connections, tables }: GrantsFor): string {
  const account = quoted(user, quotes)
  return [
    comment('Oracle Database: run as owner of the tables.'),
    comment('If there is no account yet:'),
    comment(`create user ${account} identified by "…";`),
    comment(`At most ${connections} sessions at once; a profile with SESSIONS_PER_USER ${connections + 2} holds it to that.`),
    `grant create session to ${account};`,
    '',
    comment('Single columns cannot be granted for reading: each view shows what its datasets need.'),
    ...tables.flatMap(table => viewOf(table, account)),
    comment('If the account had more before:'),
    ...tables.filter(({ table }) => !table.startsWith(prefix)).map(table => comment(`revoke all on ${nameOf(table)} from ${account};`)),
  ].join('\n')
}

function viewOf({ schema, table, columns }: NeededTable, account: string): string[] {
  if (table.startsWith(prefix)) return [`grant read on ${nameOf({ schema, table })} to ${account};`, '']
  const view = { schema, table: prefix + table }
  const names = columns.map(column => quoted(column, quotes)).join(', ')
  return [
    `create or replace view ${nameOf(view)} as select ${names} from ${nameOf({ schema, table })} with read only;`,
    `grant read on ${nameOf(view)} to ${account};`,
    comment(`in the dataset file: table: ${schema === undefined ? '' : `${schema}.`}${view.table}`),
    ...(view.table.length > 30 ? [comment('the name is longer than 30 characters, which Oracle takes since 12.2 only: shorten it')] : []),
    '',
  ]
}

function nameOf({ schema, table }: { readonly schema?: string | undefined; readonly table: string }): string {
  return schema === undefined ? quoted(table, quotes) : `${quoted(schema, quotes)}.${quoted(table, quotes)}`
}
