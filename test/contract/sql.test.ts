/** Databases and the contract of connectors. */

import { describeWith, noMariadb, noPostgres } from '../connectors/sql/servers.ts'
import { mariadbBench, postgresBench, sqliteBench } from '../connectors/sql/towns.ts'
import { connectorContract } from './connector.ts'

const http = 'a database does not speak HTTP'
const server = {
  'fault.html': http,
  'fault.errorWith200': http,
  'fault.redirect': http,
  'fault.truncated': 'messages say how long they are, so half an answer is a broken connection',
} as const

describe('SQLite', () => {
  const bench = sqliteBench()
  afterAll(bench.tidyUp)
  connectorContract('sqlite', bench.open, {
    'fault.html': http,
    'fault.errorWith200': http,
    'fault.redirect': http,
    'fault.drop': 'a file has no connection that could break',
    'fault.login': 'a file asks for no login',
  })
})

describeWith(noPostgres, 'PostgreSQL', () => {
  const bench = postgresBench()
  afterAll(bench.tidyUp)
  connectorContract('postgres', bench.open, server)
})

describeWith(noMariadb, 'MariaDB', () => {
  const bench = mariadbBench()
  afterAll(bench.tidyUp)
  connectorContract('mariadb', bench.open, server)
})
