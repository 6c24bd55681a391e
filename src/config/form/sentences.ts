/** Which sentence belongs to what zod found? The only place where zod's issues become words, and none of them are zod's. */

import type { z } from 'zod'
import type { Text } from '../../model/index.ts'
import { type Mistake, mistake, type Path } from '../mistake.ts'
import { type Fillings, type MistakeCode, mistakeWords } from '../words/table.ts'
import { either, expectation, found, howToFill, meant } from './phrases.ts'
import type { Told } from './rules.ts'
import { valueAt } from './tree.ts'

/** Where the entry stands. */
export interface Place {
  readonly file: string
  line(path: Path): number
  /** Path of the entry within its file. */
  readonly path?: Path
  /** Texts in which secrets were put (paths as JSON), with the secrets: they may stand for numbers and never appear in a sentence. */
  readonly secrets?: ReadonlyMap<string, readonly string[]>
  /** Texts that lack their secret (paths as JSON): told about already, so their form is no further mistake. */
  readonly holes?: ReadonlySet<string>
}

/** Every mistake behind these issues. */
export function mistakesOf(issues: readonly z.core.$ZodIssue[], data: unknown, place: Place): Mistake[] {
  return withoutEchoes(issues.flatMap(issue => mistakesOfOne(issue, data, place)))
}

/** A mistyped key is one mistake, not two: that the right one is missing goes without saying. */
function withoutEchoes(mistakes: readonly Mistake[]): Mistake[] {
  const mistyped = mistakes.filter(({ code }) => code === 'UNKNOWN_KEY')
  const inside = ({ path }: Mistake) => path.slice(0, path.lastIndexOf('.') + 1)
  return mistakes.filter(
    one =>
      one.code !== 'MISSING' ||
      !mistyped.some(other => inside(other) === inside(one) && other.remedy.de.includes(`„${one.path.slice(inside(one).length)}“.`)),
  )
}

function mistakesOfOne(issue: z.core.$ZodIssue, data: unknown, place: Place): Mistake[] {
  const path = issue.path as Path
  const at = (inside: Path = path) => {
    const whole = [...(place.path ?? []), ...inside]
    return { file: place.file, line: place.line(whole), path: whole }
  }
  const value = valueAt(data, path)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = JSON.parse(issue.message) as string[]
      return issue.keys.map(key => mistake('UNKNOWN_KEY', at([...path, key]), { key, hint: meant(key, known) }))
    }
    case 'invalid_type':
      return [(value !== undefined && value !== null && said(issue.message, at())) || wrongType(at(), value, [issue.expected])]
    case 'invalid_value':
      return [unknownValue(at(), value, issue.values.map(String))]
    case 'invalid_union':
      return union(issue, data, place)
    case 'invalid_key':
      return issue.issues.flatMap(inner => mistakesOfOne({ ...inner, path: [...issue.path, ...inner.path] }, data, place))
    case 'custom':
      return [custom(issue, at(), place)]
    case 'too_small':
      return [said(issue.message, at(), issue.minimum) ?? bound(at(), issue.origin, 'least', issue.minimum)]
    case 'too_big':
      return [said(issue.message, at(), issue.maximum) ?? bound(at(), issue.origin, 'most', issue.maximum)]
    default:
      return [said(issue.message, at()) ?? mistake('VALUE', at(), { detail: withoutSecrets(ownWords(issue.message), place) })]
  }
}

interface At {
  readonly file: string
  readonly line: number
  readonly path: Path
}

function wrongType(at: At, value: unknown, expected: readonly string[]): Mistake {
  const what = either([...new Set(expected.map(type => expectation(type).what))])
  const key = String(at.path.at(-1) ?? at.file)
  if (value === undefined) return mistake('MISSING', at, { key, expected: what })
  if (value === null) return mistake('EMPTY_VALUE', at, { key, how: howToFill(at.path) })
  return mistake('WRONG_TYPE', at, { found: found(value), expected: what, how: expectation(expected[0] ?? '').how })
}

