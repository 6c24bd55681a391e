/** `npm run demo`, as typed by a newcomer: from another folder than the configuration's, with a folder of its own by default. */

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const main = resolve(import.meta.dirname, '../../src/stadttor.js')

test('the demo command answers the queries it prints, and stops when told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stadttor-demo-'))
  const demo = spawn(process.execPath, [main, '--lang', 'en', 'demo', '--port', '0'], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  })
  try {
    let talk = ''
    const welcome = new Promise<string>((done, fail) => {
      demo.stderr.setEncoding('utf8').on('data', (text: string) => {
        talk += text
        if (talk.includes('Stop with')) done(talk)
      })
      demo.once('exit', code => fail(new Error(`ended with ${code}: ${talk}`)))
    })
    const printed = await welcome
    const url = /running: (http:\/\/\S+)/.exec(printed)?.[1]
    const queries = [...printed.matchAll(/'query=(.+)'$/gm)].map(match => match[1]!)
    expect(queries).toHaveLength(3)
    for (const query of queries) {
      const response = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`)
      const answer = (await response.json()) as { data: object; errors?: unknown }
      expect(answer.errors).toBeUndefined()
    }
    const ended = new Promise(done => demo.once('exit', done))
    demo.kill('SIGTERM')
    expect(await ended).toBe(0)
  } finally {
    demo.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
})
