/** Who asks, in which language, and which of our graphs answers? */

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Language } from '../model/index.ts'
import { audienceOf, type KeyEntry } from './access.ts'
import type { Graph, Graphs } from './graphs.ts'
import { languageOf } from './language.ts'

export interface CallersSetting {
  readonly keys: readonly KeyEntry[]
  /** For callers who name no language of ours. */
  readonly language: Language
  /** Origins that browsers may ask from; `['*']` for all. */
  readonly origins: readonly string[]
  /** Gives the city's date, `2026-11-22`. */
  readonly today: () => string
}

export interface Caller {
  readonly audience: string
  /** `undefined` when there is nothing for this audience. */
  readonly graph: Graph | undefined
  readonly language: Language
  /** Everything besides the request itself that an answer hangs on. */
  readonly scope: string
}

/** A caller whom a graph answers. */
export interface Welcome extends Caller {
  readonly graph: Graph
}

type Request = Pick<IncomingMessage, 'headers'>

export interface Callers {
  /** @throws GatewayError KEY_INVALID */
  callerOf(request: Request): Caller
  /** @returns `undefined` for whoever is refused, or has nothing to ask here */
  welcome(request: Request): Welcome | undefined
  languageOf(request: Request): Language
}

interface Way {
  readonly accept: string | undefined
  readonly languages: string | undefined
  readonly origin: string | undefined
  readonly caller: Caller
}

/** Ways of asking that are remembered at most. */
const waysAtMost = 500

export function createCallers(setting: CallersSetting, graphs: { readonly now: Graphs }): Callers {
  const anyOrigin = setting.origins.includes('*')
  const languageFor = ({ headers }: Request) => languageOf(headers['accept-language'], setting.language)
  /** Callers without a key, by everything that tells one from another. */
  let ways = new Map<string, Caller>()
  let waysOf = graphs.now
  /** The last of them: the next one mostly asks the same way. */
  let last: Way | undefined
  /** Those with a key, for as long as the request takes: a key can expire, and is not for us to keep. */
  const withKey = new WeakMap<IncomingHttpHeaders, Caller>()

  function look(request: Request): Caller {
    const { accept, origin } = request.headers
    const audience = audienceOf(request.headers, setting.keys, setting.today)
    const graph = graphs.now.get(audience)
    const language = languageFor(request)
    const scope = JSON.stringify([audience, graph?.model.hash, accept, language, anyOrigin ? '' : origin])
    return { audience, graph, language, scope }
  }

  function callerOf(request: Request): Caller {
    const { headers } = request
    if (headers['x-api-key'] !== undefined || headers.authorization !== undefined) {
      const seen = withKey.get(headers)
      if (seen && seen.graph === graphs.now.get(seen.audience)) return seen
      const caller = look(request)
      withKey.set(headers, caller)
      return caller
    }
    if (waysOf !== graphs.now || ways.size >= waysAtMost) {
      ways = new Map()
      last = undefined
      waysOf = graphs.now
    }
    const { accept, 'accept-language': languages, origin } = headers
    if (last && last.accept === accept && last.languages === languages && last.origin === origin) return last.caller
    const way = `${accept ?? ''}\n${languages ?? ''}\n${origin ?? ''}`
    const known = ways.get(way)
    const caller = known ?? look(request)
    if (!known) ways.set(way, caller)
    last = { accept, languages, origin, caller }
    return caller
  }

  return {
    callerOf,
    welcome(request) {
      try {
        const caller = callerOf(request)
        return hasGraph(caller) ? caller : undefined
      } catch {
        return undefined
      }
    },
    languageOf: languageFor,
  }
}

function hasGraph(caller: Caller): caller is Welcome {
  return caller.graph !== undefined
}
