/** HTTP leaves the house in one way; these are real servers, well-behaved and not. */

import { once } from 'node:events'
import * as http from 'node:http'
import * as net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { basicAuth, createFetch, type Fetch, hostOf } from '../../src/connectors/shared/fetch.ts'
import { GatewayError, type ReadContext, type SourceCall, sourceFailure } from '../../src/model/index.ts'

const started: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const stop of started.splice(0)) await stop()
})

/** A real server on a free port of this machine. */
async function serve(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  started.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
}

/** A server that speaks bytes, for answers that no HTTP server would give. */
async function serveBytes(talk: (socket: net.Socket) => void): Promise<string> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer(socket => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
    socket.once('data', () => talk(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  started.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
}

const calls: SourceCall[] = []

function fetchFrom(url: string, limits: Partial<{ connections: number; queue: number; statementMs: number; bytes: number }> = {}): Fetch {
  calls.length = 0
  const fetch = createFetch({
    source: 'karte',
    hosts: [hostOf(url)],
    limits: { connections: 4, queue: 10, statementMs: 5_000, bytes: 100_000, ...limits },
    call: call => calls.push(call),
  })
  started.push(async () => fetch.close())
  return fetch
}

function patient(more: Partial<ReadContext> = {}): ReadContext {
  return { signal: new AbortController().signal, deadline: Date.now() + 10_000, ...more }
}

async function failure(promise: Promise<unknown>): Promise<GatewayError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof GatewayError)) throw new Error('no GatewayError was thrown', { cause: error })
  return error
}

const ask = (more: Partial<Parameters<Fetch>[1]> = {}) => ({ dataset: 'baeume', context: patient(), ...more })

test('an answer comes with status, type, bytes and text', async () => {
  const url = await serve((_request, response) => response.writeHead(200, { 'content-type': 'text/xml; charset=UTF-8' }).end('<größe/>'))
  const answer = await fetchFrom(url)(`${url}/wfs`, ask())
  expect(answer.status).toBe(200)
  expect(answer.contentType).toBe('text/xml; charset=UTF-8')
  expect(answer.bytes.byteLength).toBe(10)
  expect(answer.text()).toBe('<größe/>')
})

test('the source sees who asks, what is sent, and nothing of the environment', async () => {
  const seen: http.IncomingMessage[] = []
  const bodies: string[] = []
  const url = await serve((request, response) => {
    seen.push(request)
    request.setEncoding('utf8').on('data', chunk => bodies.push(chunk))
    request.on('end', () => response.writeHead(200, { 'set-cookie': 'spur=1' }).end())
  })
  const fetch = fetchFrom(url)
  process.env.http_proxy = 'http://127.0.0.1:1'
  await fetch(`${url}/wfs`, ask({ method: 'POST', body: '<GetFeature/>', headers: { 'content-type': 'text/xml' } }))
  await fetch(`${url}/wfs`, ask())
  delete process.env.http_proxy
  expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET'])
  expect(bodies).toEqual(['<GetFeature/>'])
  expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Stadttor', 'content-type': 'text/xml' })
  expect(seen[1]?.headers.cookie).toBeUndefined()
})

describe('each call is counted, without the values that were asked and without credentials', () => {
  test('GET', async () => {
    const url = await serve((_request, response) => response.end())
    const secret = url.replace('http://', 'http://tor:geheim@')
    await fetchFrom(url)(`${secret}/wfs?filter=Seestra%C3%9Fe&count=1`, ask())
    expect(calls).toEqual([{ source: 'karte', dataset: 'baeume', means: 'http', statement: `GET ${url}/wfs?filter&count` }])
  })

  test('and the credentials reach the source as a header', async () => {
    let authorization: string | undefined
    const url = await serve((request, response) => {
      authorization = request.headers.authorization
      response.writeHead(403).end()
    })
    const error = await failure(fetchFrom(url)(`${url.replace('http://', 'http://tor:ge%40heim@')}/`, ask()))
    expect(authorization).toBe(basicAuth('tor', 'ge@heim'))
    expect(error.code).toBe('SOURCE_REFUSED')
    expect(JSON.stringify(error) + error.log).not.toMatch(/heim/)
  })
})

