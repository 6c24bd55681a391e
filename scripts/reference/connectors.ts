/** What has the contract of connectors shown of each kind of source? From what its suites wrote down. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { faultWords, promises } from '../../test/contract/promises.ts'
import type { Shown } from '../../test/contract/shown.ts'
import { code, generated, plain, table } from './markdown.ts'

const top = resolve(import.meta.dirname, '../..')
const folder = resolve(top, 'test/contract/shown')

const sentences: readonly (readonly [name: string, sentence: string])[] = [
  ...Object.entries(promises),
  ...Object.entries(faultWords)
    .filter(([fault]) => fault !== 'silent')
    .map(([fault, words]) => [`fault.${fault}`, `survives a bad source: ${words}`] as const),
]

/** `docs/reference/connectors.md` */
export function writeConnectors(): string {
  const suites = shown().filter(({ promises }) => Object.keys(promises).length > 0)
  const reasons = new Map<string, string[]>()
  for (const [at, suite] of suites.entries()) {
    for (const why of new Set(Object.values(suite.promises).filter(outcome => outcome !== true)))
      reasons.set(why, [...(reasons.get(why) ?? []), letter(at)])
  }
  const numberOf = (why: string): string => `(${[...reasons.keys()].indexOf(why) + 1})`
  const cell = (outcome: true | string | undefined): string => (outcome === true ? '✓' : outcome === undefined ? '' : numberOf(outcome))
  return `${generated}
# What every kind of source promises

One suite of tests, [the contract of connectors](../../test/contract/connector.ts), is run against every kind of source. This page is
written from its last run; a run that shows something else fails. The [README](../../README.md#what-was-run-against-what) says what
stood at the other end: a real server, or a stand-in. What happens when a source fails is on a [page of its own](faults.md).

${suites.map(({ name, suite }, at) => `- **${letter(at)}**: ${plain(name)} ([suite](../../${suite}))`).join('\n')}

✓: kept. A number: cannot be kept, for the reason below.

${table(
  ['a connector …', ...suites.map((_, at) => letter(at))],
  sentences.map(([name, sentence]) => [plain(sentence), ...suites.map(({ promises }) => cell(promises[name]))]),
)}

${[...reasons].map(([why, letters], at) => `${at + 1}. ${letters.join(', ')}: ${plain(why)}`).join('\n')}
`
}

/** `docs/reference/faults.md` */
export function writeFaults(): string {
  return `${generated}
# What happens when a source fails

Each fault below was made on purpose in a test. The caller gets a [code](errors.md) with the sentence that belongs to it, which names
nothing of the source; the operators read the line in their log, at level warn. \`…\` stands for addresses, folders and statements.

${shown()
  .map(({ name, faults }) => `## ${plain(name)}\n\n${table(['fault', 'the caller gets', 'the operators read'], rowsOf(faults))}`)
  .join('\n\n')}
`
}

function rowsOf(faults: Shown['faults']): string[][] {
  return Object.entries(faults).flatMap(([words, outcomes]) =>
    outcomes.map(({ code: got, log }) => [plain(words), code(got), code(log.replaceAll('`', "'").replaceAll(/\s+/g, ' '))]),
  )
}

/** @throws Error when a suite that has shown something is no longer there */
function shown(): readonly Shown[] {
  const files = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.json')) : []
  const all = files.map(file => JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as Shown)
  const gone = all.filter(({ suite }) => !existsSync(resolve(top, suite)))
  if (gone.length > 0) throw new Error(`${gone.map(({ name, suite }) => `${name}: ${suite} is gone`).join('; ')}; delete what it has shown`)
  return all.sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

function letter(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : `A${String.fromCharCode(65 + at - 26)}`
}
