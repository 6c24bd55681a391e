/** Entities of context brokers. */

export { ngsi } from './connector.ts'
