/** Every kind of source there is: a new one is a folder, and a line here. */

import { arcgis } from './arcgis/index.ts'
import { file } from './file/index.ts'
import { http } from './http/index.ts'
import type { ConnectorModule } from './module.ts'
import { ngsi } from './ngsi/index.ts'
import { ogcFeatures } from './ogc/index.ts'
import { sensorthings } from './sensorthings/index.ts'
import { sql } from './sql/index.ts'
import { wfs } from './wfs/index.ts'

export { guardAccount, readableColumns, readsBeyond } from './account.ts'
export type { ConnectorModule } from './module.ts'
export { localEngine } from './shared/engine.ts'
export { type BreakerState, retryBudget, type SteadySetting, steady } from './steady.ts'

export const connectorModules: readonly ConnectorModule[] = [
  ...sql,
  wfs,
  ogcFeatures,
  arcgis,
  http,
  sensorthings,
  ngsi,
  file,
] as readonly ConnectorModule[]
