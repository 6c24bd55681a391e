/** Web Feature Services, version 2.0 and 1.1. */

export { wfs } from './connector.ts'
