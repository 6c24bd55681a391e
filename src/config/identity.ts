/** Which system does a connection lead to? Told without its secrets, for cache keys. */

/** Entries of a connection that are credentials, by their names. */
const secretNames = /pass|pwd|secret|token|credential|api_?-?key|private|authori[sz]ation|cookie/i

/**
 * What of a connection tells one system from another. Left out: entries named like credentials, and credentials inside addresses and
 * connection strings.
 *
 * @example
 *   sourceIdentity({ host: 'db1', password: 'geheim' })          // → { host: 'db1' }
 *   sourceIdentity({ url: 'https://anna:geheim@gis.example/' })  // → { url: 'https://gis.example/' }
 */
export function sourceIdentity(connection: unknown): unknown {
  if (typeof connection === 'string') return withoutCredentials(connection)
  if (Array.isArray(connection)) return connection.map(sourceIdentity)
  if (typeof connection !== 'object' || connection === null) return connection
  const kept = Object.entries(connection).filter(([name]) => !secretNames.test(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, sourceIdentity(value)]))
}

function withoutCredentials(text: string): string {
  return text
    .replace(/(:\/\/)[^/@]*@/g, '$1')
    .replace(/\b(password|pwd)\s*=\s*("[^"]*"|'[^']*'|[^;]*)/gi, '')
    .replace(/([?&](?:[a-z_]*token|[a-z_]*key|password|secret)=)[^&]*/gi, '')
}
