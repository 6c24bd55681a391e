/** How is an answer in XML walked? */

import { type GatewayError, sourceFailure } from '../../model/index.ts'
import { type Element, readElement } from '../shared/xml.ts'
import { stepText } from './path.ts'
import type { Spot, Tree } from './tree.ts'

/** The document: its only child is the root element. */
interface Root {
  readonly root: Element
}

/** @throws GatewayError SOURCE_ANSWER_INVALID for half a document, a DTD or an entity of its own */
export function readXmlRoot(text: string): Spot {
  return { node: { root: readElement(text) } satisfies Root, around: [] }
}

/**
 * A step is an element, `*` for any, `@name` for an attribute (without its prefix), a number for one of several elements of a name.
 * A name without a prefix fits in every namespace; one with a prefix only in the namespace that it stands for.
 *
 * @param namespaces by prefix, as configured
 */
export function xmlTree(namespaces: Readonly<Record<string, string>>): Tree {
  const fits = (step: string): ((child: Element) => boolean) => {
    const colon = step.indexOf(':')
    if (step === '*') return () => true
    if (colon < 0) return child => child.name === step
    const uri = Object.hasOwn(namespaces, step.slice(0, colon)) ? namespaces[step.slice(0, colon)] : undefined
    if (uri === undefined) throw undeclared(step)
    return child => child.name === step.slice(colon + 1) && child.uri === uri
  }
  return {
    under({ node, around }, step) {
      if (isRoot(node)) return [node.root].filter(fits(step)).map(child => ({ node: child, around }))
      if (!isElement(node)) return []
      const inside = [...around, node]
      if (step.startsWith('@')) {
        const value = node.attributes.get(step.slice(step.indexOf(':') + 1 || 1))
        return value === undefined ? [] : [{ node: value, around: inside }]
      }
      return node.children.filter(fits(step)).map(child => ({ node: child, around: inside }))
    },
    pick: (spots, step) => (/^\d{1,9}$/.test(step) ? spots.slice(Number(step), Number(step) + 1) : undefined),
    // A list without entries has no elements: only what stands around them must be there.
    isLost: (_spots, _step, at, last) => at === 0 || at < last,
    rowsAt: spot => [spot],
    valueAt({ node }) {
      if (!isElement(node) || node.children.length > 0) return node
      const nil = node.attributes.get('nil')
      return nil === 'true' || nil === '1' ? null : node.text
    },
    steps({ node }) {
      if (!isElement(node)) return []
      const attributes = [...node.attributes.keys()].map(name => `@${name}`)
      const names = node.children.map(({ name }) => name)
      return [
        ...attributes,
        ...new Set(names.map(name => (names.filter(other => other === name).length > 1 ? `${stepText(name)}/0` : stepText(name)))),
      ]
    },
  }
}

function isRoot(node: unknown): node is Root {
  return typeof node === 'object' && node !== null && 'root' in node
}

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 'children' in node
}

function undeclared(step: string): GatewayError {
  return sourceFailure('SOURCE_CHANGED', `the prefix of ${step} is not among the namespaces of the source`)
}
