/** Which sheets does a workbook have? */

import { decodeText } from '../shared/charset.ts'
import { type Element, readElement } from '../shared/xml.ts'
import { unpack } from './unpack.ts'

/**
 * Names of the sheets, in their order.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID for anything but a workbook
 */
export async function sheetNames(bytes: Uint8Array, limitBytes: number): Promise<readonly string[]> {
  const parts = await unpack(bytes, limitBytes, name => name === 'xl/workbook.xml')
  const [workbook] = parts.values()
  return workbook ? named(readElement(decodeText(workbook, 'application/xml'))) : []
}

function named({ name, attributes, children }: Element): readonly string[] {
  return name === 'sheet' ? [attributes.get('name') ?? ''].filter(text => text !== '') : children.flatMap(named)
}
