/** Every kind of source there is: a new one is a folder, and a line here. */

import type { ConnectorModule } from './module.ts'
import { sql } from './sql/index.ts'

export { guardAccount, readableColumns, readsBeyond } from './account.ts'
export type { ConnectorModule } from './module.ts'
export { localEngine } from './shared/engine.ts'
export { type BreakerState, retryBudget, type SteadySetting, steady } from './steady.ts'

/** By `kind:` in a source file. Loaded when somebody names it: a city has a few kinds of sources, and some bring large libraries. */
const loaders: Readonly<Record<string, () => Promise<unknown>>> = {
  ...sql,
  wfs: async () => (await import('./wfs/index.ts')).wfs,
  'ogc-features': async () => (await import('./ogc/index.ts')).ogcFeatures,
  arcgis: async () => (await import('./arcgis/index.ts')).arcgis,
  http: async () => (await import('./http/index.ts')).http,
  sensorthings: async () => (await import('./sensorthings/index.ts')).sensorthings,
  ngsi: async () => (await import('./ngsi/index.ts')).ngsi,
  file: async () => (await import('./file/index.ts')).file,
}

/**
 * The modules of some kinds of sources; of all kinds unless told, and when one of the names is none, so that whoever wrote it can be told
 * which there are.
 */
export async function connectorModules(named: Iterable<string> = []): Promise<readonly ConnectorModule[]> {
  const kinds = [...named]
  const wanted = kinds.length > 0 && kinds.every(kind => Object.hasOwn(loaders, kind)) ? kinds : Object.keys(loaders)
  // One module may have several kinds.
  return [...new Set(await Promise.all(wanted.map(kind => loaders[kind]!())))] as readonly ConnectorModule[]
}
