/** CSV and GeoJSON files on disk. */

export { file } from './connector.ts'
