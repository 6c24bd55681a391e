/**
 * Opens the gateway once while its image is built, so that it finds itself compiled wherever the image runs: a container cannot write.
 * Every kind of source is opened, and none is there.
 */

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const server = '{ host: 127.0.0.1, port: 1, database: none, user: none }'
const service = (path = '') => `{ url: "http://127.0.0.1:1/${path}" }`
const connections = {
  postgres: server,
  mariadb: server,
  mssql: server,
  oracle: '{ connectString: "127.0.0.1:1/none", user: none, password: none }',
  sqlite: '{ file: none.sqlite }',
  file: '{ folder: none }',
  wfs: service(),
  'ogc-features': service(),
  http: service(),
  ngsi: service(),
  arcgis: service('arcgis/rest/services/None/MapServer'),
  sensorthings: service('v1.1'),
}

const folder = mkdtempSync(join(tmpdir(), 'stadttor-compile-'))
mkdirSync(join(folder, 'sources'))
writeFileSync(
  join(folder, 'gateway.yml'),
  'city: { name: none, title: None, operator: None }\nserver: { port: 0 }\nmetrics: { port: 0 }\ncache: { redis: "redis://127.0.0.1:1" }\n',
)
for (const [kind, connection] of Object.entries(connections))
  writeFileSync(join(folder, 'sources', `${kind}.yml`), `id: ${kind}\nkind: ${kind}\ntitle: None\nconnection: ${connection}\n`)

const gateway = spawn(process.execPath, [...process.execArgv, 'src/stadttor.js', 'serve', '--config', folder])
let said = ''
gateway.stderr.on('data', text => {
  said += text
  // It is open, and has the drivers of all its sources before long; what it compiled is kept when it ends.
  if (said.includes('/graphql')) setTimeout(() => gateway.kill('SIGTERM'), 3_000)
})
gateway.on('exit', code => {
  rmSync(folder, { recursive: true })
  if (code !== 0) console.error(said)
  process.exit(code ?? 1)
})
