/** When does the breaker open, when does it close, and what does not count? */

import { jest } from '@jest/globals'
import { type BreakerState, retryBudget, steady } from '../../src/connectors/index.ts'
import { type Answer, type Connector, type FailureCode, GatewayError, type SourceRequest, sourceFailure } from '../../src/model/index.ts'

const request = { kind: 'rows', dataset: { id: 'datensatz' } } as SourceRequest
const answer: Answer = { rows: [], asOf: 0 }

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] })
})
afterEach(() => {
  jest.useRealTimers()
})

function patient() {
  return { signal: new AbortController().signal, deadline: Date.now() + 10_000 }
}

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
