/** Which files lie in a folder, and what could their columns be, for those who write dataset files? */

import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import {
  type ConnectorServices,
  GatewayError,
  type Introspector,
  type RecognisedSource,
  type SourceItem,
  type SourceSetting,
  sourceFailure,
} from '../../model/index.ts'
import { columnsSeen, keySeen, rowsSeenOf } from '../shared/columns-seen.ts'
import { openFile } from './disk.ts'
import type { FileConnection, FilePlace } from './options.ts'
import { formatOf } from './parse.ts'
import { openReadings } from './readings.ts'
import { sheetNames } from './sheets.ts'

/** For the log: whom the files are read for. */
const nobody = '(introspect)'

/** Files that are listed, and folders below the first one that are looked into. */
const [mostFiles, deepest] = [1000, 4]

const known = /\.(csv|tsv|geojson|json|xls[xm])$/i

export function openIntrospector(source: SourceSetting<FileConnection>, services: ConnectorServices): Introspector {
  const readings = openReadings(source, services)
  return {
    async list(context) {
      const items: SourceItem[] = []
      for (const path of await filesBelow(readings.folder)) {
        context.signal.throwIfAborted()
        items.push(...(await itemsIn(readings.folder, path, source.limits.bytes)))
      }
      return items
    },
    async describe(place, context) {
      const at = place as FilePlace
      const table = await readings.table(at, nobody, context)
      const columns = columnsSeen(table)
      return { name: nameOf(at), what: 'file', place: { ...at }, rows: table.size, columns, key: keySeen(table, columns) }
    },
    async sample(place, columns, limit, context) {
      return rowsSeenOf(await readings.table(place as FilePlace, nobody, context), columns, limit)
    },
    async close() {
      readings.close()
    },
  }
}

/** The name of a file with its folder, on this machine; what is a GeoPackage or a database is another kind's. */
export function recognise(pasted: string): RecognisedSource | undefined {
  const path = pasted.trim()
  if (!known.test(path) || /^[a-z][a-z0-9+.-]+:/i.test(path) || !isAbsolute(path)) return undefined
  return { kind: 'file', connection: { folder: dirname(path) }, place: { path: basename(path) } }
}

/** Names of files that can be read, from the folder on; links are not followed. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  const look = async (at: string, depth: number): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true })
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || found.length >= mostFiles) continue
      if (entry.isDirectory() && depth < deepest) await look(join(at, entry.name), depth + 1)
      if (entry.isFile() && known.test(entry.name)) found.push(relative(folder, join(at, entry.name)).split(sep).join('/'))
    }
  }
  try {
    await look(folder, 0)
  } catch (error) {
    throw sourceFailure('SOURCE_UNAVAILABLE', `${folder} cannot be listed: ${(error as NodeJS.ErrnoException).code}`, error)
  }
  return found
}

/** A file is one table; a workbook has one in each sheet. */
async function itemsIn(folder: string, path: string, limitBytes: number): Promise<readonly SourceItem[]> {
  const whole: SourceItem = { name: path, what: 'file', place: { path } }
  if (formatOf({ path }) !== 'xlsx') return [whole]
  try {
    const { handle } = await openFile(folder, path, limitBytes)
    const names = await sheetNames(await readFile(handle).finally(() => handle.close()), limitBytes)
    return names.length < 2 ? [whole] : names.map(sheet => ({ name: nameOf({ path, sheet }), what: 'file', place: { path, sheet } }))
  } catch (error) {
    // One file that cannot be read is no reason to list none: reading it will say why.
    if (error instanceof GatewayError) return [whole]
    throw error
  }
}

function nameOf({ path, sheet }: Pick<FilePlace, 'path' | 'sheet'>): string {
  return sheet === undefined ? path : `${path} ${sheet}`
}
