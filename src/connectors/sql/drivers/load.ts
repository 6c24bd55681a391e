/** What do we say when a database driver is not installed? */

import { sourceFailure } from '../../../model/index.ts'

/** Drivers are loaded on first use, so that a city installs only those it needs. */
export async function driverPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw sourceFailure('SOURCE_UNAVAILABLE', `the driver "${name}" cannot be loaded; install it with: npm install ${name}`, cause)
  }
}
