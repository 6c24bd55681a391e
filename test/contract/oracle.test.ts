/**
 * Oracle Database and the contract of connectors: the real driver against our stand-in. Nobody has run it against a real server yet;
 * `npm run test:live -- oracle` does.
 */

import { oracleBench } from '../connectors/sql/oracle-town.ts'
import { connectorContract } from './connector.ts'

const http = 'a database does not speak HTTP'
const cannot = {
  'fault.html': http,
  'fault.errorWith200': http,
  'fault.redirect': http,
  'fault.truncated': 'messages say how long they are, so half an answer is a broken connection',
} as const
const once = { 'fault.garbage': 'nobody knows the release of a server that talks nonsense: shown with 19c' } as const

describe.each(['12.1', '19c', '23ai'] as const)('Oracle Database (a stand-in for %s)', release => {
  // A server that gives fewer rows at once than it is asked for is a nuisance, but no lie.
  const bench = oracleBench({ release, ...(release === '12.1' && { rowsAtOnce: 7 }) })
  afterAll(bench.tidyUp)
  connectorContract(`oracle (${release})`, bench.open, release === '19c' ? cannot : { ...cannot, ...once })

  test('nothing was said that the stand-in does not understand', () => {
    expect(bench.troubles()).toEqual([])
  })
})