describe('the letters of an answer', () => {
  const text = 'Mainaustraße'
  const latin = Buffer.from(text, 'latin1')
  test.each([
    ['the header', 'text/csv; charset=ISO-8859-1', latin, text],
    ['a quoted header', 'text/xml; charset="utf-8"', Buffer.from(text), text],
    ['the XML declaration', 'text/xml', Buffer.from(`<?xml version='1.0' encoding="ISO-8859-1"?><s>${text}</s>`, 'latin1'), text],
    [
      'the header against the declaration',
      'text/xml; charset=utf-8',
      Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`),
      text,
    ],
    ['a byte-order mark', 'text/plain; charset=iso-8859-1', Buffer.from(`\ufeff${text}`), text],
    ['UTF-16 by its mark', 'application/json', Buffer.from(`\ufeff${text}`, 'utf16le'), text],
    ['nothing at all: UTF-8', '', Buffer.from(text), text],
  ])('are told by %s', async (_what, contentType, body, expected) => {
    const url = await serve((_request, response) => response.writeHead(200, contentType ? { 'content-type': contentType } : {}).end(body))
    const answer = await fetchFrom(url)(url, ask())
    expect(answer.text()).toContain(expected)
    expect(answer.text()).not.toContain('\ufeff')
  })

  test.each([
    ['bytes that are no UTF-8', 'text/xml; charset=utf-8'],
    ['letters nobody knows', 'text/xml; charset=klingonisch'],
  ])('are refused: %s', async (_what, contentType) => {
    const url = await serve((_request, response) => response.writeHead(200, { 'content-type': contentType }).end(latin))
    const answer = await fetchFrom(url)(url, ask())
    expect(() => answer.text()).toThrow(GatewayError)
  })
})

describe('where it goes', () => {
  test('a host that is not the source’s is not asked', async () => {
    let asked = false
    const foreign = await serve((_request, response) => {
      asked = true
      response.end()
    })
    const url = await serve((_request, response) => response.end())
    const fetch = fetchFrom(url)
    expect((await failure(fetch(foreign, ask()))).code).toBe('SOURCE_ANSWER_INVALID')
    expect((await failure(fetch(url.replace('127.0.0.1', 'localhost'), ask()))).code).toBe('SOURCE_ANSWER_INVALID')
    expect(asked).toBe(false)
    expect(calls).toEqual([])
  })

  test.each(['file:///etc/passwd', 'ftp://127.0.0.1/x', 'data:text/plain,x', 'not a url'])('%s is no place to go', async place => {
    const error = await failure(fetchFrom('http://127.0.0.1:9')(place, ask()))
    expect(error.code).toBe('SOURCE_ANSWER_INVALID')
  })

  test('a redirect on the same host is followed, and counted', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/alt?a=1') response.writeHead(302, { location: '/neu?b=2' }).end('umgezogen')
      else response.end(request.url)
    })
    const answer = await fetchFrom(url)(`${url}/alt?a=1`, ask())
    expect(answer.text()).toBe('/neu?b=2')
    expect(calls.map(call => call.statement)).toEqual([`GET ${url}/alt?a`, `GET ${url}/neu?b`])
  })

  test('a redirect to another host is refused, and the other host never asked', async () => {
    let asked = false
    const foreign = await serve((_request, response) => {
      asked = true
      response.end()
    })
    const url = await serve((_request, response) => response.writeHead(302, { location: `${foreign}/?token=1` }).end())
    const error = await failure(fetchFrom(url)(url, ask()))
    expect(error.code).toBe('SOURCE_ANSWER_INVALID')
    expect(error.log).toContain(`redirected to ${foreign}/?token`)
    expect(asked).toBe(false)
  })

  test.each([
    ['without end', { location: '/' }, 302, 'GET'],
    ['to nowhere', {}, 302, 'GET'],
    ['to no URL', { location: 'http://[' }, 302, 'GET'],
    ['that would drop the body of a POST', { location: '/neu' }, 302, 'POST'],
    ['that is none', { location: '/neu' }, 304, 'GET'],
  ] as const)('a redirect %s is refused', async (_what, headers, status, method) => {
    const url = await serve((_request, response) => response.writeHead(status, headers).end())
    expect((await failure(fetchFrom(url)(url, ask({ method })))).code).toBe('SOURCE_ANSWER_INVALID')
    expect(calls.length).toBeLessThanOrEqual(4)
  })

  test('a POST keeps its body through 307', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/') return void response.writeHead(307, { location: '/neu' }).end()
      request.pipe(response)
    })
    const answer = await fetchFrom(url)(url, ask({ method: 'POST', body: 'frage' }))
    expect(answer.text()).toBe('frage')
  })
})

describe('what a status means', () => {
  test.each([
    [401, 'SOURCE_REFUSED'],
    [403, 'SOURCE_REFUSED'],
    [407, 'SOURCE_REFUSED'],
    [429, 'SOURCE_BUSY'],
    [500, 'SOURCE_UNAVAILABLE'],
    [503, 'SOURCE_UNAVAILABLE'],
  ])('%d is %s', async (status, code) => {
    const url = await serve((_request, response) => response.writeHead(status).end('Interner Fehler in /srv/geheim'))
    const error = await failure(fetchFrom(url)(url, ask()))
    expect(error.code).toBe(code)
    expect(error.text.de + error.text.en).not.toMatch(/127\.0\.0\.1|geheim/)
  })

  test('400 and 404 are handed over, their body may say why', async () => {
    const url = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end('<ExceptionReport/>'))
    for (const status of [400, 404]) {
      const answer = await fetchFrom(url)(`${url}/${status}`, ask())
      expect([answer.status, answer.text()]).toEqual([status, '<ExceptionReport/>'])
    }
  })

  test('so are 403 and 500 for one who wants to read them, and 401 never', async () => {
    const url = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end('<ExceptionReport/>'))
    const fetch = fetchFrom(url)
    for (const status of [403, 500]) expect((await fetch(`${url}/${status}`, ask({ errorBodies: true }))).status).toBe(status)
    expect((await failure(fetch(`${url}/401`, ask({ errorBodies: true })))).code).toBe('SOURCE_REFUSED')
  })
})

describe('a source out of reach is SOURCE_UNAVAILABLE', () => {
  test('when nobody listens', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
    server.close()
    await once(server, 'close')
    const error = await failure(fetchFrom(url)(url, ask()))
    expect(error.code).toBe('SOURCE_UNAVAILABLE')
    expect(error.log).toContain('ECONNREFUSED')
  })

  test('when its name is unknown', async () => {
    const url = 'http://gibt-es-nicht.invalid/wfs'
    expect((await failure(fetchFrom(url)(url, ask()))).code).toBe('SOURCE_UNAVAILABLE')
  })

  test('when it hangs up without a word', async () => {
    const url = await serveBytes(socket => socket.destroy())
    expect((await failure(fetchFrom(url)(url, ask()))).code).toBe('SOURCE_UNAVAILABLE')
  })

  test.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalb'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalb\r\n'],
  ])('when it hangs up in the middle of a body %s', async (_what, bytes) => {
    const url = await serveBytes(socket => socket.end(bytes))
    expect((await failure(fetchFrom(url)(url, ask()))).code).toBe('SOURCE_UNAVAILABLE')
  })

  test('when it resets in the middle of a body', async () => {
    const url = await serveBytes(socket =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalb', () => socket.resetAndDestroy()),
    )
    expect((await failure(fetchFrom(url)(url, ask()))).code).toBe('SOURCE_UNAVAILABLE')
  })

  test('when the connector is closed, also for what was running', async () => {
    const url = await serve(() => {})
    const fetch = fetchFrom(url, { connections: 1 })
    const running = [failure(fetch(url, ask())), failure(fetch(url, ask()))]
    await sleep(50)
    fetch.close()
    expect((await Promise.all(running)).map(error => error.code)).toEqual(['SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'])
    expect((await failure(fetch(url, ask()))).code).toBe('SOURCE_UNAVAILABLE')
  })
})

describe('an answer that is none is SOURCE_ANSWER_INVALID', () => {
  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'X-Kopf: lang\r\n'.repeat(5_000)}`],
  ])('%s', async (_what, bytes) => {
    const url = await serveBytes(socket => socket.write(bytes))
    expect((await failure(fetchFrom(url)(url, ask()))).code).toBe('SOURCE_ANSWER_INVALID')
  })

  test('gzip that is none, gzip that ends early, and packing we did not ask for', async () => {
    const packed = gzipSync('ein ganzer Satz'.repeat(100))
    const url = await serve((request, response) => {
      if (request.url === '/kein') response.writeHead(200, { 'content-encoding': 'gzip' }).end('kein gzip')
      else if (request.url === '/halb') response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, -20))
      else response.writeHead(200, { 'content-encoding': 'br' }).end(packed)
    })
    const fetch = fetchFrom(url)
    for (const path of ['/kein', '/halb', '/br']) expect((await failure(fetch(url + path, ask()))).code).toBe('SOURCE_ANSWER_INVALID')
  })

  test('larger than the limit, announced or not', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/laenge') response.writeHead(200, { 'content-length': '2000' })
      response.end(Buffer.alloc(2_000))
    })
    const fetch = fetchFrom(url, { bytes: 1_999 })
    for (const path of ['/laenge', '/']) expect((await failure(fetch(url + path, ask()))).code).toBe('SOURCE_ANSWER_INVALID')
    expect((await fetchFrom(url, { bytes: 2_000 })(url, ask())).bytes.byteLength).toBe(2_000)
  })

  test('a gzip bomb: bytes are counted unpacked, and it is not unpacked to its end', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000))
    const url = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    const before = process.memoryUsage().rss
    const error = await failure(fetchFrom(url, { bytes: 100_000 })(url, ask()))
    expect(error.code).toBe('SOURCE_ANSWER_INVALID')
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })
})

