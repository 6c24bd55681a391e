/** Does SQL Server keep the promises of connectors? Its real driver does, against a stand-in for the server: see test/servers/tds. */

import { mssqlBench } from '../connectors/sql/mssql-bench.ts'
import { connectorContract } from './connector.ts'

const http = 'a database does not speak HTTP'
const bench = mssqlBench()
afterAll(bench.tidyUp)

connectorContract('mssql (the driver against a stand-in for the server)', bench.open, {
  'fault.html': http,
  'fault.errorWith200': http,
  'fault.redirect': http,
  'fault.truncated': 'messages say how long they are, so half an answer is a broken connection',
})
