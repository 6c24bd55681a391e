/** Do small datasets keep the promises of the contract, over sources that can do nothing but hand out rows? */

import { describeWith, noPostgres } from '../connectors/sql/servers.ts'
import { postgresBench, sqliteBench } from '../connectors/sql/towns.ts'
import { connectorContract } from './connector.ts'
import { asSmall } from './small.ts'

const http = 'a database does not speak HTTP'
const drift =
  'asked over the whole road, where a field that is gone errors at its own place and the rest is answered (test/app/gone.test.ts)'
const whole = 'a small dataset lies in memory as a whole, and is streamed as one batch'
const streams = { streamPace: whole, streamLeaving: whole, streamFailure: whole }

describe('SQLite', () => {
  const bench = sqliteBench()
  afterAll(bench.tidyUp)
  connectorContract('small datasets (rows from sqlite)', asSmall(bench.open), {
    drift,
    ...streams,
    deadline: 'a SQLite that never ends sends rows without end, and a small dataset is refused by their number before the time is up',
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
  connectorContract('small datasets (rows from postgres)', asSmall(bench.open), {
    drift,
    ...streams,
    'fault.html': http,
    'fault.errorWith200': http,
    'fault.redirect': http,
    'fault.truncated': 'messages say how long they are, so half an answer is a broken connection',
  })
})
