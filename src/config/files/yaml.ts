/** Is this plain YAML, what does it say, and where does it say so? */

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseAllDocuments, type Scalar } from 'yaml'
import { type Mistake, mistake, type Path } from '../mistake.ts'
import type { Fillings, MistakeCode } from '../words/table.ts'

/** A file that was read: its plain data, and the way back from an entry to its line. */
export interface Tree {
  /** Relative to the configuration's folder. */
  readonly file: string
  /** Objects, arrays, text, numbers, true and false, null; keys are text as written. */
  readonly data: unknown
  /** Line of an entry; for one that is missing, of the entry it should be in. */
  line(path: Path): number
  /** A plain scalar exactly as written, so that `007` can be a text. */
  written(path: Path): string | undefined
}

/** A configuration needs five levels; more than this is an accident or an attack. */
const deepest = 32

/**
 * Reads one file of YAML 1.2 (core schema: `no` is a text).
 *
 * Anchors, aliases, merge keys, tags, directives and several documents are refused, so nothing in a file can grow, run or mean something
 * that does not stand there.
 */
export function readYaml(file: string, text: string): { readonly tree?: Tree; readonly mistakes: readonly Mistake[] } {
  const lines = new LineCounter()
  const mistakes: Mistake[] = []
  const lineAt = (offset: number) => lines.linePos(offset).line || 1
  const refuse = <Code extends MistakeCode>(code: Code, offset: number, fillings: Fillings<Code>, path: Path = []) => {
    mistakes.push(mistake(code, { file, line: lineAt(offset), path }, fillings))
  }

  const tooDeep = nesting(text)
  if (tooDeep !== undefined) return { mistakes: [mistake('YAML_TOO_DEEP', { file, line: tooDeep }, { limit: deepest })] }
  const documents = parse(text, lines)
  if (documents === undefined) return { mistakes: [mistake('YAML_TOO_DEEP', { file, line: 1 }, { limit: deepest })] }
  const [document] = documents
  if (document === undefined) return { mistakes: [mistake('FILE_EMPTY', { file, line: 1 }, {})] }
  const [error] = documents.flatMap(document => document.errors)
  // Of one broken bracket the parser makes many errors; the first is the cause.
  if (error?.code === 'RESOURCE_EXHAUSTION') refuse('YAML_TOO_DEEP', error.pos[0], { limit: deepest })
  else if (error) refuse('YAML_SYNTAX', error.pos[0], { detail: detail(error.code) })
  if (documents.length > 1) refuse('YAML_SEVERAL_DOCUMENTS', documents[1]!.range[0], {})
  if (document.directives?.yaml.explicit) refuse('YAML_DIRECTIVE', 0, {})
  if (mistakes.length > 0) return { mistakes }
  if (document.contents === null) return { mistakes: [mistake('FILE_EMPTY', { file, line: 1 }, {})] }

  const places = new Map<string, number>()
  const sources = new Map<string, string>()
  const data = plain(document.contents, [])
  if (mistakes.length > 0) return { mistakes }
  if (data === null) return { mistakes: [mistake('FILE_EMPTY', { file, line: 1 }, {})] }
  return { tree: { file, data, line, written: path => sources.get(JSON.stringify(path)) }, mistakes }

  function line(path: Path): number {
    for (let length = path.length; length >= 0; length--) {
      const found = places.get(JSON.stringify(path.slice(0, length)))
      if (found !== undefined) return found
    }
    return 1
  }

  function plain(node: Node | null, path: Path): unknown {
    if (node === null) return null
    const start = node.range?.[0] ?? 0
    const key = JSON.stringify(path)
    if (!places.has(key)) places.set(key, lineAt(start))
    if (isAlias(node)) return refuse('YAML_ALIAS', start, {}, path)
    if (node.anchor !== undefined) refuse('YAML_ALIAS', start, {}, path)
    if (node.tag !== undefined) refuse('YAML_TAG', start, {}, path)
    if (path.length > deepest) return refuse('YAML_TOO_DEEP', start, { limit: deepest }, path)
    if (isSeq<Node>(node)) return node.items.map((item, index) => plain(item, [...path, index]))
    if (isMap<Node, Node | null>(node)) return object(node.items, path)
    return isScalar(node) ? scalar(node, key) : null
  }

  function object(pairs: readonly Pair<Node, Node | null>[], path: Path): Record<string, unknown> {
    const entries = new Map<string, unknown>()
    for (const pair of pairs) {
      const start = pair.key?.range?.[0] ?? 0
      const name = isScalar(pair.key) ? keyText(pair.key) : undefined
      if (isAlias(pair.key)) refuse('YAML_ALIAS', start, {}, path)
      else if (name === undefined) refuse('YAML_KEY', start, {}, path)
      else if (name === '<<') refuse('YAML_MERGE', start, {}, path)
      // No entry is called so, and objects treat the name as their own.
      else if (name === '__proto__') refuse('YAML_KEY', start, {}, [...path, name])
      else if (entries.has(name)) refuse('YAML_DUPLICATE_KEY', start, { key: name }, [...path, name])
      else {
        if (pair.key.tag !== undefined) refuse('YAML_TAG', start, {}, [...path, name])
        if ((pair.key as Scalar).anchor !== undefined) refuse('YAML_ALIAS', start, {}, [...path, name])
        places.set(JSON.stringify([...path, name]), lineAt(start))
        entries.set(name, plain(pair.value, [...path, name]))
      }
    }
    return Object.fromEntries(entries)
  }

  function scalar(node: Scalar, key: string): unknown {
    if (node.type === 'PLAIN' && node.source !== undefined) sources.set(key, node.source)
    // YAML knows .inf and .nan; no configuration needs them, and as text they fail wherever a number is due.
    return typeof node.value === 'number' && !Number.isFinite(node.value) ? node.source : node.value
  }
}

/** A key as it stands in the file: `01` stays `01`. */
function keyText(key: Scalar): string | undefined {
  if (key.value === null && !key.source) return undefined
  return key.type === 'PLAIN' ? key.source : typeof key.value === 'string' ? key.value : undefined
}

function parse(text: string, lineCounter: LineCounter) {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.2',
      schema: 'core',
      strict: true,
      prettyErrors: false,
      // Told in our own words, and in linear time.
      uniqueKeys: false,
      lineCounter,
      logLevel: 'silent',
    })
    return 'empty' in documents ? [] : documents
  } catch (error) {
    // The parser calls itself for each level, until there is no room left.
    if (error instanceof Error && error.name !== 'RangeError') throw error
    return undefined
  }
}

/** First line on which brackets or indentation are nested absurdly deep: found before the parser recurses into them. */
function nesting(text: string): number | undefined {
  let open = 0
  let line = 1
  for (const sign of text) {
    if (sign === '\n') line += 1
    if (sign === '[' || sign === '{') open += 1
    if (sign === ']' || sign === '}') open = Math.max(0, open - 1)
    // Brackets in texts and comments count as well, hence the generous bound; the exact one is kept on the tree.
    if (open > 1000) return line
  }
  return undefined
}

/** `BAD_INDENT` → `bad indent`: the parser's own sentences are English and quote the file, which may hold secrets. */
function detail(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ')
}
