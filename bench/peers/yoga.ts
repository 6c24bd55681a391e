/** Yoga on the same schema and SQL, on a port that it tells its parent: what Hive Gateway stands before. It ends with its parent. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createYoga } from 'graphql-yoga'
import { context, schema } from './loaders.ts'

const server = createServer(createYoga({ schema, context }))
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
