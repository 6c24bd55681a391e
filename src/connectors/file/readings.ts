/** Which table stands in a file, as it is now? Read once, and again when it has changed. */

import { resolve } from 'node:path'
import { LRUCache } from 'lru-cache'
import { type ConnectorServices, type ReadContext, type SourceSetting, sourceFailure } from '../../model/index.ts'
import type { Table } from '../shared/table.ts'
import { openFile, readBytes } from './disk.ts'
import type { FileConnection, FilePlace } from './options.ts'
import { parseFile } from './parse.ts'

/** Files that are remembered as they were read, until they change on disk. */
const filesKept = 32

interface Reading {
  readonly stamp: string
  readonly table: Promise<Table>
}

export interface Readings {
  /** Absolute. */
  readonly folder: string
  /**
   * @param dataset id of the dataset that the file is read for
   * @throws GatewayError as the contract says
   */
  table(at: FilePlace, dataset: string, context: ReadContext): Promise<Table>
  close(): void
}

export function openReadings(source: SourceSetting<FileConnection>, services: ConnectorServices): Readings {
  const folder = resolve(services.folder, source.connection.folder ?? '.')
  const { bytes: limitBytes } = source.limits
  const read = new LRUCache<string, Reading>({ max: filesKept })
  let closed = false

  /** Looks whether the file has changed, and reads it only then; requests that come meanwhile wait for the same reading. */
  const tableOf = async (at: FilePlace, dataset: string): Promise<Table> => {
    const found = await openFile(folder, at.path, limitBytes)
    const key = JSON.stringify(at)
    const known = read.get(key)
    if (known?.stamp === found.stamp) {
      await found.handle.close()
      return known.table
    }
    const table = readBytes(found, at.path, limitBytes)
      .finally(() => found.handle.close())
      .then(bytes => {
        services.received?.(bytes.byteLength, { source: source.id, dataset })
        return parseFile(bytes, at, limitBytes)
      })
    read.set(key, { stamp: found.stamp, table })
    // What could not be read is not remembered: the next request tries again.
    table.catch(() => read.get(key)?.table === table && read.delete(key))
    return table
  }

  return {
    folder,
    table(at, dataset, context) {
      if (closed) throw sourceFailure('SOURCE_UNAVAILABLE', `${source.id}: the connector is closed`)
      context.signal.throwIfAborted()
      if (Date.now() >= context.deadline) throw sourceFailure('SOURCE_TIMEOUT', `${source.id}: no time left to read`)
      services.call({ source: source.id, dataset, means: 'file', statement: at.path })
      return withPatience(tableOf(at, dataset), context)
    },
    close() {
      closed = true
      read.clear()
    },
  }
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
