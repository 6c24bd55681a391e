/** Does the documentation hear of it when a run of the contract shows something else than the one before? */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sourceFailure } from '../../src/model/index.ts'
import { masked, Recorder } from './shown.ts'

let folder: string
const before = { ...process.env }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stadttor-shown-'))
  delete process.env.CI
  delete process.env.CONTRACT_SHOWN
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  Object.assign(process.env, before)
})

const suite = import.meta.filename

function run(promises: Readonly<Record<string, true | string>>, faults: Readonly<Record<string, readonly string[]>> = {}): Recorder {
  const recorder = new Recorder('Eine Quelle, 2.0', folder)
  for (const [name, outcome] of Object.entries(promises)) recorder.promise(name, outcome)
  for (const [words, logs] of Object.entries(faults))
    for (const log of logs) recorder.fault(words, sourceFailure('SOURCE_UNAVAILABLE', log))
  return recorder
}

test('the first run writes down what it shows, and an equal one has nothing to say', () => {
  run({ types: true, order: 'no order here' }, { 'nobody listens': ['ECONNREFUSED 127.0.0.1:5432'] }).settle(suite)
  expect(JSON.parse(readFileSync(join(folder, 'eine-quelle-2.0.json'), 'utf8'))).toEqual({
    name: 'Eine Quelle, 2.0',
    suite: 'test/contract/shown.test.ts',
    promises: { types: true, order: 'no order here' },
    faults: { 'nobody listens': [{ code: 'SOURCE_UNAVAILABLE', log: 'ECONNREFUSED 127.0.0.1:…' }] },
  })
  run({ types: true, order: 'no order here' }, { 'nobody listens': ['ECONNREFUSED 127.0.0.1:3306'] }).settle(suite)
})

test.each([
  ['a promise that is no longer kept', { types: 'too hard' }, { drop: ['gone'] }, 'types: was true, is "too hard"'],
  ['a promise that is new', { types: true, order: true }, { drop: ['gone'] }, 'order: was undefined, is true'],
  ['a fault with other words in the log', { types: true }, { drop: ['gone', 'away'] }, 'drop: SOURCE_UNAVAILABLE, away'],
  ['a fault that is not shown any more', { types: true }, {}, 'drop: is not shown any more'],
] as const)('%s fails the run, and the words say how to write it down', (_what, promises, faults, words) => {
  run({ types: true }, { drop: ['gone'] }).settle(suite)
  expect(() => run(promises, faults).settle(suite)).toThrow(words)
  expect(() => run(promises, faults).settle(suite)).toThrow('npm run generate -- contract')
  process.env.CONTRACT_SHOWN = 'write'
  run(promises, faults).settle(suite)
  delete process.env.CONTRACT_SHOWN
  run(promises, faults).settle(suite)
})

test('one of several outcomes that were written down is enough', () => {
  run({}, { drop: ['gone', 'away'] }).settle(suite)
  run({}, { drop: ['away'] }).settle(suite)
})

test('a run of some faults only says nothing', () => {
  run({}, { drop: ['gone'], login: ['no'] }).settle(suite, 2)
  run({}, { drop: ['away'] }).settle(suite, 2)
})

test('where tests must run, a suite that nobody has written down fails', () => {
  process.env.CI = 'true'
  expect(() => run({ types: true }).settle(suite)).toThrow('was never written down')
})

test('what is another in every run is left out', () => {
  expect(
    masked('connect ECONNREFUSED 127.0.0.1:41234; no connection within 5000 ms; /tmp/stadttor-a1/x.csv; asked: select t.a from b'),
  ).toBe('connect ECONNREFUSED 127.0.0.1:…; no connection within … ms; /…; asked: …')
  expect(masked('host 127.0.0.1 port 45371. (CONNECTION_ID=kk/B==) as stadttor_test_sql_12_3')).toBe(
    'host 127.0.0.1 port …. (CONNECTION_ID=…) as …',
  )
})
