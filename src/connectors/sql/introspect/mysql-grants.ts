/** What may an account do, by what `show grants` says? */

import type { SourceAccount } from '../../../model/index.ts'

/** Rights that only read, or only log in. */
const reading: ReadonlySet<string> = new Set(['USAGE', 'SELECT', 'SHOW VIEW', 'SHOW DATABASES'])
/** Rights that change nothing stored, and yet are none of ours: they lock, show other people's statements, or run what nobody can tell. */
const spareRights: ReadonlySet<string> = new Set([
  'CREATE TEMPORARY TABLES',
  'EXECUTE',
  'LOCK TABLES',
  'PROCESS',
  'REFERENCES',
  'BINLOG MONITOR',
  'REPLICATION CLIENT',
  'SLAVE MONITOR',
  'SHOW CREATE ROUTINE',
  'PROXY',
])

/**
 * @param lines of `show grants`; those of roles that are in force stand among them
 * @example
 *   grantedRights(['GRANT USAGE ON *.* TO `a`@`%`', 'GRANT SELECT (`x`), UPDATE ON `s`.`t` TO `a`@`%`'])  // → { writes: ['UPDATE on s.t'], spare: [] }
 *   grantedRights(['GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION']).writes           // → ['ALL PRIVILEGES on *.*']
 */
export function grantedRights(lines: readonly string[]): Pick<SourceAccount, 'writes' | 'spare'> {
  const found = lines.flatMap(rightsOf)
  const named = (wanted: (name: string) => boolean): string[] => [
    ...new Set(found.filter(({ name }) => wanted(name)).map(({ name, on }) => `${name} on ${on}`)),
  ]
  return {
    writes: named(name => !reading.has(name) && !spareRights.has(name)).sort(),
    spare: named(name => spareRights.has(name)).sort(),
  }
}

function rightsOf(line: string): { readonly name: string; readonly on: string }[] {
  // Columns in brackets go first: their names may hold anything.
  const [, rights = '', on = ''] = /^GRANT (.+?) ON (\S+|`.+?`) TO /.exec(line.replace(/ ?\((?:[^`()]|`(?:[^`]|``)*`)*\)/g, '')) ?? []
  // `GRANT role TO user`: what a role may do has lines of its own where it is in force.
  return rights === '' ? [] : rights.split(/, ?/).map(name => ({ name: name.trim().toUpperCase(), on: on.replaceAll('`', '') }))
}
