/** What does the body of a request ask? */

/** A question as almost everybody asks it. */
export interface Question {
  /** Never empty. */
  readonly query: string
  readonly operationName?: string
  readonly variables: Readonly<Record<string, unknown>>
}

const names = new Set(['query', 'operationName', 'variables', 'extensions'])

/**
 * @returns `undefined` for everything that there might be more to say about: what is no JSON or no question, names that Fastify refuses,
 *   documents known by their hash only
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters
 */
export function readQuestion(body: Buffer): Question | undefined {
  const asked = parsed(body.toString())
  if (!isRecord(asked)) return undefined
  for (const name in asked) if (!names.has(name)) return undefined
  const { query, operationName, variables, extensions } = asked
  if (typeof query !== 'string' || query === '') return undefined
  if (!isAbsent(operationName) && !(typeof operationName === 'string' && /^\w+$/.test(operationName))) return undefined
  if (!isAbsent(variables) && !isRecord(variables)) return undefined
  if (!isAbsent(extensions) && !(isRecord(extensions) && !('persistedQuery' in extensions))) return undefined
  return { query, ...(!isAbsent(operationName) && { operationName }), variables: isAbsent(variables) ? {} : variables }
}

function parsed(text: string): unknown {
  // Also when the letters are written as numbers.
  if (text.includes('__proto__') || text.includes('constructor') || (text.includes('\\u00') && /\\u00[0-7]/.test(text))) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
