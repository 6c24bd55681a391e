/** When does the breaker open, when does it close, and what does not count? */

import { jest } from '@jest/globals'
import { type BreakerState, retryBudget, steady } from '../../src/connectors/index.ts'
import {
  type Answer,
  type Connector,
  type FailureCode,
  GatewayError,
  type ReadContext,
  type SourceRequest,
  type StreamRequest,
  sourceFailure,
} from '../../src/model/index.ts'
import { failure, patient } from '../support/waiting.ts'

const request = { kind: 'rows', dataset: { id: 'datensatz' } } as SourceRequest
const answer: Answer = { rows: [], asOf: 0 }

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] })
})
afterEach(() => {
  jest.useRealTimers()
})

/** A source that does what it is told. */
function openSource(does: () => FailureCode | 'answer') {
  let asked = 0
  const states: BreakerState[] = []
  const source: Connector = {
    capabilities: { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' },
    async read() {
      asked++
      const what = does()
      if (what === 'answer') return answer
      throw new GatewayError(what, { message: { de: what, en: what } })
    },
    async close() {},
  }
  const connector = steady(source, { source: 'quelle', warn: () => {}, onState: state => states.push(state) })
  const ask = () =>
    connector.read(request, patient()).then(
      () => 'answer',
      (error: GatewayError) => error.code,
    )
  return { ask, states, asked: () => asked }
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < count; n++) {
    await work()
    jest.advanceTimersByTime(100)
  }
}

test.each<FailureCode>(['SOURCE_UNAVAILABLE', 'SOURCE_TIMEOUT'])('%s opens it: nobody waits for a source that is away', async code => {
  const source = openSource(() => code)
  await times(30, source.ask)
  expect(source.states).toEqual(['open'])
  expect(source.asked()).toBeLessThan(20)
  expect(await source.ask()).toBe('SOURCE_UNAVAILABLE')
})

test.each<FailureCode>(['SOURCE_REFUSED', 'SOURCE_CHANGED', 'SOURCE_BUSY', 'SOURCE_ANSWER_INVALID', 'BAD_USER_INPUT', 'CANCELLED'])(
  '%s does not open it: the source is there',
  async code => {
    const source = openSource(() => code)
    await times(30, source.ask)
    expect(source.states).toEqual([])
    expect(source.asked()).toBe(30)
  },
)

test('a few failures among many answers do not open it', async () => {
  let n = 0
  const source = openSource(() => (n++ % 3 === 0 ? 'SOURCE_UNAVAILABLE' : 'answer'))
  await times(60, source.ask)
  expect(source.states).toEqual([])
})

test('after a rest one question is let through; when it is answered, all are', async () => {
  let well = false
  const source = openSource(() => (well ? 'answer' : 'SOURCE_UNAVAILABLE'))
  await times(20, source.ask)
  const before = source.asked()
  jest.advanceTimersByTime(19_000)
  expect(await source.ask()).toBe('SOURCE_UNAVAILABLE')
  expect(await source.ask()).toBe('SOURCE_UNAVAILABLE')
  expect(source.asked()).toBe(before + 1)
  well = true
  jest.advanceTimersByTime(19_000)
  await times(5, async () => expect(await source.ask()).toBe('answer'))
  expect(source.states).toEqual(['open', 'halfOpen', 'open', 'halfOpen', 'closed'])
})

test('a second try is allowed for a tenth of the questions, and a few at the start', () => {
  const budget = retryBudget()
  const taken = (questions: number) => {
    let tries = 0
    for (let n = 0; n < questions; n++) {
      budget.asked()
      if (budget.take()) tries++
    }
    return tries
  }
  expect(taken(20)).toBeLessThanOrEqual(7)
  const later = taken(1000)
  expect(later).toBeGreaterThan(90)
  expect(later).toBeLessThanOrEqual(101)
})

test('nothing is asked for somebody who has left', async () => {
  const source = openSource(() => 'answer')
  const gone = AbortSignal.abort(sourceFailure('CANCELLED', 'left'))
  const connector = steady(
    { capabilities: {} as Connector['capabilities'], read: source.ask as never, close: async () => {} },
    { source: 'x', warn: () => {} },
  )
  await expect(connector.read(request, { signal: gone, deadline: 0 })).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(source.asked()).toBe(0)
})

