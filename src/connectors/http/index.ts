/** Web services that answer with JSON, XML or CSV. */

export { http } from './connector.ts'
