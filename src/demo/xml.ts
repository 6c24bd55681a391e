/** What does a small XML document say, and how is text put into one? */

import { SaxesParser } from 'saxes'

export interface Element {
  /** Without its prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

/** @throws Error for what is not well-formed, and for a DTD: nothing here needs one, and entities are a way to attack */
export function parseXml(text: string): Element {
  const root = { name: '', attributes: {}, children: [] as Element[], text: '' }
  const open = [root]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', error => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('a DTD is not accepted')
  })
  parser.on('opentag', ({ local, attributes }) => {
    const own = Object.values(attributes).map(({ local, value }) => [local, value] as const)
    const element = { name: local, attributes: Object.fromEntries(own), children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', part => {
    open.at(-1)!.text += part
  })
  parser.on('cdata', part => {
    open.at(-1)!.text += part
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  return root.children[0]!
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
}
