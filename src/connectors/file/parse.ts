/** Which rows do the bytes of a file hold? */

import { decodeText } from '../shared/charset.ts'
import { readCsv } from '../shared/csv.ts'
import type { Table } from '../shared/table.ts'
import { readFeatures } from './geojson.ts'
import type { FilePlace } from './options.ts'
import { readWorkbook } from './xlsx.ts'

export type FileFormat = NonNullable<FilePlace['format']>

/** The format that a dataset says, or that the ending of the name tells. */
export function formatOf({ format, path }: Pick<FilePlace, 'format' | 'path'>): FileFormat {
  if (format) return format
  if (/\.(geo)?json$/i.test(path)) return 'geojson'
  return /\.xls[xm]$/i.test(path) ? 'xlsx' : 'csv'
}

/**
 * @param limitBytes of a packed file, once it is unpacked
 * @throws GatewayError SOURCE_ANSWER_INVALID when the file is not what it should be
 */
export async function parseFile(bytes: Uint8Array, at: FilePlace, limitBytes: number): Promise<Table> {
  const format = formatOf(at)
  if (format === 'xlsx') return readWorkbook(bytes, at, limitBytes)
  const text = decodeText(bytes, `text/plain; charset=${at.encoding ?? 'utf-8'}`)
  return format === 'geojson' ? readFeatures(text) : readCsv(text, at)
}