function unknownValue(at: At, value: unknown, known: readonly string[]): Mistake {
  if (value === undefined || value === null) return wrongType(at, value, ['string'])
  return mistake('UNKNOWN_VALUE', at, { hint: meant(value, known) })
}

/** The form that was most likely meant: the one whose mistakes lie deeper than "this is something else altogether". */
function union(issue: z.core.$ZodIssueInvalidUnion, data: unknown, place: Place): Mistake[] {
  const path = issue.path as Path
  const whole = [...(place.path ?? []), ...path]
  const at = { file: place.file, line: place.line(whole), path: whole }
  if ('discriminator' in issue && issue.errors.length === 0) {
    const options = 'options' in issue ? (issue.options ?? []) : []
    return [unknownValue(at, valueAt(data, path), options.map(String))]
  }
  const branches = issue.errors.filter(errors => !errors.some(error => error.path.length === 0 && error.code === 'invalid_type'))
  const likely = branches.sort((a, b) => a.length - b.length)[0]
  if (likely) return likely.flatMap(inner => mistakesOfOne({ ...inner, path: [...issue.path, ...inner.path] }, data, place))
  const expected = issue.errors.flat().flatMap(error => (error.code === 'invalid_type' ? [error.expected] : []))
  return [wrongType(at, valueAt(data, path), expected)]
}

function custom(issue: z.core.$ZodIssueCustom, at: At, place: Place): Mistake {
  const params = issue.params ?? {}
  if (isTold(params)) return mistake(params.rule, at, params.fillings as Fillings<MistakeCode>)
  const words = isText(params.text) ? params.text : ownWords(issue.message)
  return said(issue.message, at) ?? mistake('VALUE', at, { detail: withoutSecrets(words, place) })
}

function isTold(params: object): params is Told {
  return 'rule' in params && typeof params.rule === 'string' && params.rule in mistakeWords
}

/** A code from our own table, as `says` writes it. */
function said(message: string, at: At, limit?: number | bigint): Mistake | undefined {
  if (!(message in mistakeWords)) return undefined
  return mistake(message as MistakeCode, at, { limit: String(limit ?? '') } as unknown as Fillings<MistakeCode>)
}

function bound(at: At, origin: string, side: 'least' | 'most', limit: number | bigint): Mistake {
  const least = side === 'least'
  if (origin === 'string' && least)
    return Number(limit) <= 1 ? mistake('EMPTY_TEXT', at, {}) : mistake('TEXT_TOO_SHORT', at, { limit: String(limit) })
  if (origin === 'string') return mistake('TEXT_TOO_LONG', at, { limit: String(limit) })
  if (origin === 'array' && least) return mistake('EMPTY_LIST', at, {})
  if (origin === 'array') return mistake('LIST_TOO_LONG', at, { limit: String(limit) })
  return mistake(least ? 'TOO_SMALL' : 'TOO_BIG', at, { limit: String(limit) })
}

/** Words of a connector's own rule: `German | English`, or one sentence for both. */
function ownWords(message: string): Text {
  // zod's own sentence: the connector has none for this rule.
  if (/^(Invalid|Too (small|big)|Unrecognized|Expected)\b/.test(message)) return { de: 'die Form stimmt nicht.', en: 'its form is wrong.' }
  const [de = '', en = de] = message.split(' | ')
  return { de, en }
}

function isText(value: unknown): value is Text {
  return (
    typeof value === 'object' &&
    value !== null &&
    'de' in value &&
    'en' in value &&
    typeof value.de === 'string' &&
    typeof value.en === 'string'
  )
}

function withoutSecrets(words: Text, place: Place): Text {
  const secrets = [...(place.secrets?.values() ?? [])].flat()
  const strike = (text: string) => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text)
  return { de: strike(words.de), en: strike(words.en) }
}
