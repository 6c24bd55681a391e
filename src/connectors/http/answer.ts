/** What does one answer of a web service hold? Pure but for the pauses in reading a CSV. */

import { sourceFailure } from '../../model/index.ts'
import { readCsv } from '../shared/csv.ts'
import { geometryColumn, type Names, type Table } from '../shared/table.ts'
import { cellOf } from './cells.ts'
import { jsonTree, readJsonRoot } from './json.ts'
import type { HttpPlace, List } from './options.ts'
import { Pair } from './pair.ts'
import { type Path, pathOf } from './path.ts'
import { rowsIn, type Spot, type Tree, valueIn } from './tree.ts'
import { readXmlRoot, xmlTree } from './xml.ts'

/** One answer. */
export interface Page {
  readonly table: Table
  /** A single value beside the rows, from the root of the document: the number of all rows, the address of the next page. */
  readonly said: (path: string) => unknown
  /** The same for two pages with the same rows. */
  readonly print: string
}

/**
 * Reads one answer: the rows at the path, nothing else.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID for half an answer, another format, and when the path to the rows leads nowhere
 */
export async function readPage(text: string, list: List, place: HttpPlace, namespaces: Readonly<Record<string, string>>): Promise<Page> {
  if (place.format === 'csv') return { table: await readCsv(text, place), said: () => undefined, print: text }
  const { tree, root } =
    place.format === 'xml' ? { tree: xmlTree(namespaces), root: readXmlRoot(text) } : { tree: jsonTree, root: parsed(text) }
  const rows = rowsIn(tree, root, pathOf(list.rows ?? '').steps)
  if (!rows) {
    const found = tree.steps(root).slice(0, 20).join(', ')
    throw sourceFailure(
      'SOURCE_ANSWER_INVALID',
      `${list.path}: nothing stands at ${list.rows}`,
      undefined,
      `the answer has ${found || 'nothing'}`,
    )
  }
  return { table: tableOf(tree, rows, place), said: path => valueIn(tree, root, pathOf(path)), print: printOf(rows) }
}

/** First and last row tell pages apart; what stands around the rows may hold the time of the answer. */
function printOf(rows: readonly Spot[]): string {
  return JSON.stringify([rows.length, rows[0]?.node, rows.at(-1)?.node])
}

function parsed(text: string): Spot {
  try {
    return readJsonRoot(text)
  } catch (cause) {
    throw sourceFailure('SOURCE_ANSWER_INVALID', 'the answer is not JSON, or only half of it', cause)
  }
}

function tableOf(tree: Tree, rows: readonly Spot[], { point, optional = [] }: HttpPlace): Table {
  const paths = new Map<string, Path>()
  const path = (name: string): Path => {
    const known = paths.get(name) ?? pathOf(name)
    paths.set(name, known)
    return known
  }
  const valueAt = (name: string, row: number): unknown => valueIn(tree, rows[row]!, path(name))
  const isThere = (name: string): boolean => optional.includes(name) || rows.some((_, row) => valueAt(name, row) !== undefined)
  const names: Names = {
    has: name => (point && name === geometryColumn ? isThere(point.x) && isThere(point.y) : isThere(name)),
    [Symbol.iterator]: () => leavesOf(tree, rows).values(),
  }
  return {
    size: rows.length,
    names: rows.length === 0 ? undefined : names,
    raw: (name, row) => (point && name === geometryColumn ? new Pair(valueAt(point.x, row), valueAt(point.y, row)) : valueAt(name, row)),
    convert: cellOf,
    problems: {},
  }
}

/** Rows that are looked at, and steps that are gone, to find out what could be a column. */
const [rowsSeen, deepest, mostLeaves] = [100, 6, 500]

/** Paths of whatever has a single value in the first rows, also one object above them. */
function leavesOf(tree: Tree, rows: readonly Spot[]): Set<string> {
  const found = new Set<string>()
  for (const row of rows.slice(0, rowsSeen)) {
    collect(tree, row, [], found)
    if (row.key !== undefined) found.add('@key')
    const parent = row.around.at(-1)
    if (parent !== undefined) collectLeaves(tree, { node: parent, around: row.around.slice(0, -1) }, found)
  }
  return found
}

function collect(tree: Tree, row: Spot, steps: readonly string[], found: Set<string>): void {
  if (found.size >= mostLeaves || steps.length > deepest) return
  const value = valueIn(tree, row, { up: 0, steps: steps.flatMap(step => pathOf(step).steps) })
  const next = tree.steps({ node: value, around: [] })
  if (next.length === 0 || typeof value !== 'object') {
    if (!isContainer(value)) found.add(steps.length === 0 ? '.' : steps.join('/'))
    return
  }
  for (const step of next) collect(tree, row, [...steps, step], found)
}

function collectLeaves(tree: Tree, parent: Spot, found: Set<string>): void {
  for (const step of tree.steps(parent)) {
    const value = valueIn(tree, parent, pathOf(step))
    if (found.size < mostLeaves && typeof value !== 'object' && typeof value !== 'symbol') found.add(`../${step}`)
  }
}

function isContainer(value: unknown): boolean {
  return Array.isArray(value) || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
}