test('gzip is unpacked', async () => {
  const url = await serve((request, response) => {
    expect(request.headers['accept-encoding']).toBe('gzip')
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('Stadtgarten'))
  })
  expect((await fetchFrom(url)(url, ask())).text()).toBe('Stadtgarten')
})

describe('time', () => {
  test('a source that says nothing is SOURCE_TIMEOUT after statementMs', async () => {
    const url = await serve(() => {})
    expect((await failure(fetchFrom(url, { statementMs: 60 })(url, ask()))).code).toBe('SOURCE_TIMEOUT')
  })

  test('so is one whose body trickles, though every byte is in time', async () => {
    let hungUp = false
    const url = await serve(async (_request, response) => {
      response.writeHead(200).on('close', () => {
        hungUp = true
      })
      while (!response.destroyed) {
        response.write('.')
        await sleep(10)
      }
    })
    expect((await failure(fetchFrom(url, { statementMs: 100 })(url, ask()))).code).toBe('SOURCE_TIMEOUT')
    await sleep(50)
    expect(hungUp).toBe(true)
  })

  test('so is one whose headers trickle', async () => {
    const url = await serveBytes(async socket => {
      socket.write('HTTP/1.1 200 OK\r\n')
      while (!socket.destroyed) {
        socket.write('X-Warten: ja\r\n')
        await sleep(10)
      }
    })
    expect((await failure(fetchFrom(url, { statementMs: 100 })(url, ask()))).code).toBe('SOURCE_TIMEOUT')
  })

  test('the deadline of the question ends it earlier, and after it nothing is asked', async () => {
    let asked = 0
    const url = await serve(() => {
      asked++
    })
    const fetch = fetchFrom(url)
    expect((await failure(fetch(url, ask({ context: patient({ deadline: Date.now() + 60 }) })))).code).toBe('SOURCE_TIMEOUT')
    expect(asked).toBe(1)
    expect((await failure(fetch(url, ask({ context: patient({ deadline: Date.now() - 1 }) })))).code).toBe('SOURCE_TIMEOUT')
    expect(asked).toBe(1)
  })
})

