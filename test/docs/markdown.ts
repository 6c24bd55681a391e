/** What is in a Markdown file, as far as it can be tested: code blocks, links, headings. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Top of the repository. */
export const root = resolve(import.meta.dirname, '../..')

export interface Block {
  /** From the top of the repository. */
  readonly file: string
  /** Of the fence. */
  readonly line: number
  /** `sh`, `yaml`, …; '' when the fence does not say. */
  readonly language: string
  readonly text: string
  /** Content of an HTML comment right above the block, such as `error: FIELD_UNKNOWN`. */
  readonly note: string
}

/** Every Markdown file that belongs to the project, also one that is not committed yet. */
export function markdownFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
  return listed.split('\0').filter(file => file !== '' && !file.includes('node_modules/'))
}

export function textOf(file: string): string {
  return readFileSync(resolve(root, file), 'utf8')
}

/** Fenced code blocks, in order. */
export function blocksIn(file: string): Block[] {
  const blocks: Block[] = []
  const lines = textOf(file).split('\n')
  let start = -1
  lines.forEach((line, at) => {
    if (!line.trimStart().startsWith('```')) return
    if (start < 0) start = at
    else {
      const above = lines[start - 1] === '' ? lines[start - 2] : lines[start - 1]
      const note = /^<!-- (.+) -->$/.exec(above ?? '')?.[1] ?? ''
      const language = lines[start]!.trim().slice(3)
      blocks.push({ file, line: start + 1, language, note, text: `${lines.slice(start + 1, at).join('\n')}\n` })
      start = -1
    }
  })
  if (start >= 0) throw new Error(`${file}:${start + 1}: a code block without an end`)
  return blocks
}

/** The text outside of code. */
export function proseOf(file: string): string {
  return textOf(file)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`\n]*`/g, '')
}

/** Targets of links and pictures. */
export function linksIn(file: string): readonly string[] {
  return [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(found => found[1]!)
}

/** Names that a link can point to: headings as GitHub writes them, and anchors of their own. */
export function anchorsIn(file: string): ReadonlySet<string> {
  const text = textOf(file).replace(/^```[\s\S]*?^```$/gm, '')
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(found =>
    found[1]!
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(found => found[1]!)])
}
