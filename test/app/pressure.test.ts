/** More than a process can answer, callers who never finish asking, and the end of a process under load. */

import { once } from 'node:events'
import { Agent, request as ask, createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { approveAll, type City, datasetText, startCity, writeFolder } from '../support/city.ts'
import { serveInProcess } from '../support/process.ts'

const dataset = (id: string, type: string, source: string) =>
  datasetText(
    id,
    type,
    source,
    `key: [{ column: nr, type: int }]
freshFor: 0 s
fields: { art: { column: art, type: text, title: Art, use: [read, filter] } }`,
  )

/** A service that takes every question and answers none until it is told to. */
let slow: Server
let folder: string
let city: City
let waiting: (() => void)[] = []

beforeAll(async () => {
  slow = createServer((_request, response) => waiting.push(() => response.writeHead(500).end()))
  slow.listen(0, '127.0.0.1')
  await once(slow, 'listening')
  const { port } = slow.address() as AddressInfo
  folder = await writeFolder({
    'gateway.yml':
      'city: { name: t, title: T, operator: T }\nsecret: 0123456789abcdef0123456789abcdef\nserver: { port: 0 }\nlimits: { requests: 3, request: 3 s }\n',
    'sources/datei.yml': 'id: datei\nkind: file\ntitle: Dateien\nconnection: { folder: . }\n',
    'sources/lahm.yml': `id: lahm\nkind: wfs\ntitle: Geodaten\nconnection: { url: "http://127.0.0.1:${port}/wfs" }\nlimits: { statement: 3 s }\n`,
    'datasets/amt/baeume.yml': dataset('baeume', 'Baum', '{ use: datei, path: baeume.csv }'),
    'datasets/amt/wege.yml': dataset('wege', 'Weg', '{ use: lahm, typeName: "stadt:weg" }'),
    'baeume.csv': `nr;art\n${Array.from({ length: 2000 }, (_, nr) => `${nr};Linde ${nr}`).join('\n')}\n`,
  })
  await approveAll(folder)
  city = await startCity(folder)
})

afterAll(async () => {
  await city?.stop()
  slow.closeAllConnections()
  slow.close()
})

test('one request too many is told to come back; supervisors are answered all the same, and all is well afterwards', async () => {
  const held = [1, 2, 3, 4].map(first =>
    fetch(`${city.url}/graphql?query=${encodeURIComponent(`{ wege(first: ${first}) { nodes { art } } }`)}`, {
      headers: { 'accept-language': 'en' },
    }),
  )
  const refused = await Promise.race(held)
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(await refused.json()).toMatchObject({
    errors: [{ message: 'The gateway is busy at the moment.', extensions: { code: 'GATEWAY_BUSY' } }],
  })
  expect((await fetch(`${city.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${city.url}/readyz`)).status).toBe(200)
  expect(city.log).toContainEqual(expect.objectContaining({ reason: 'requests', msg: expect.stringContaining('requests are refused') }))
  const answer = () => {
    for (const end of waiting) end()
    waiting = []
  }
  const timer = setInterval(answer, 20)
  expect((await Promise.all(held)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 503])
  clearInterval(timer)
  expect((await city.ask('{ baeume(first: 1) { nodes { art } } }')).errors).toBeUndefined()
})

test('a caller who sends half a head or half a body is cut off within fifteen seconds', async () => {
  const { hostname, port } = new URL(city.url)
  const cutOff = async (half: string): Promise<void> => {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write(half)
    socket.resume()
    const limit = setTimeout(() => socket.destroy(new Error('still open after fifteen seconds')), 15_000)
    await once(socket, 'close')
    clearTimeout(limit)
  }
  await Promise.all([
    cutOff('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Ty'),
    cutOff('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"query":'),
  ])
}, 20_000)

/** Callers who each ask again as soon as they were answered. */
const crowd = 300

test('told to stop under the load of hundreds, it answers whatever was asked and ends with 0', async () => {
  const gateway = await serveInProcess(folder, '--port', '0')
  try {
    const agent = new Agent({ keepAlive: true, maxFreeSockets: crowd })
    const outcomes: (number | string)[] = []
    const answered = new Set<number>()
    const caller = async (_: unknown, number: number): Promise<void> => {
      for (let first = number + 1; ; first = (first % 900) + 1) {
        const query = encodeURIComponent(`{ baeume(first: ${first}) { totalCount nodes { art } } }`)
        const outcome = await askOnce(`${gateway.url}/graphql?query=${query}`, agent)
        outcomes.push(outcome)
        answered.add(number)
        if (outcome === 'gone') return
        // Three at once may be answered here; whoever is refused comes back a little later.
        if (outcome === 503) await new Promise(done => setTimeout(done, 50))
      }
    }
    const callers = Array.from({ length: crowd }, caller)
    // All of them are connected: whom nobody has taken in yet, a door that shuts leaves outside.
    while (answered.size < crowd) await new Promise(done => setTimeout(done, 20))
    gateway.child.kill('SIGTERM')
    await Promise.all(callers)
    expect(await gateway.ended).toBe(0)
    expect(outcomes).toContain(200)
    expect(new Set(outcomes)).toEqual(new Set([200, 503, 'gone']))
    agent.destroy()
  } finally {
    gateway.child.kill('SIGKILL')
  }
}, 60_000)

/**
 * Asks once, and anew where a kept connection was closed before the question reached the server, as every client does.
 *
 * @returns the status of a whole answer; `gone` when nobody listens any more; else what went wrong
 */
async function askOnce(url: string, agent: Agent): Promise<number | string> {
  return new Promise(done => {
    const question = ask(url, { agent }, response => {
      response.on('error', error => done(error.message))
      response.on('end', () => done(response.statusCode ?? 0))
      response.resume()
    })
    question.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') done('gone')
      else if (question.reusedSocket) void askOnce(url, agent).then(done)
      else done(error.code ?? error.message)
    })
    question.end()
  })
}
