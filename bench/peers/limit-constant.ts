/** A limit: bytes that are there already, by Fastify, or with BARE=1 by node:http alone. ANSWERS names a file: question → text. */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import Fastify from 'fastify'

const texts = JSON.parse(readFileSync(process.env.ANSWERS!, 'utf8')) as Record<string, string>
const answers = new Map(Object.entries(texts).map(([question, text]) => [`/${question}`, Buffer.from(text)]))
const port = Number(process.env.PORT)

if (process.env.BARE === '1') {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const answer = answers.get(request.url ?? '')!
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
    })
  })
  server.listen(port, '127.0.0.1')
} else {
  const fastify = Fastify()
  fastify.post('/*', async (request, reply) => reply.type('application/json').send(answers.get(request.url)))
  await fastify.listen({ host: '127.0.0.1', port })
}
