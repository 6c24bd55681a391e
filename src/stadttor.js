#!/usr/bin/env node
/**
 * Where the program begins. JavaScript and in a file of its own, because what Node.js has compiled before (and stripped of its types) is only
 * taken for files that are loaded after the cache was opened: without it every start compiles anew, and 20 MB of the stripper stay.
 */

import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

// Beside the program, for whoever may write here; not in /tmp, where others could put code of theirs. NODE_COMPILE_CACHE names another place.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/stadttor'))
// What a start loads stays. V8 would take that for a sign of pressure, and widen the space for new objects to its most for good: 25 MB.
setFlagsFromString('--semi-space-growth-factor=1')
await import('./cli/main.ts')
setFlagsFromString('--semi-space-growth-factor=2')
// A request runs hundreds of functions once each, and V8 would look on for half a minute before the last of them is compiled well. A fifth of
// the calls is enough to know them by: in the first seconds a request costs a fifth to a third less (2026-11-26).
setFlagsFromString('--invocation-count-for-maglev=100')
setFlagsFromString('--invocation-count-for-turbofan=600')
setFlagsFromString('--minimum-invocations-after-ic-update=100')
// Much of what requests leave behind is only found by a full collection, which V8 would put off until there is three times as much of it as of
// what stays. Once as much saves 60 to 100 MB under load and costs no speed that could be measured (2026-11-26). No limit: what stays may grow.
setFlagsFromString('--heap-growing-percent=100')
// Otherwise only written at the end: never by a gateway that is killed, and after weeks without what only a start runs, which V8 has forgotten.
setTimeout(flushCompileCache, 5_000).unref()
