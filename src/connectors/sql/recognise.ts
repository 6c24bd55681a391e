/** Which database is meant by what somebody pasted? */

import type { RecognisedSource } from '../../model/index.ts'

const kinds: Readonly<Record<string, string>> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'postgis:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mariadb',
}

/**
 * The address of a database server. A password in it is left behind: it belongs into the environment.
 *
 * @example
 *   recogniseServer('mariadb://db.example:3307/gruen')?.connection  // → { host: 'db.example', port: 3307, database: 'gruen' }
 *   recogniseServer('https://db.stadt.example')  // → undefined
 */
export function recogniseServer(pasted: string): RecognisedSource | undefined {
  const url = URL.parse(pasted)
  const kind = url && kinds[url.protocol]
  if (!kind || url.hostname === '') return undefined
  const database = decodeURIComponent(url.pathname.slice(1))
  return {
    kind,
    connection: {
      host: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      ...(database && { database }),
      ...(url.username && { user: decodeURIComponent(url.username) }),
    },
  }
}

/**
 * @example
 *   recogniseFile('daten/gruen.sqlite')  // → { kind: 'sqlite', connection: { file: 'daten/gruen.sqlite' } }
 *   recogniseFile('baeume.csv')          // → undefined
 */
export function recogniseFile(pasted: string): RecognisedSource | undefined {
  const file = /^(?!\w+:\/\/)\S.*\.(sqlite3?|db3?|s3db)$/i.test(pasted)
  return file ? { kind: 'sqlite', connection: { file: pasted } } : undefined
}
