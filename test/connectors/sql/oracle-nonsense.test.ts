/** Can a server that talks nonsense take the gateway down? Tried in a process of its own. */

import { execFile } from 'node:child_process'
import { resolve } from 'node:path'

interface Ended {
  readonly exit: number
  readonly said: string
  readonly complained: string
}

function run(...task: readonly string[]): Promise<Ended> {
  return new Promise(done => {
    const script = resolve(import.meta.dirname, 'oracle-nonsense.ts')
    execFile(process.execPath, ['--no-warnings', script, ...task], { timeout: 100_000 }, (error, said, complained) => {
      done({ exit: error ? Number(error.code ?? 1) : 0, said, complained })
    })
  })
}

test.each(['1', '2'])(
  'a server whose words are garbled on the way is survived, and said so (seed %s)',
  async seed => {
    const { exit, said, complained } = await run('garbled', seed, '30')
    expect({ exit, complained }).toEqual({ exit: 0, complained: '' })
    const { survived, outcomes } = JSON.parse(said)
    expect(survived).toBe(true)
    const ours = [
      'answered',
      'SOURCE_UNAVAILABLE',
      'SOURCE_ANSWER_INVALID',
      'SOURCE_TIMEOUT',
      'SOURCE_REFUSED',
      'SOURCE_CHANGED',
      'SOURCE_BUSY',
    ]
    expect(Object.keys(outcomes).filter(outcome => !ours.includes(outcome))).toEqual([])
    // Some were really hurt.
    expect(Object.keys(outcomes).length).toBeGreaterThan(1)
  },
  120_000,
)

test('a server that goes on talking after the goodbye is survived', async () => {
  expect(await run('goodbye')).toMatchObject({ exit: 0, said: expect.stringContaining('survived') })
}, 60_000)

test('the driver alone would not survive that', async () => {
  expect(await run('driver')).toMatchObject({ exit: 1, complained: expect.stringContaining('TypeError') })
}, 60_000)
