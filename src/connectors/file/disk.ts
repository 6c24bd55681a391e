/** Where does a file lie, has it changed, and what are its bytes? */

import { type FileHandle, open, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { GatewayError, sourceFailure } from '../../model/index.ts'

/** A file that was found, open for reading. */
export interface OpenFile {
  readonly handle: FileHandle
  /** Differs whenever the file has changed: which file it is, its size and when it was written. */
  readonly stamp: string
}

/**
 * Opens a file below a folder.
 *
 * @param folder absolute
 * @param path   relative, as configured; links are followed, but not out of the folder
 * @param limitBytes larger files are not read
 * @throws GatewayError SOURCE_UNAVAILABLE when it is not there, SOURCE_REFUSED when it may not be read or lies outside of the
 *   folder, SOURCE_ANSWER_INVALID when it is no file or too large
 */
export async function openFile(folder: string, path: string, limitBytes: number): Promise<OpenFile> {
  const handle = await opened(folder, path)
  try {
    const stat = await handle.stat({ bigint: true })
    if (!stat.isFile()) throw sourceFailure('SOURCE_ANSWER_INVALID', `${path} in ${folder} is not a file`)
    if (stat.size > limitBytes) throw tooLarge(path, limitBytes)
    return { handle, stamp: `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}` }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * The bytes of an open file.
 *
 * @throws GatewayError SOURCE_ANSWER_INVALID when it grew beyond the limit meanwhile
 */
export async function readBytes({ handle }: OpenFile, path: string, limitBytes: number): Promise<Uint8Array> {
  const bytes = await handle.readFile()
  if (bytes.byteLength > limitBytes) throw tooLarge(path, limitBytes)
  return bytes
}

async function opened(folder: string, path: string): Promise<FileHandle> {
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(resolve(folder, path))])
    const way = relative(root, real)
    if (way === '' || way.startsWith('..') || isAbsolute(way)) {
      throw sourceFailure('SOURCE_REFUSED', `${path} leads out of ${folder}, to ${real}`)
    }
    return await open(join(root, way), 'r')
  } catch (error) {
    throw failureOf(error, folder, path)
  }
}

function failureOf(error: unknown, folder: string, path: string): unknown {
  if (error instanceof GatewayError) return error
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EACCES' || code === 'EPERM') return sourceFailure('SOURCE_REFUSED', `${path} in ${folder} may not be read`, error)
  return sourceFailure('SOURCE_UNAVAILABLE', `${path} in ${folder} cannot be opened: ${code}`, error)
}

function tooLarge(path: string, limitBytes: number): Error {
  return sourceFailure('SOURCE_ANSWER_INVALID', `${path} is larger than the limit of ${limitBytes} bytes`)
}
