/** What does a service that refuses want to say, and is its answer JSON at all? */

import { type GatewayError, sourceFailure } from '../../model/index.ts'
import { type HttpAnswer, statusFailure } from '../shared/fetch.ts'
import { isObject, readJson } from '../shared/json.ts'

/** What the service was asked for, to find its words again in the report. */
export interface Asked {
  /** For the log: what was asked, where. */
  readonly shown: string
  /** Names that a complaint may be about: collection and properties. */
  readonly names: readonly string[]
}

export type JsonObject = Readonly<Record<string, unknown>>

/**
 * The object that an answer holds.
 *
 * @throws GatewayError SOURCE_CHANGED (not there, or a name it does not know), SOURCE_REFUSED, SOURCE_BUSY, SOURCE_UNAVAILABLE,
 *   SOURCE_ANSWER_INVALID (any other complaint, HTML, half an answer)
 * @see RFC 9457 (problem+json); OGC 17-069r4, 7.5.1
 */
export function readAnswer(answer: Pick<HttpAnswer, 'status' | 'text'>, asked: Asked): JsonObject {
  const { status } = answer
  const text = answer.text()
  const json = parsed(text)
  if (status >= 400) throw refusal(status, isObject(json) ? wordsOf(json) : start(text), asked)
  if (isObject(json)) return json
  throw sourceFailure(
    'SOURCE_ANSWER_INVALID',
    `${asked.shown}: status ${status}, no whole JSON object`,
    undefined,
    `it begins with ${start(text)}`,
  )
}

/** The failure of an answer that is an object, and not the one that was asked for: services report errors with status 200 as well. */
export function unexpected(json: JsonObject, what: string, { shown }: Asked): GatewayError {
  const said = wordsOf(json) || Object.keys(json).join(', ').slice(0, 200)
  return sourceFailure('SOURCE_ANSWER_INVALID', `${shown}: no ${what}`, undefined, `it says ${said}`)
}

function refusal(status: number, said: string, { shown, names }: Asked): GatewayError {
  const log = `${shown}: status ${status}`
  const unknown =
    /unknown|unbekannt|not found|does ?n.t exist|no such|not (a )?(valid|queryable|known)|invalid (property|parameter|name)|undefined/i
  const named = names.some(name => said.toLowerCase().includes(name.toLowerCase()))
  if (status === 404 || status === 410 || (unknown.test(said) && named)) return sourceFailure('SOURCE_CHANGED', log, undefined, said)
  return statusFailure(status, shown, said) ?? sourceFailure('SOURCE_ANSWER_INVALID', log, undefined, said)
}

/** Names of members that carry an explanation, in problem+json and in what services had before it. */
const explaining = ['title', 'detail', 'code', 'description', 'message', 'error'] as const

function wordsOf(json: JsonObject): string {
  return explaining
    .flatMap(name => (typeof json[name] === 'string' ? [json[name]] : []))
    .join(' | ')
    .slice(0, 500)
}

function parsed(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

function start(text: string): string {
  return JSON.stringify(text.trimStart().slice(0, 120).replace(/\s+/g, ' '))
}
