/** The doors to the street. */

export { createMetrics, type Metrics, openMetrics } from './metrics.ts'
export { type Doors, makeServer, type ServerSetting } from './server.ts'
