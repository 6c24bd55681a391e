/** What must MySQL or MariaDB grant? */

import { comment, type GrantsFor, literal, quoted } from './tables.ts'

const quotes = ['`', '`'] as const

/**
 * Columns are granted one by one. There is nothing to take from everybody: these databases give an account nothing by itself.
 *
 * @see https://mariadb.com/kb/en/grant/
 */
export function mysqlGrants({ user, database, connections, tables }: GrantsFor): string {
  const account = `${literal(user)}@'%'`
  return [
    comment(`MySQL or MariaDB, database ${database}.`),
    comment("'%' is any host: put the address of the gateway in its place, here and when the account is made."),
    comment(`create user ${account} identified by '…' with max_user_connections ${connections + 2};`),
    '',
    ...tables.map(({ schema = database, table, columns }) => {
      const names = columns.map(column => quoted(column, quotes)).join(', ')
      return `grant select (${names}) on ${quoted(schema, quotes)}.${quoted(table, quotes)} to ${account};`
    }),
    '',
    comment('Temporary tables and locks need rights of their own, which are not granted here. If the account had more before:'),
    comment(`revoke all privileges, grant option from ${account};  -- then the grants above again`),
  ].join('\n')
}
