import { http } from '../../src/connectors/http/index.ts'
import type { SourceCall } from '../../src/model/index.ts'
import { startTownService, type TownService } from '../servers/town-service.ts'
import { connectorContract, type Opened, type Wish } from './connector.ts'
import { faultyServices } from './faulty-service.ts'
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
  return {
    connector: connect(service.url),
    datasets: datasetsOf(wish.town, fit),
    calls,
    close: async () => {},
    held: async () => service.connections(),
    secrets: [new URL(service.url).port, 'result/records', 'schluessel', 'zeile'],
    faults: faultyServices(connect, {
      path: '/dienst',
      type: 'application/octet-stream',
      beginning: fit.format === 'csv' ? 'baum_id,baumart\n1,Ei' : '{"result":{"records":[',
      half:
        fit.format === 'xml'
          ? `<s:antwort xmlns:s="${townSpace}"><s:liste><s:zeile><s:angaben>`
          : '{"result":{"records":[{"angaben":{"baum_id":1',
      error: fit.error,
      refused: { status: 401, body: 'wer da?' },
    }),
  }
}
