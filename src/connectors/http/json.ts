/** How is an answer in JSON walked? */

import { isObject, readJson } from '../shared/json.ts'
import { stepText } from './path.ts'
import type { Spot, Tree } from './tree.ts'

/**
 * The root of a document, with every digit of its numbers.
 *
 * @throws SyntaxError for half a document, for anything after it, and for objects and lists nested beyond reason: whoever walks them
 *   further would run out of stack
 */
export function readJsonRoot(text: string): Spot {
  const node = readJson(text, 'everywhere')
  if (isDeep(node, deepest)) throw new SyntaxError('nested too deep')
  return { node, around: [] }
}

/** Objects in objects; GeoJSON needs about ten. */
const deepest = 100

function isDeep(node: unknown, left: number): boolean {
  if (typeof node !== 'object' || node === null) return false
  return left === 0 || Object.values(node).some(value => isDeep(value, left - 1))
}

/** A step is a member of an object, a place in an array, `*` for each of them, `@key` for the name of a member that `*` found. */
export const jsonTree: Tree = {
  under({ node, around, key }, step) {
    if (Array.isArray(node)) {
      if (step === '*') return node.map(item => ({ node: item, around }))
      const at = /^\d{1,9}$/.test(step) ? Number(step) : node.length
      return at < node.length ? [{ node: node[at], around }] : []
    }
    if (isObject(node)) {
      const inside = [...around, node]
      if (Object.hasOwn(node, step)) return [{ node: node[step], around: inside }]
      if (step === '*') return Object.entries(node).map(([name, value]) => ({ node: value, around: inside, key: name }))
    }
    return step === '@key' && key !== undefined ? [{ node: key, around }] : []
  },
  isLost: (spots, step) => step !== '*' || !spots.every(({ node }) => isEmpty(node)),
  rowsAt(spot) {
    const { node, around } = spot
    if (Array.isArray(node)) return node.map(item => ({ node: item, around }))
    return node === null ? [] : [spot]
  },
  valueAt: ({ node }) => node,
  steps({ node }) {
    if (Array.isArray(node)) return node.length > 0 ? ['0'] : []
    return isObject(node) && !isShape(node) ? Object.keys(node).map(stepText) : []
  },
}

/** Whether an object is a GeoJSON geometry: those are read as one value. */
export function isShape(value: unknown): boolean {
  return isObject(value) && typeof value.type === 'string' && (Array.isArray(value.coordinates) || Array.isArray(value.geometries))
}

function isEmpty(node: unknown): boolean {
  return Array.isArray(node) ? node.length === 0 : isObject(node) && Object.keys(node).length === 0
}
