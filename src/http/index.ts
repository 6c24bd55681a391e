/** The doors to the street. */

export { makeServer, type ServerSetting } from './server.ts'
