/** Do web services that answer with JSON, XML or CSV keep the promises of the contract? Against a service of the test's own. */

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { http } from '../../src/connectors/http/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { startTownService, type TownService } from '../servers/town-service.ts'
import { connectorContract, type Faulty, type Opened, type Wish } from './connector.ts'
import { datasetsOf, type Fit, type TableName, tableNames, tableOf } from './town.ts'

type Format = 'json' | 'xml' | 'csv'

const townSpace = 'https://stadt.example/ns/1'

/** Columns of JSON and XML stand one object deeper, as they often do. */
const deeper: NonNullable<Fit['column']> = ({ column }) => `angaben/${column}`

const fits: Readonly<Record<string, Fit & { readonly format: Format; readonly error: string }>> = {
  'http, JSON in pages by offset': {
    kind: 'http',
    format: 'json',
    error: '{"help":"…","success":false,"error":{"message":"ORA-00942 bei GRUEN.V_BAUM"}}',
    place: table =>
      http.place.parse({
        path: `json/${table}`,
        rows: 'result/records',
        paging: { by: 'offset', size: 1000, total: 'result/total' },
        filters: { 'angaben/station_nr': 'station_nr', 'angaben/baum_id': 'baum_id' },
      }),
    column: deeper,
    crs: 'EPSG:25832',
  },
  'http, XML with a link to the next page': {
    kind: 'http',
    format: 'xml',
    error: `<s:fehler xmlns:s="${townSpace}">ORA-00942 bei GRUEN.V_BAUM</s:fehler>`,
    place: (table: TableName) =>
      http.place.parse({
        path: `xml/${table}`,
        format: 'xml',
        rows: 's:antwort/s:liste/s:zeile',
        paging: { by: 'next', link: 's:antwort/s:weiter/@href' },
      }),
    column: deeper,
    crs: 'EPSG:25832',
  },
  'http, CSV': {
    kind: 'http',
    format: 'csv',
    error: '<error>ORA-00942 bei GRUEN.V_BAUM</error>',
    place: table => http.place.parse({ path: `csv/${table}`, format: 'csv' }),
    crs: 'EPSG:25832',
  },
}

const services = new Map<string, Promise<TownService>>()
afterAll(async () => {
  for (const service of services.values()) await (await service).close()
})

for (const [name, fit] of Object.entries(fits)) {
  connectorContract(
    name,
    wish => open(wish, fit),
    fit.format === 'csv' ? { 'fault.truncated': 'half a CSV is a shorter CSV; a broken connection is noticed' } : {},
  )
}

/** One service for each town and each set of limits: connections are counted at the service. */
function serviceOf({ town, limits }: Wish, fit: Fit): Promise<TownService> {
  const key = JSON.stringify([town.name, limits, fit.crs, fit.column === undefined])
  // The service nests the columns by itself.
  const plain: Fit = { ...fit, column: ({ column }) => column }
  const known =
    services.get(key) ??
    startTownService(
      tableNames.map(table => tableOf(town, table, plain)),
      townSpace,
    )
  services.set(key, known)
  return known
}

async function open(wish: Wish, fit: Fit & { readonly format: Format; readonly error: string }): Promise<Opened> {
  const service = await serviceOf(wish, fit)
  const calls: SourceCall[] = []
  const connect = (url: string) =>
    http.open(
      {
        id: 'town',
        kind: 'http',
        title: 'Dienst',
        connection: http.connection.parse({ url, namespaces: { s: townSpace }, headers: { 'X-Api-Key': 'schluessel' } }),
        limits: wish.limits,
      },
      { folder: '/', call: call => calls.push(call), warn: () => {} },
    )
  const bad = (listener: RequestListener) => async (): Promise<Faulty> => {
    const server = await listening(createServer(listener))
    return { connector: connect(addressOf(server)), close: () => stopped(server) }
  }
  const sends = (status: number, body: string | Buffer, headers: Record<string, string> = {}) =>
    bad((_, response) => response.writeHead(status, headers).end(body))
  return {
    connector: connect(service.url),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => {},
    // The service hears of a closed connection a moment later.
    held: async () => {
      await sleep(50)
      return service.connections()
    },
    secrets: [new URL(service.url).port, 'result/records', 'schluessel', 'zeile'],
    faults: {
      refuse: async () => {
        const server = await listening(createServer())
        const at = addressOf(server)
        await stopped(server)
        return { connector: connect(at), close: async () => {} }
      },
      drop: bad((_, response) => {
        response.writeHead(200, { 'content-length': 5000 })
        response.write(fit.format === 'csv' ? 'baum_id,baumart\n1,Ei' : '{"result":{"records":[')
        setTimeout(() => response.destroy(), 20)
      }),
      login: sends(401, 'wer da?'),
      garbage: sends(200, Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 197 + 128) % 256))),
      html: sends(200, '<!DOCTYPE html><html><body>Wartungsarbeiten an baum_id</body></html>', { 'content-type': 'text/html' }),
      truncated: sends(
        200,
        fit.format === 'xml'
          ? `<s:antwort xmlns:s="${townSpace}"><s:liste><s:zeile><s:angaben>`
          : '{"result":{"records":[{"angaben":{"baum_id":1',
      ),
      errorWith200: sends(200, fit.error),
      redirect: sends(302, '', { location: 'http://gibt-es-nicht.example/' }),
      silent: bad(() => {}),
    },
  }
}

async function listening(server: Server): Promise<Server> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/dienst`
}

async function stopped(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
}
