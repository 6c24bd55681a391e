/** Layers and tables of ArcGIS services. */

export { arcgis } from './connector.ts'
