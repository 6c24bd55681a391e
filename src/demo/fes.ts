/** Which features does an OGC filter mean? The part of Filter Encoding 2.0 that the demo's WFS offers. */

import type { Feature, Layer, LayerField } from './layers.ts'
import { layerCrs } from './layers.ts'
import { type Box, touchesBox } from './shapes.ts'
import type { Element } from './xml.ts'

/** A question the service can't answer; its code goes into the exception report (OGC 06-121r9, 09-025r2). */
export class WfsException extends Error {
  readonly code: string
  readonly locator: string

  constructor(code: string, locator: string, message: string) {
    super(message)
    this.code = code
    this.locator = locator
  }
}

/** Unknown where a value is missing, as databases behind such services have it. */
export type Verdict = boolean | undefined
export type Test = (feature: Feature) => Verdict

/** Operators as the capabilities name them. */
export const comparisonOperators = [
  'PropertyIsEqualTo',
  'PropertyIsNotEqualTo',
  'PropertyIsLessThan',
  'PropertyIsLessThanOrEqualTo',
  'PropertyIsGreaterThan',
  'PropertyIsGreaterThanOrEqualTo',
  'PropertyIsBetween',
  'PropertyIsLike',
  'PropertyIsNull',
] as const

/** Name of the geometry property of every layer. */
export const geometryName = 'geom'

/** @param filter the element `fes:Filter` */
export function readFilter(filter: Element, layer: Layer): Test {
  const ids = filter.children.filter(({ name }) => name === 'ResourceId')
  if (ids.length > 0 && ids.length === filter.children.length) {
    const wanted = new Set(ids.map(({ attributes }) => attributes.rid))
    return feature => wanted.has(`${layer.name}.${feature.id}`)
  }
  if (filter.children.length !== 1) throw invalid('a filter holds exactly one condition')
  return readCondition(filter.children[0]!, layer)
}

function readCondition(element: Element, layer: Layer): Test {
  const { name, children } = element
  switch (name) {
    case 'And':
    case 'Or': {
      const tests = children.map(child => readCondition(child, layer))
      const decisive = name === 'Or'
      return feature => {
        const verdicts = tests.map(test => test(feature))
        return verdicts.includes(decisive) ? decisive : verdicts.includes(undefined) ? undefined : !decisive
      }
    }
    case 'Not': {
      const test = readCondition(only(children, name), layer)
      return feature => negated(test(feature))
    }
    case 'PropertyIsNull': {
      const field = fieldIn(element, layer)
      return feature => feature.values[field.name] === null
    }
    case 'PropertyIsLike':
      return readLike(element, layer)
    case 'PropertyIsBetween': {
      const field = fieldIn(element, layer)
      const [least, most] = ['LowerBoundary', 'UpperBoundary'].map(side => literal(only(named(element, side), name), field))
      return feature => {
        const value = feature.values[field.name]
        return value === null || value === undefined ? undefined : value >= least! && value <= most!
      }
    }
    case 'BBOX':
      return readBox(element)
    default:
      return readComparison(element, layer)
  }
}

const comparisons: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  PropertyIsEqualTo: (a, b) => a === b,
  PropertyIsNotEqualTo: (a, b) => a !== b,
  PropertyIsLessThan: (a, b) => a < b,
  PropertyIsLessThanOrEqualTo: (a, b) => a <= b,
  PropertyIsGreaterThan: (a, b) => a > b,
  PropertyIsGreaterThanOrEqualTo: (a, b) => a >= b,
}

function readComparison(element: Element, layer: Layer): Test {
  const compare = comparisons[element.name]
  if (!compare) throw new WfsException('OperationNotSupported', 'filter', `the operator ${element.name} is not offered`)
  const field = fieldIn(element, layer)
  const right = literal(element, field)
  const fold = element.attributes.matchCase === 'false' ? folded : (value: string | number) => value
  return feature => {
    const left = feature.values[field.name]
    return left === null || left === undefined ? undefined : compare(fold(left), fold(right))
  }
}

function readLike(element: Element, layer: Layer): Test {
  const field = fieldIn(element, layer)
  const { wildCard = '*', singleChar = '?', escapeChar = '\\', matchCase } = element.attributes
  let pattern = ''
  const signs = [...only(named(element, 'Literal'), element.name).text]
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at]!
    if (sign === escapeChar && at + 1 < signs.length) pattern += literally(signs[++at]!)
    else pattern += sign === wildCard ? '.*' : sign === singleChar ? '.' : literally(sign)
  }
  const expression = new RegExp(`^${pattern}$`, matchCase === 'false' ? 'isu' : 'su')
  return feature => {
    const value = feature.values[field.name]
    return value === null || value === undefined ? undefined : expression.test(String(value))
  }
}

function readBox(element: Element): Test {
  for (const { text } of named(element, 'ValueReference')) {
    if (localName(text) !== geometryName) throw invalid(`${text} is no geometry`)
  }
  const envelope = only(named(element, 'Envelope'), 'BBOX')
  checkCrs(envelope.attributes.srsName)
  const corner = (name: string) => only(named(envelope, name), name).text.trim().split(/\s+/).map(Number)
  return boxTest([...corner('lowerCorner'), ...corner('upperCorner')])
}

/** @param numbers west, south, east, north */
export function boxTest(numbers: readonly number[]): Test {
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) throw invalid('a box has four numbers')
  return feature => touchesBox(feature.shape, numbers as unknown as Box)
}

/** @throws WfsException for a system other than the layers' own, however it is spelled */
export function checkCrs(name: string | undefined): void {
  if (name === undefined || /(?:^|[:/])(\d{4,6})$/.exec(name)?.[1] === String(layerCrs)) return
  throw new WfsException('InvalidParameterValue', 'srsName', `only EPSG:${layerCrs} is offered`)
}

/** @param name with or without a prefix */
export function fieldNamed(name: string, layer: Layer): LayerField {
  const local = localName(name)
  const field = layer.fields.find(field => field.name === local)
  if (!field) throw invalid(`${layer.name} has no property ${local}`)
  return field
}

function localName(name: string): string {
  return name.trim().replace(/^.*[:/]/, '')
}

function fieldIn(element: Element, layer: Layer): LayerField {
  return fieldNamed(only(named(element, 'ValueReference'), element.name).text, layer)
}

function literal(element: Element, field: LayerField): string | number {
  const text = only(named(element, 'Literal'), element.name).text
  if (field.type !== 'int' && field.type !== 'decimal') return text
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) throw invalid(`${text} is no number`)
  return number
}

function named(element: Element, name: string): readonly Element[] {
  return element.children.filter(child => child.name === name)
}

function only(elements: readonly Element[], where: string): Element {
  const [element, ...more] = elements
  if (!element || more.length > 0) throw invalid(`${where} is incomplete or holds too much`)
  return element
}

function literally(sign: string): string {
  return /[\p{L}\p{N}_]/u.test(sign) ? sign : `\\u{${sign.codePointAt(0)!.toString(16)}}`
}

function negated(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict
}

function folded(value: string | number): string | number {
  return typeof value === 'string' ? value.toLowerCase() : value
}

function invalid(message: string): WfsException {
  return new WfsException('InvalidParameterValue', 'filter', message)
}
