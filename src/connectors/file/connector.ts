/** How does a file on disk answer requests? The smallest connector, and the one to read first when writing another. */

import { resolve } from 'node:path'
import { LRUCache } from 'lru-cache'
import {
  type Answer,
  type Capabilities,
  type Connector,
  type ConnectorServices,
  localCapabilities,
  type ReadContext,
  type SourceRequest,
  type SourceSetting,
  sourceFailure,
} from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { decodeText } from '../shared/charset.ts'
import { readCsv } from '../shared/csv.ts'
import { answerLocally } from '../shared/local.ts'
import { localRows, type Table } from '../shared/table.ts'
import { openFile, readBytes } from './disk.ts'
import { readFeatures } from './geojson.ts'
import { connection, type FileConnection, type FilePlace, place } from './options.ts'

/** CSV and GeoJSON files in a folder. */
export const file: ConnectorModule<FileConnection, FilePlace> = {
  kinds: ['file'],
  connection,
  place,
  capabilities: () => everything,
  open: openFolder,
}

/** All is done here, over rows in memory, so there is nothing that could not be done. */
const everything: Capabilities = { ...localCapabilities, paging: 'offset' }

/** Files that are remembered as they were read, until they change on disk. */
const filesKept = 32

interface Reading {
  readonly stamp: string
  readonly table: Promise<Table>
}

function openFolder(source: SourceSetting<FileConnection>, services: ConnectorServices): Connector {
  const folder = resolve(services.folder, source.connection.folder ?? '.')
  const read = new LRUCache<string, Reading>({ max: filesKept })
  let closed = false

  /** Looks whether the file has changed, and reads it only then; requests that come meanwhile wait for the same reading. */
  const tableOf = async (at: FilePlace): Promise<Table> => {
    const found = await openFile(folder, at.path, source.limits.bytes)
    const key = JSON.stringify(at)
    const known = read.get(key)
    if (known?.stamp === found.stamp) {
      await found.handle.close()
      return known.table
    }
    const table = readBytes(found, at.path, source.limits.bytes)
      .finally(() => found.handle.close())
      .then(bytes => parse(bytes, at))
    read.set(key, { stamp: found.stamp, table })
    // What could not be read is not remembered: the next request tries again.
    table.catch(() => read.get(key)?.table === table && read.delete(key))
    return table
  }

  return {
    capabilities: everything,
    async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
      if (closed) throw sourceFailure('SOURCE_UNAVAILABLE', `${source.id}: the connector is closed`)
      context.signal.throwIfAborted()
      if (Date.now() >= context.deadline) throw sourceFailure('SOURCE_TIMEOUT', `${source.id}: no time left to read`)
      const at = request.dataset.place as FilePlace
      services.call({ source: source.id, dataset: request.dataset.id, means: 'file', statement: at.path })
      const asOf = Date.now()
      const table = await withPatience(tableOf(at), context)
      const { rows, problems } = localRows(table, request)
      return { rows: answerLocally(request, rows), asOf, ...(Object.keys(problems).length > 0 && { problems }) }
    },
    async close() {
      closed = true
      read.clear()
    },
  }
}

async function parse(bytes: Uint8Array, at: FilePlace): Promise<Table> {
  const text = decodeText(bytes, `text/plain; charset=${at.encoding ?? 'utf-8'}`)
  const format = at.format ?? (/\.(geo)?json$/i.test(at.path) ? 'geojson' : 'csv')
  return format === 'geojson' ? readFeatures(text) : readCsv(text, at)
}

/** The file may be read to its end for others; this caller no longer waits for it. A folder on a network can hang. */
async function withPatience<T>(work: Promise<T>, { signal, deadline }: ReadContext): Promise<T> {
  const { promise: left, reject } = Promise.withResolvers<never>()
  const leave = (): void => reject(signal.reason)
  const late = (): void => reject(sourceFailure('SOURCE_TIMEOUT', 'the file could not be read in time'))
  signal.addEventListener('abort', leave, { once: true })
  const timer = setTimeout(late, deadline - Date.now())
  try {
    return await Promise.race([work, left])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}
