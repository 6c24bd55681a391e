/** What leaves the house besides answers: nothing to other companies, and every unexpected error to the operators. */

import pino from 'pino'
import { makeServer } from '../../src/http/index.ts'
import type { House } from '../../src/resolvers/index.ts'
import { greenCity } from '../support/green.ts'
import { testHouse } from '../support/house.ts'

const town = testHouse(greenCity())

async function served(house: House, work: (url: string, lines: readonly Record<string, unknown>[]) => Promise<void>): Promise<void> {
  const lines: Record<string, unknown>[] = []
  const { server } = await makeServer({
    models: new Map([['public', town.model]]),
    house,
    keys: [],
    title: { de: 'Daten', en: 'Data' },
    language: 'de',
    origins: ['*'],
    bodyBytes: 10_000,
    headerBytes: 8192,
    requestsAtOnce: 1000,
    answerBytes: 10_000_000,
    log: pino({ level: 'info' }, { write: line => void lines.push(JSON.parse(line)) }),
    ready: () => true,
  })
  try {
    await work(await server.listen({ host: '127.0.0.1', port: 0 }), lines)
  } finally {
    await server.close()
  }
}

test('variables of the environment do not make the gateway tell other companies what it is asked', async () => {
  process.env.APOLLO_KEY = 'service:leckstadt:0123456789abcdefghijkl'
  try {
    await served(town.house, async (url, lines) => {
      expect((await fetch(`${url}/graphql?query=%7B__typename%7D`)).status).toBe(200)
      // A server that would report complains here that it does not know to which account.
      expect(lines).toEqual([])
    })
  } finally {
    delete process.env.APOLLO_KEY
  }
})

test('an error that nobody expected is in the log under the id that the caller was told, and nothing else is told', async () => {
  const limits = {
    ...town.house.limits,
    get cost(): number {
      throw new Error('halter_name is not a function')
    },
  }
  await served({ ...town.house, limits }, async (url, lines) => {
    const body = await (await fetch(`${url}/graphql?query=%7Bbaeume%7BtotalCount%7D%7D`, { headers: { 'accept-language': 'en' } })).text()
    const { errors } = JSON.parse(body) as { errors: { message: string; extensions: { code: string; requestId: string } }[] }
    expect(errors).toEqual([{ message: 'Unexpected error.', extensions: { code: 'INTERNAL', requestId: expect.any(String) } }])
    expect(lines).toMatchObject([
      { level: 50, requestId: errors[0]?.extensions.requestId, err: { message: 'halter_name is not a function' } },
    ])
  })
})
