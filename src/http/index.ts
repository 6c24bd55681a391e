/** The doors to the street. */

export { createMetrics, type Metrics, type MetricsDoor, openMetrics, sharedMetrics } from './metrics.ts'
export { type Doors, makeServer, type ServerSetting } from './server.ts'
