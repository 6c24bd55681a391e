/** Hive Gateway as a proxy before Yoga, started by its own command line, as its documentation says; Yoga has a process of its own. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const yoga = fork(join(import.meta.dirname, 'yoga.ts'))
const [port] = await once(yoga, 'message')
// Yoga ends with this process, so nothing here need wait for it.
yoga.unref()
yoga.channel?.unref()

const settings = join(import.meta.dirname, 'hive-gateway.config.ts')
process.argv.push('--host', '127.0.0.1', '--config-path', settings, 'proxy', `http://127.0.0.1:${port}/graphql`)
const command = join(import.meta.dirname, '../node_modules/@graphql-hive/gateway/dist/bin.js')
await import(command)
