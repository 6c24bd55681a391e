/** Entities of SensorThings services. */

export { sensorthings } from './connector.ts'
