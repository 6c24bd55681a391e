/** Every attack once more, word for word: on answers that caches hold, and on old rows that stand in while the source is closed. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Stage } from '../stage.ts'
import { codeOf, type Exchange, essence, type Reply, type World } from '../town/world.ts'

/** Replies that the same request got before. */
type Asked = readonly [exchange: Exchange, before: readonly Reply[]]

export function attacksOnWhatIsKept(stage: () => Stage): void {
  test('every attack gets the same again when it is answered from caches', async () => {
    const { a, b, holds } = stage()
    for (const world of [a, b]) {
      const before = world.calls.length
      const [asked, replies] = await again(world)
      expect(unlike(asked, replies, reply => essence(reply))).toEqual([])
      expect(replies.filter(({ headers }) => headers['cache-status']?.includes('hit')).length).toBeGreaterThan(20)
      if (!holds) expect(world.calls.length - before).toBeLessThan(before / 2)
    }
  }, 60_000)
}

export function attacksOnOldRows(stage: () => Stage): void {
  test('every attack gets the same, or less, when old rows stand in for a source that is closed', async () => {
    const { a, b, closeSource } = stage()
    closeSource()
    for (const world of [a, b]) {
      const before = world.calls.length
      const [asked, replies] = await again(world)
      expect(unlike(asked, replies, told)).toEqual([])
      expect(replies.filter(isOld).length).toBeGreaterThan(20)
      expect(world.calls.slice(before)).toEqual([])
    }
  }, 60_000)
}

/** What a world answers otherwise than before to what it was asked before. */
export async function differentAgain(world: World) {
  const [asked, replies] = await again(world)
  return unlike(asked, replies, reply => essence(reply))
}

/**
 * What was refused before anything was looked for came near no cache: a tenth of that will do. Persisted queries are left out: whether they
 * are known depends on what was asked before.
 */
async function again(world: World): Promise<[readonly Asked[], readonly Reply[]]> {
  const byRequest = new Map<string, [Exchange, Reply[]]>()
  for (const exchange of world.exchanges) {
    const { caller, path, sent, reply } = exchange
    const name = JSON.stringify([caller, path, sent])
    const known = byRequest.get(name)
    if (known) known[1].push(reply)
    else if (!name.includes('persistedQuery')) byRequest.set(name, [exchange, [reply]])
  }
  const asked = [...byRequest.values()].filter(
    ([, [first]], at) => first!.json.data || codeOf(first!)?.startsWith('SOURCE_') || at % 10 === 0,
  )
  const replies: Reply[] = []
  for (let at = 0; at < asked.length; at += 8)
    replies.push(...(await Promise.all(asked.slice(at, at + 8).map(([exchange]) => patiently(world, exchange)))))
  return [asked, replies]
}

/** A busy machine is no answer. */
async function patiently(world: World, exchange: Exchange): Promise<Reply> {
  for (;;) {
    const reply = await world.again(exchange)
    if (codeOf(reply) !== 'GATEWAY_BUSY') return reply
    await pause(500)
  }
}

/** Replies that say what none of those before said. */
function unlike(asked: readonly Asked[], replies: readonly Reply[], said: (reply: Reply, later: Reply) => string) {
  return asked.flatMap(([{ caller, path, sent }, firsts], at) => {
    const reply = replies[at]!
    const [now, before] = [said(reply, reply), firsts.map(first => said(first, reply))]
    return before.includes(now) ? [] : [{ caller, path, sent, now, before }]
  })
}

function isOld({ json }: Reply): boolean {
  const origins = json.extensions?.provenance as readonly { readonly stale: boolean }[] | undefined
  return origins?.some(({ stale }) => stale) === true
}

/** What a reply says, without the parts that the later one could not give because of the source. */
function told(reply: Reply, later: Reply): string {
  const failed = (later.json.errors ?? []).filter(({ extensions }) => extensions.code?.startsWith('SOURCE_'))
  const lost = new Set(failed.map(({ path }) => path?.[0]))
  if (lost.has(undefined) || later.text === '' || later.json.data === undefined) return later.status >= 500 ? 'nothing' : essence(reply)
  const data = Object.entries(reply.json.data ?? {}).filter(([name]) => !lost.has(name))
  return JSON.stringify(data).replace(/"[\w-]{28,}"/g, token => `‹token of ${token.length}›`)
}