describe('a caller who leaves', () => {
  test('gets the reason of the signal, and the source sees the connection go', async () => {
    const url = await serve(() => {})
    const [left, seen] = [new AbortController(), Promise.withResolvers<void>()]
    const watching = await serve((_request, response) => void response.on('close', seen.resolve))
    const reason = sourceFailure('CANCELLED', 'gone')
    const waiting = failure(fetchFrom(watching)(watching, ask({ context: patient({ signal: left.signal }) })))
    await sleep(50)
    left.abort(reason)
    expect(await waiting).toBe(reason)
    await seen.promise
    expect(await failure(fetchFrom(url)(url, ask({ context: patient({ signal: left.signal }) })))).toBe(reason)
    expect(calls).toEqual([])
  })

  test('without a reason of ours is CANCELLED', async () => {
    const error = await failure(
      fetchFrom('http://127.0.0.1:9')('http://127.0.0.1:9', ask({ context: patient({ signal: AbortSignal.abort() }) })),
    )
    expect(error.code).toBe('CANCELLED')
  })

  test('leaves the queue at once', async () => {
    const url = await serve(() => {})
    const fetch = fetchFrom(url, { connections: 1 })
    const first = failure(fetch(url, ask({ context: patient({ deadline: Date.now() + 400 }) })))
    const left = new AbortController()
    const second = failure(fetch(url, ask({ context: patient({ signal: left.signal }) })))
    left.abort(sourceFailure('CANCELLED', 'gone'))
    expect((await Promise.race([first, second])).code).toBe('CANCELLED')
    await first
  })
})

