/** What must PostgreSQL grant? */

import { comment, type GrantsFor, quoted, schemasOf } from './tables.ts'

const quotes = ['"', '"'] as const

/**
 * Columns of PostgreSQL are granted one by one. What everybody may do (PUBLIC) is a matter of the whole database, so those lines are
 * printed as comments.
 *
 * @see https://www.postgresql.org/docs/current/ddl-priv.html
 */
export function postgresGrants({ user, database, connections, tables }: GrantsFor): string {
  const account = quoted(user, quotes)
  const schemas = schemasOf(tables)
  return [
    comment(`PostgreSQL, database ${database}: run as owner of the tables.`),
    comment('If there is no account yet:'),
    comment(`create role ${account} login password '…' connection limit ${connections + 2};`),
    '',
    `alter role ${account} in database ${quoted(database, quotes)} set default_transaction_read_only = on;`,
    `grant connect on database ${quoted(database, quotes)} to ${account};`,
    ...schemas.map(schema => `grant usage on schema ${quoted(schema, quotes)} to ${account};`),
    ...tables.map(({ schema, table, columns }) => {
      const name = schema === undefined ? quoted(table, quotes) : `${quoted(schema, quotes)}.${quoted(table, quotes)}`
      return `grant select (${columns.map(column => quoted(column, quotes)).join(', ')}) on ${name} to ${account};`
    }),
    '',
    comment('What everybody may do, this account may do too. These lines take it from everybody: who else needs it gets it back by name.'),
    comment(`revoke temporary on database ${quoted(database, quotes)} from public;`),
    ...[...new Set(['public', ...schemas])].map(schema => comment(`revoke create on schema ${quoted(schema, quotes)} from public;`)),
    comment('If the account had more before:'),
    ...schemas.map(schema =>
      comment(`revoke all on all tables in schema ${quoted(schema, quotes)} from ${account};  -- then the grants above again`),
    ),
  ].join('\n')
}
