/** How is XML read when nobody may make us read more than is there? */

import { SaxesParser, type SaxesTagNS } from 'saxes'
import { GatewayError, sourceFailure } from '../../model/index.ts'

export interface Tag {
  /** Without its prefix. */
  readonly name: string
  /** Namespace that its prefix stands for; '' for none. */
  readonly uri: string
  /** Attributes by name without prefix: `srsName`, `id`, `nil`. */
  readonly attributes: ReadonlyMap<string, string>
}

/** A piece of XML as a tree: small ones only, such as one property of one feature. */
export interface Element extends Tag {
  readonly children: readonly Element[]
  /** Its own text and CDATA, without that of its children. */
  readonly text: string
}

export interface XmlReader {
  readonly open: (tag: Tag) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** Elements in elements; GML needs about twenty. */
const deepest = 100

/**
 * Reads a document to its end, event by event. No DTD, so no entities but the five of XML: nothing can grow and nothing is fetched.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID for half a document, a DTD, an unknown entity, or elements nested beyond reason
 */
export function readXml(text: string, reader: XmlReader): void {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const say = (piece: string): void => reader.text?.(piece)
  let depth = 0
  parser.on('doctype', () => {
    throw new SyntaxError('a document type declaration')
  })
  parser.on('opentag', tag => {
    if (++depth > deepest) throw new SyntaxError('elements are nested too deep')
    reader.open(tagOf(tag))
  })
  parser.on('text', say)
  parser.on('cdata', say)
  parser.on('closetag', tag => {
    depth--
    reader.close?.(tag.local)
  })
  try {
    parser.write(text).close()
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    const reason = cause instanceof Error ? cause.message.slice(0, 200) : 'unknown'
    throw sourceFailure('SOURCE_ANSWER_INVALID', `the answer is not whole XML: ${reason}`, cause)
  }
}

/** A whole document as a tree; for small ones such as a schema. */
export function readElement(text: string): Element {
  const tree = growTree()
  readXml(text, tree)
  return tree.root()
}

/** Collects events into a tree. */
export function growTree(): XmlReader & {
  readonly text: (text: string) => void
  readonly close: () => void
  readonly root: () => Element
} {
  const open: Growing[] = []
  let root: Element | undefined
  return {
    open: tag => {
      const grown: Growing = { name: tag.name, uri: tag.uri, attributes: tag.attributes, children: [], text: '' }
      open.at(-1)?.children.push(grown)
      root ??= grown
      open.push(grown)
    },
    text: text => {
      const top = open.at(-1)
      if (top) top.text += text
    },
    close: () => void open.pop(),
    root: () => root!,
  }
}

interface Growing extends Tag {
  readonly children: Element[]
  text: string
}

/** Attributes are looked at on few elements: most are passed over, and a Map for each would cost more than the reading. */
function tagOf({ local, uri, attributes }: SaxesTagNS): Tag {
  let known: ReadonlyMap<string, string> | undefined
  return {
    name: local,
    uri,
    get attributes() {
      known ??= new Map(Object.values(attributes).map(attribute => [attribute.local, attribute.value]))
      return known
    },
  }
}
