/** What has a run of the contract shown of each kind of source? Kept beside the suites, and compared with every later run. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { GatewayError } from '../../src/model/index.ts'

/** What a source did wrong, and what came of it. */
export interface ShownFault {
  /** What the caller got. */
  readonly code: string
  /** What the operators got. */
  readonly log: string
}

/** One suite, as it was run last; `docs/reference/connectors.md` and `faults.md` are made of these. */
export interface Shown {
  readonly name: string
  /** The suite, from the top of the repository. */
  readonly suite: string
  /** By promise: kept, or why not. */
  readonly promises: Readonly<Record<string, true | string>>
  /** By fault, in words: each outcome that was seen. */
  readonly faults: Readonly<Record<string, readonly ShownFault[]>>
}

const top = resolve(import.meta.dirname, '../..')
const kept = resolve(import.meta.dirname, 'shown')

export class Recorder {
  readonly name: string
  readonly #promises: Record<string, true | string> = {}
  readonly #faults: Record<string, ShownFault[]> = {}

  readonly #folder: string

  constructor(name: string, folder = kept) {
    this.name = name
    this.#folder = folder
  }

  promise(name: string, outcome: true | string): void {
    this.#promises[name] = outcome
  }

  fault(words: string, error: GatewayError): void {
    const outcome = { code: error.code, log: masked(error.log ?? '') }
    this.#faults[words] ??= []
    const known = this.#faults[words]
    if (!known.some(other => same(other, outcome))) known.push(outcome)
  }

  /**
   * Compares with what was kept, or keeps it: the first time, and when asked to.
   *
   * @param faults how many have to have been shown; a run of fewer has nothing to say
   * @throws Error when this run has shown something else
   */
  settle(suite: string, faults = 0): void {
    if (Object.keys(this.#faults).length < faults) return
    const shown: Shown = { name: this.name, suite: relative(top, suite), promises: this.#promises, faults: this.#faults }
    const file = resolve(this.#folder, `${slug(this.name)}.json`)
    // `write`: what is shown replaces what was kept. Else a run that shows something else fails.
    const writing = process.env.CONTRACT_SHOWN === 'write'
    if (writing || !existsSync(file)) {
      if (!writing && process.env.CI === 'true') throw new Error(`${this.name} was never written down: ${remedy}`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${JSON.stringify(shown, null, 2)}\n`)
      return
    }
    const changes = differences(JSON.parse(readFileSync(file, 'utf8')) as Shown, shown)
    if (changes.length > 0)
      throw new Error(`${this.name} has shown something else than what is written down. ${remedy}\n${changes.join('\n')}`)
  }
}

const remedy = 'If that is right, run "npm run generate -- contract" and commit the result.'

function differences(kept: Shown, shown: Shown): string[] {
  const names = [...new Set([...Object.keys(kept.promises), ...Object.keys(shown.promises)])]
  const promises = names
    .filter(name => kept.promises[name] !== shown.promises[name])
    .map(name => `${name}: was ${JSON.stringify(kept.promises[name])}, is ${JSON.stringify(shown.promises[name])}`)
  const faults = [...new Set([...Object.keys(kept.faults), ...Object.keys(shown.faults)])].flatMap(words => {
    const [old, young] = [kept.faults[words] ?? [], shown.faults[words] ?? []]
    if (young.length === 0) return [`${words}: is not shown any more`]
    // A connection can break in more than one way; what counts is that nothing comes that nobody has read.
    return young.filter(one => !old.some(other => same(one, other))).map(({ code, log }) => `${words}: ${code}, ${log}`)
  })
  return [...promises, ...faults]
}

function same(a: ShownFault, b: ShownFault): boolean {
  return a.code === b.code && a.log === b.log
}

/** Folders, ports, times and names that are others in every run; and statements, which have tests of their own. */
export function masked(text: string): string {
  return (
    text
      .replaceAll(/asked: \S.*$/gs, 'asked: …')
      .replaceAll(/\/tmp\/[^\s'",;)]+/g, '/…')
      .replaceAll(/stadttor_test_\w+/g, '…')
      // A server that looks names up calls this machine by its name.
      .replaceAll("'@'localhost'", "'@'127.0.0.1'")
      // MariaDB refuses a name that it does not know in the way of some account that it does know.
      .replaceAll(
        /ER_ACCESS_DENIED_(?:NO_PASSWORD_)?ERROR: (Access denied for user '\S+)(?: \(using password: YES\))?/g,
        'ER_ACCESS_DENIED_ERROR: $1',
      )
      .replaceAll(/\b\d+ ms\b/g, '… ms')
      .replaceAll(/\bport \d{2,5}/g, 'port …')
      .replaceAll(/CONNECTION_ID=[^\s)]+/g, 'CONNECTION_ID=…')
      .replaceAll(/(127\.0\.0\.1|localhost|\[::1\])([:,]\s?)\d{2,5}/g, '$1$2…')
  )
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
