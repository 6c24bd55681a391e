/** Where does a secret come from, and how does it get into a source's file without ever being written down? */

import type { Path } from '../mistake.ts'

/** What a substitution needs from the world. */
export interface SecretStore {
  variable(name: string): string | undefined
  /** Content of a file without its last line break; `undefined` when it cannot be read. */
  file(path: string): Promise<string | undefined>
}

export type SecretProblem =
  | { readonly code: 'SECRET_VARIABLE_MISSING' | 'SECRET_FILE_UNREADABLE'; readonly path: Path; readonly name: string }
  | { readonly code: 'SECRET_FORM'; readonly path: Path }

export interface Substituted {
  readonly data: unknown
  /** Paths (as JSON) of the texts in which something was put, with what was put there. */
  readonly places: ReadonlyMap<string, readonly string[]>
  /** Paths (as JSON) of the texts that lack their secret. */
  readonly holes: ReadonlySet<string>
  readonly problems: readonly SecretProblem[]
}

const pattern = /\$\$\{|\$\{([^}]*)\}?/g

/** true: the text asks for a substitution. */
export function asksForSecret(text: string): boolean {
  return text.includes('${')
}

/**
 * Puts environment variables (`${NAME}`) and files (`${file:/run/secrets/x}`) into parsed texts. Because the texts are parsed already, a
 * secret with a colon or a line break stays one text. What was put in is not looked through again; `$${` writes `${`.
 */
export async function substitute(data: unknown, store: SecretStore): Promise<Substituted> {
  const places = new Map<string, readonly string[]>()
  const problems: SecretProblem[] = []
  const filled = await visit(data, [])
  return { data: filled, places, holes: new Set(problems.map(({ path }) => JSON.stringify(path))), problems }

  async function visit(value: unknown, path: Path): Promise<unknown> {
    if (typeof value === 'string') return asksForSecret(value) ? await replace(value, path) : value
    if (Array.isArray(value)) return Promise.all(value.map((item, index) => visit(item, [...path, index])))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(async ([key, item]) => [key, await visit(item, [...path, key])] as const)
    return Object.fromEntries(await Promise.all(entries))
  }

  async function replace(text: string, path: Path): Promise<string> {
    const put: string[] = []
    const parts = await Promise.all(
      [...text.matchAll(pattern)].map(async match => {
        const value = match[0] === '$${' ? '${' : await find(match[0], match[1] ?? '', path)
        if (match[0] !== '$${' && value) put.push(value)
        return { start: match.index, end: match.index + match[0].length, value: value ?? '' }
      }),
    )
    places.set(JSON.stringify(path), put)
    return parts.reduceRight((whole, { start, end, value }) => whole.slice(0, start) + value + whole.slice(end), text)
  }

  async function find(whole: string, inside: string, path: Path): Promise<string | undefined> {
    const file = /^file:\s*(\S.*)$/.exec(inside)?.[1]
    if (!whole.endsWith('}') || (file === undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(inside))) {
      problems.push({ code: 'SECRET_FORM', path })
      return undefined
    }
    const value = file === undefined ? store.variable(inside) : await store.file(file)
    if (value) return value
    problems.push({ code: file === undefined ? 'SECRET_VARIABLE_MISSING' : 'SECRET_FILE_UNREADABLE', path, name: file ?? inside })
    return undefined
  }
}