describe('streams', () => {
  const wanted = { dataset: { id: 'datensatz' } } as StreamRequest
  const batch: Answer = { rows: [[1], [2]], asOf: 0 }

  /** A source whose streams do as they are told, batch by batch; `left` counts those that were given back. */
  function openStreams(
    does: (batch: number) => Parameters<typeof sourceFailure>[0] | 'batch' | 'end',
    more: Partial<Parameters<typeof steady>[1]> = {},
  ) {
    const seen = { begun: 0, left: 0, running: 0, ended: [] as unknown[], states: [] as BreakerState[] }
    const connector = steady(
      {
        capabilities: { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' },
        read: async () => answer,
        async *stream() {
          seen.begun++
          try {
            for (let n = 0; ; n++) {
              const what = does(n)
              if (what === 'end') return
              if (what !== 'batch') throw sourceFailure(what, what)
              yield batch
            }
          } finally {
            seen.left++
          }
        },
        async close() {},
      },
      {
        source: 'quelle',
        warn: () => {},
        onState: state => seen.states.push(state),
        watch: {
          running: change => {
            seen.running += change
          },
          ended: ({ kind, outcome, rows }) => seen.ended.push({ kind, outcome, rows }),
        },
        ...more,
      },
    )
    const begin = (context: ReadContext = patient()) => connector.stream!(wanted, context)[Symbol.asyncIterator]()
    const drain = async (): Promise<string> => {
      try {
        for await (const _ of connector.stream!(wanted, patient()));
        return 'end'
      } catch (error) {
        return (error as GatewayError).code
      }
    }
    return { seen, connector, begin, drain }
  }

  test('a source without streams has none here', () => {
    const source: Connector = { capabilities: {} as Connector['capabilities'], read: async () => answer, close: async () => {} }
    expect(steady(source, { source: 'x', warn: () => {} }).stream).toBeUndefined()
  })

  test('streams that do not begin open the breaker, and then neither streams nor questions reach the source', async () => {
    const { seen, connector, drain } = openStreams(() => 'SOURCE_UNAVAILABLE')
    await times(30, async () => expect(await drain()).toBe('SOURCE_UNAVAILABLE'))
    expect(seen.states).toEqual(['open'])
    expect(seen.begun).toBeLessThan(20)
    expect((await failure(connector.read(request, patient()))).code).toBe('SOURCE_UNAVAILABLE')
    expect(seen.left).toBe(seen.begun)
  })

  test('one that breaks in the middle is counted as a failure as well', async () => {
    let ill = false
    const { seen, begin, drain } = openStreams(() => (ill ? 'SOURCE_UNAVAILABLE' : 'batch'))
    const running = Array.from({ length: 12 }, () => begin())
    for (const batches of running) await batches.next()
    ill = true
    for (const batches of running) expect((await failure(batches.next())).code).toBe('SOURCE_UNAVAILABLE')
    expect(seen.states).toEqual([])
    // Twelve of twenty-four would not be more than half.
    await drain()
    expect(seen.states).toEqual(['open'])
  })

  test('an open breaker ends no stream that is under way', async () => {
    let ill = false
    const { seen, begin, drain } = openStreams(n => (ill && n === 0 ? 'SOURCE_UNAVAILABLE' : n === 3 ? 'end' : 'batch'))
    const running = begin()
    await running.next()
    ill = true
    await times(20, drain)
    expect(seen.states).toEqual(['open'])
    expect(await running.next()).toEqual({ done: false, value: batch })
    expect(await running.next()).toEqual({ done: false, value: batch })
    expect(await running.next()).toEqual({ done: true, value: undefined })
  })

  test('the one that is let through after a rest may be a stream: its first batch says that the source is well', async () => {
    let well = false
    const { seen, drain } = openStreams(n => (well ? (n === 2 ? 'end' : 'batch') : 'SOURCE_TIMEOUT'))
    await times(20, drain)
    well = true
    jest.advanceTimersByTime(19_000)
    expect(await drain()).toBe('end')
    expect(seen.states).toEqual(['open', 'halfOpen', 'closed'])
  })

  test('outside the opening hours none begins, and one that is under way goes on', async () => {
    let open = true
    const { seen, begin, drain } = openStreams(n => (n === 2 ? 'end' : 'batch'), { isOpen: () => open })
    const running = begin()
    await running.next()
    open = false
    expect(await drain()).toBe('SOURCE_CLOSED')
    expect(seen.begun).toBe(1)
    expect(await running.next()).toEqual({ done: false, value: batch })
    expect((await running.next()).done).toBe(true)
  })

  test('who leaves gives the stream back at the source, is counted as such and says nothing of its health', async () => {
    const { seen, begin } = openStreams(() => 'batch')
    await times(20, async () => {
      const batches = begin()
      await batches.next()
      await batches.return!()
    })
    expect(seen).toMatchObject({ begun: 20, left: 20, running: 0, states: [] })
    expect(seen.ended).toEqual(Array(20).fill({ kind: 'stream', outcome: 'CANCELLED', rows: 2 }))
  })

  test('nothing is asked for somebody who has left before', async () => {
    const { seen, begin } = openStreams(() => 'batch')
    const reason = sourceFailure('CANCELLED', 'left')
    expect(await failure(begin({ ...patient(), signal: AbortSignal.abort(reason) }).next())).toBe(reason)
    expect(seen.begun).toBe(0)
  })

  test('each is counted once, with its rows and how it ended', async () => {
    const { seen, drain } = openStreams(n => (n === 2 ? 'end' : 'batch'))
    await drain()
    const broken = openStreams(n => (n === 1 ? 'SOURCE_ANSWER_INVALID' : 'batch'))
    await broken.drain()
    expect(seen.ended).toEqual([{ kind: 'stream', outcome: 'answer', rows: 4 }])
    expect(broken.seen.ended).toEqual([{ kind: 'stream', outcome: 'SOURCE_ANSWER_INVALID', rows: 2 }])
    expect(seen.running + broken.seen.running).toBe(0)
  })
})
