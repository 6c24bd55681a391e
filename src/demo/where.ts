/** How are the parameters of a question to the demo's ArcGIS read, and which part of SQL may stand in them? */

export type Parameters = ReadonlyMap<string, string>

/** A parameter could not be understood. */
export class WhereError extends Error {}

const words = new Set(['and', 'or', 'not', 'in', 'like', 'escape', 'is', 'null', 'between', 'upper', 'lower'])
const token = /\s+|(?<text>'(?:[^']|'')*')|(?<number>\d+(?:\.\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign><>|!=|<=|>=|[=<>(),-])/uy

/**
 * The clause in SQLite's words: known fields, comparisons, `TIMESTAMP '…'` and `DATE '…'` as milliseconds since 1970, and nothing else.
 *
 * @throws WhereError for anything that is not in the grammar, so that nothing else of SQLite can be reached
 * @see    the standardised queries of the ArcGIS REST API
 */
export function translateWhere(clause: string, fields: ReadonlySet<string>): string {
  const parts: string[] = []
  let moment = false
  token.lastIndex = 0
  while (token.lastIndex < clause.length) {
    const at = token.lastIndex
    const found = token.exec(clause)?.groups
    if (!found) throw new WhereError(`unexpected sign at ${at}`)
    const { text, number, word, sign } = found
    if (moment && text === undefined && (word ?? sign ?? number) !== undefined) throw new WhereError('a time is expected')
    if (word !== undefined && /^(timestamp|date)$/i.test(word)) moment = true
    else if (text !== undefined) {
      parts.push(moment ? milliseconds(text) : text)
      moment = false
    } else if (word !== undefined) parts.push(wordOf(word, fields))
    else if (number !== undefined || sign !== undefined) parts.push((number ?? sign)!)
  }
  if (moment) throw new WhereError('a time is expected')
  return parts.join(' ')
}

/** The name of a field as the layer spells it; ArcGIS takes any case. */
export function fieldNamed(name: string, fields: ReadonlySet<string>): string {
  const found = [...fields].find(field => field.toLowerCase() === name.trim().toLowerCase())
  if (found === undefined) throw new WhereError(`there is no field ${name}`)
  return found
}

function wordOf(word: string, fields: ReadonlySet<string>): string {
  return words.has(word.toLowerCase()) ? word : `"${fieldNamed(word, fields)}"`
}

function milliseconds(text: string): string {
  const time = Date.parse(`${text.slice(1, -1).replace(' ', 'T')}${text.includes(':') ? 'Z' : 'T00:00:00Z'}`)
  if (Number.isNaN(time)) throw new WhereError(`${text} is no time`)
  return String(time)
}

/** A number, or the JSON of a spatial reference. */
export function whole(parameters: Parameters, name: string): number | undefined {
  const text = parameters.get(name)
  if (text === undefined || text === '') return undefined
  const number = /^\{.*"wkid"\s*:\s*(\d+).*\}$/s.exec(text)?.[1] ?? text
  if (!/^\d{1,9}$/.test(number)) throw new WhereError(`${name} is a number`)
  return Number(number)
}

export function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}
