/** The doors to the street. */

export { type Doors, makeServer, type ServerSetting } from './server.ts'
