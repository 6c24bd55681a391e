/** Collections of services that speak OGC API – Features. */

export { ogcFeatures } from './connector.ts'