describe('how many at once', () => {
  test('never more than allowed; the others wait, and one too many is SOURCE_BUSY at once', async () => {
    let [now, most] = [0, 0]
    const url = await serve(async (_request, response) => {
      most = Math.max(most, ++now)
      await sleep(30)
      now--
      response.end('ja')
    })
    const fetch = fetchFrom(url, { connections: 2, queue: 3 })
    const asked = Array.from({ length: 6 }, () =>
      fetch(url, ask()).then(
        answer => answer.text(),
        (error: GatewayError) => error.code,
      ),
    )
    expect((await Promise.all(asked)).toSorted()).toEqual(['SOURCE_BUSY', 'ja', 'ja', 'ja', 'ja', 'ja'])
    expect(most).toBe(2)
  })

  test('an error gives its place back', async () => {
    const url = await serve((_request, response) => response.writeHead(500).end())
    const fetch = fetchFrom(url, { connections: 1, queue: 0 })
    for (let i = 0; i < 5; i++) expect((await failure(fetch(url, ask()))).code).toBe('SOURCE_UNAVAILABLE')
  })
})

test('a kept connection that the server has just closed is no failure', async () => {
  // Each connection answers once, offers to be kept, and is reset when it is used again.
  const sockets: net.Socket[] = []
  const server = net.createServer(socket => {
    let asked = 0
    sockets.push(socket.on('error', () => {}))
    socket.on('data', () => {
      if (++asked === 1) socket.write('HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nja')
      else socket.resetAndDestroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  started.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`
  const fetch = fetchFrom(url)
  for (let i = 0; i < 3; i++) {
    expect((await fetch(url, ask())).text()).toBe('ja')
    await sleep(20)
  }
  expect(sockets.length).toBe(3)
})
