/** What does a service that refuses want to say? */

import { type GatewayError, sourceFailure } from '../../model/index.ts'
import { statusFailure } from '../shared/fetch.ts'
import { readElement } from '../shared/xml.ts'

/** What the service was asked for, to find its words again in the report. */
export interface Asked {
  /** For the log: what was asked, where. */
  readonly shown: string
  readonly status: number
  readonly typeName: string
  readonly properties: readonly string[]
}

/** Names of root elements that are a refusal, in every version of the standards. */
export function isReport(name: string): boolean {
  return name === 'ExceptionReport' || name === 'ServiceExceptionReport' || name === 'WFS_Exception'
}

/**
 * The failure that an ExceptionReport means. Services send one with any HTTP status, also 200.
 *
 * @see OGC 06-121r9, 8
 */
export function reported(text: string, asked: Asked): GatewayError {
  const root = readElement(text)
  const exceptions = root.children.filter(child => child.name === 'Exception' || child.name === 'ServiceException')
  const codes = exceptions.flatMap(({ attributes }) => [attributes.get('exceptionCode') ?? attributes.get('code') ?? ''])
  const places = exceptions.map(({ attributes }) => (attributes.get('locator') ?? '').toLowerCase())
  const words = exceptions.map(exception =>
    [exception.text, ...exception.children.map(child => child.text)].join(' ').replace(/\s+/g, ' ').trim(),
  )
  const log = `${asked.shown}: status ${asked.status}, ${codes.join(', ')}`
  const said = words.join(' | ').slice(0, 500)
  const failure = (code: 'SOURCE_REFUSED' | 'SOURCE_CHANGED' | 'SOURCE_ANSWER_INVALID') => sourceFailure(code, log, undefined, said)
  if (codes.some(code => /auth|access.?denied|login|security/i.test(code))) return failure('SOURCE_REFUSED')
  if (meansChange(places, words, asked)) return failure('SOURCE_CHANGED')
  // WFS 2.0 answers what it could not process with 403: that is no refusal to let us in.
  const processed = codes.includes('OperationProcessingFailed')
  return (processed ? undefined : statusFailure(asked.status, log, said)) ?? failure('SOURCE_ANSWER_INVALID')
}

/** The type or a property is gone: the report points at the parameter that named it, or repeats its name. */
function meansChange(places: readonly string[], words: readonly string[], { typeName, properties }: Asked): boolean {
  if (places.some(place => /^(typenames?|propertyname|valuereference)$/.test(place))) return true
  const names = [typeName, ...properties].map(name => name.slice(name.lastIndexOf(':') + 1).toLowerCase())
  const unknown = /unknown|not found|does ?n.t exist|no such|illegal property|invalid property|unbekannt|nicht gefunden|existiert nicht/i
  return words.some(word => unknown.test(word) && names.some(name => word.toLowerCase().includes(name)))
}

/** The failure of an answer that is neither features nor a report: a page for people, another protocol. */
export function unreadable(shown: string, status: number, text: string, what: string): GatewayError {
  const failure = statusFailure(status, shown)
  if (failure) return failure
  const start = text.trimStart().slice(0, 120).replace(/\s+/g, ' ')
  return sourceFailure('SOURCE_ANSWER_INVALID', `${shown}: status ${status}, ${what}`, undefined, `it begins with ${JSON.stringify(start)}`)
}
