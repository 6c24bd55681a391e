/** What must SQL Server grant? Written from Microsoft's documentation and read by a grammar; never run against a real server. */

import { comment, type GrantsFor, quoted } from './tables.ts'

const quotes = ['[', ']'] as const

/** @see https://learn.microsoft.com/sql/t-sql/statements/grant-object-permissions-transact-sql */
export function mssqlGrants({ user, database, tables }: GrantsFor): string {
  const account = quoted(user, quotes)
  return [
    comment(`SQL Server, database ${database}.`),
    comment(`create login ${account} with password = N'…', default_database = ${quoted(database, quotes)};`),
    comment(`use ${quoted(database, quotes)};`),
    comment(`create user ${account} for login ${account};`),
    '',
    ...tables.map(({ schema = 'dbo', table, columns }) => {
      const names = columns.map(column => quoted(column, quotes)).join(', ')
      return `grant select (${names}) on ${quoted(schema, quotes)}.${quoted(table, quotes)} to ${account};`
    }),
    '',
    comment('Membership in roles goes beyond these columns. If the account has any:'),
    ...['db_owner', 'db_datareader', 'db_datawriter', 'db_ddladmin'].map(role => comment(`alter role ${role} drop member ${account};`)),
    comment('Procedures that everybody may run (PUBLIC) this account may run too:'),
    comment(`deny execute to ${account};`),
    comment('Temporary tables in tempdb are open to every login; SQL Server has no right that could be taken away.'),
  ].join('\n')
}
