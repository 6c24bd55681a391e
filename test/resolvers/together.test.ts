/** Look-ups by id of several callers in one moment: one question to the source, and everybody gets their own. */

import type { Answer, Connector, KeyedRequest, ReadContext, SourceRequest } from '../../src/model/index.ts'
import { GatewayError } from '../../src/model/index.ts'
import { readTogether } from '../../src/resolvers/together.ts'
import { greenCity } from '../support/green.ts'
import { able } from '../support/house.ts'

const { dataset } = greenCity()[0]!
const columns = [dataset.fields[0]!, dataset.key[0]!]

function lookUp(key: number, of = dataset): KeyedRequest {
  return { kind: 'keyed', dataset: of, columns, match: of.key, keys: [[key]], orderBy: [], perKey: 1 }
}

function source(answer: (keys: readonly unknown[]) => Partial<Answer> | Promise<never>) {
  const asked: (readonly unknown[])[] = []
  const contexts: ReadContext[] = []
  const connector: Connector = {
    capabilities: able('keyset'),
    async read(request: SourceRequest, context) {
      const keys = (request as KeyedRequest).keys.map(([key]) => key)
      asked.push(keys)
      contexts.push(context)
      return { rows: keys.map(key => [`Baum ${key}`, key as number]), asOf: 1, ...(await answer(keys)) }
    },
    async close() {},
  }
  return { connector, asked, contexts }
}

function patient(signal = new AbortController().signal): ReadContext {
  return { signal, deadline: Date.now() + 1_000 }
}

test('callers of one moment share a question, and each gets its own row', async () => {
  const { connector, asked } = source(() => ({}))
  const answers = await Promise.all([1, 2, 1, 3].map(key => readTogether(connector, lookUp(key), patient())))
  expect(answers.map(({ rows }) => rows)).toEqual([[['Baum 1', 1]], [['Baum 2', 2]], [['Baum 1', 1]], [['Baum 3', 3]]])
  expect(asked).toEqual([[1, 2, 3]])
})

test('what is not there is nobody’s', async () => {
  const { connector } = source(keys => ({ rows: keys.filter(key => key !== 2).map(key => [`Baum ${key}`, key as number]) }))
  const answers = await Promise.all([1, 2].map(key => readTogether(connector, lookUp(key), patient())))
  expect(answers.map(({ rows }) => rows.length)).toEqual([1, 0])
})

test('two audiences never share a question', async () => {
  const { connector, asked } = source(() => ({}))
  const other = { ...dataset }
  await Promise.all([readTogether(connector, lookUp(1), patient()), readTogether(connector, lookUp(2, other), patient())])
  expect(asked).toEqual([[1], [2]])
})

test.each<[string, (keys: readonly unknown[]) => Partial<Answer> | Promise<never>]>([
  ['a value could not be read', keys => (keys.length > 1 ? { problems: { 'unreadable int': 1 } } : {})],
  ['a row came that nobody asked for', keys => (keys.length > 1 ? { rows: [['Baum 9', 9]] } : {})],
  [
    'one of them may have asked for something impossible',
    keys => (keys.length > 1 ? Promise.reject(new GatewayError('BAD_USER_INPUT', { message: { de: '', en: '' } })) : {}),
  ],
])('when %s, everybody is asked for alone', async (_what, answer) => {
  const { connector, asked } = source(answer)
  const answers = await Promise.all([1, 2].map(key => readTogether(connector, lookUp(key), patient())))
  expect(answers.map(({ rows }) => rows)).toEqual([[['Baum 1', 1]], [['Baum 2', 2]]])
  expect(asked).toEqual([[1, 2], [1], [2]])
})

test('a source that is down is not asked once more for each of them', async () => {
  const failure = new GatewayError('SOURCE_UNAVAILABLE', { message: { de: 'weg', en: 'gone' } })
  const { connector, asked } = source(() => Promise.reject(failure))
  const outcome = await Promise.allSettled([1, 2].map(key => readTogether(connector, lookUp(key), patient())))
  expect(outcome.map(one => (one.status === 'rejected' ? one.reason : undefined))).toEqual([failure, failure])
  expect(asked).toHaveLength(1)
})

test('who leaves, leaves at once; when all have left, the source is told', async () => {
  const gate = Promise.withResolvers<never>()
  const { connector, contexts } = source(() => gate.promise)
  const leavers = [new AbortController(), new AbortController()]
  const outcome = Promise.allSettled(leavers.map(({ signal }, at) => readTogether(connector, lookUp(at), patient(signal))))
  await new Promise(resolve => setTimeout(resolve, 10))
  leavers[0]!.abort('first')
  expect(contexts[0]!.signal.aborted).toBe(false)
  leavers[1]!.abort('second')
  expect(contexts[0]!.signal.aborted).toBe(true)
  expect(await outcome).toMatchObject([{ reason: 'first' }, { reason: 'second' }])
  gate.reject(contexts[0]!.signal.reason)
})

test('lists, conditions of a caller and several keys go their own way', async () => {
  const { connector, asked } = source(() => ({}))
  const many = { ...lookUp(1), keys: [[1], [2]] }
  const filtered: KeyedRequest = { ...lookUp(3), where: { op: 'isNull', column: columns[0]!, value: false } }
  await Promise.all([many, filtered, lookUp(4)].map(request => readTogether(connector, request, patient())))
  expect(asked).toEqual([[1, 2], [3], [4]])
})
