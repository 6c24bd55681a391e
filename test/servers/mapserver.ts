/** How does a real MapServer run for a test? Debian's `mapserv` as FastCGI processes behind a small bridge, over a GeoPackage. */

import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TownColumn, TownTable } from '../contract/town.ts'
import { type FastCgi, startFastCgi } from './fastcgi.ts'
import { objectId, standIn, writeGeoPackage } from './geopackage.ts'

const mapserv = process.env.MAPSERV ?? '/usr/bin/mapserv'

/** Why there is no MapServer to test with; undefined when there is one. */
export const noMapServer = existsSync(mapserv) ? undefined : `${mapserv} is not installed (Debian: cgi-mapserver)`

export interface MapServer {
  /** Address of its WFS, without parameters. */
  readonly url: string
  /** Address of the landing page of its OGC API. */
  readonly ogcUrl: string
  readonly host: string
  /** Questions it was asked, decoded: the query of a GET (behind its path, for the OGC API), the body of a POST. */
  readonly asked: readonly string[]
  /** Connections that are open now. */
  connections(): Promise<number>
  stop(): Promise<void>
}

export interface MapServerWish {
  readonly tables: readonly TownTable[]
  /** Features per answer at most, as administrators set it. Default: no limit. */
  readonly maxFeatures?: number
}

export async function startMapServer({ tables, maxFeatures }: MapServerWish): Promise<MapServer> {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-mapserver-'))
  const data = join(folder, 'stadt.gpkg')
  writeGeoPackage(data, tables)
  const configuration = join(folder, 'mapserver.conf')
  const mapFile = join(folder, 'stadt.map')
  writeFileSync(configuration, configurationOf(mapFile))
  const asked: string[] = []
  const program = await startFastCgi(mapserv, 2, { MAPSERVER_CONFIG_FILE: configuration })
  const server = http.createServer((request, response) => {
    // A caller who leaves is no failure of the server.
    answer(request, response, { program, asked }).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const [url, ogcUrl] = [`http://${host}/wfs`, `http://${host}/ogcapi`]
  writeFileSync(mapFile, mapOf(tables, data, { url, ogcUrl }, maxFeatures))
  return {
    url,
    ogcUrl,
    host,
    asked,
    connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    async stop() {
      await program.stop()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      rmSync(folder, { recursive: true })
    },
  }
}

/** RFC 3875: the question goes into variables and a body, the answer comes as headers and a body. */
async function answer(request: http.IncomingMessage, response: http.ServerResponse, { program, asked }: Bridge): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '', 'http://localhost')
  const query = search.slice(1)
  const api = pathname.startsWith('/ogcapi')
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const body = Buffer.concat(pieces)
  asked.push(request.method === 'POST' ? body.toString() : decodeURIComponent(`${api ? `${pathname}?` : ''}${query.replaceAll('+', ' ')}`))
  const whole = await program.ask(
    {
      GATEWAY_INTERFACE: 'CGI/1.1',
      SERVER_PROTOCOL: 'HTTP/1.1',
      REQUEST_METHOD: request.method ?? 'GET',
      // The map is named by a parameter of a WFS, and by the path of an OGC API.
      QUERY_STRING: api ? query : `map=STADT&${query}`,
      SCRIPT_NAME: api ? '' : '/wfs',
      PATH_INFO: api ? `/STADT${pathname}` : '',
      HTTP_ACCEPT: request.headers.accept ?? '',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_HOST: request.headers.host ?? '',
    },
    body,
  )
  const [, head, gap = ''] = /^([\s\S]*?)(\r?\n\r?\n)/.exec(whole.toString('latin1')) ?? []
  // MapServer dies of some questions, such as an empty literal; a web server in front of it then answers 500.
  if (head === undefined) return void response.writeHead(500).end()
  const lines = head.split(/\r?\n/).map(line => line.split(/:\s*(.*)/s))
  const { Status: status = '200', ...headers } = Object.fromEntries(lines) as Record<string, string>
  response.writeHead(Number.parseInt(status, 10), headers).end(whole.subarray(head.length + gap.length))
}

interface Bridge {
  readonly program: FastCgi
  readonly asked: string[]
}

/**
 * A question opens the GeoPackage twice, and each time all functions of SpatiaLite would be registered, of which MapServer uses none: half of
 * what a question costs (10 ms of the processor instead of 5, 2026-11-27). To keep it open, `CLOSE_CONNECTION=DEFER`, is no way: MapServer 8.0.0
 * then counts features in the box that the question before had asked for.
 */
function configurationOf(mapFile: string): string {
  return `CONFIG
  ENV
    MS_MAP_PATTERN "."
    SPATIALITE_LOAD "NO"
  END
  MAPS
    STADT "${mapFile}"
  END
END
`
}

function mapOf(
  tables: readonly TownTable[],
  data: string,
  { url, ogcUrl }: Pick<MapServer, 'url' | 'ogcUrl'>,
  maxFeatures?: number,
): string {
  return `MAP
  NAME "stadt"
  EXTENT 500000 5270000 530000 5290000
  PROJECTION "init=epsg:25832" END
  WEB METADATA
    "ows_enable_request" "*"
    "ows_title" "Stadt"
    "ows_srs" "EPSG:25832 EPSG:4326 EPSG:3857"
    "wfs_onlineresource" "${url}"
    "oga_onlineresource" "${ogcUrl}"
    "wfs_encoding" "UTF-8"
    "wfs_getfeature_formatlist" "geojson"
    ${maxFeatures === undefined ? '' : `"wfs_maxfeatures" "${maxFeatures}"`}
  END END
  OUTPUTFORMAT
    NAME "geojson" DRIVER "OGR/GEOJSON" MIMETYPE "application/json; subtype=geojson"
    FORMATOPTION "STORAGE=stream" FORMATOPTION "FORM=SIMPLE" FORMATOPTION "LCO:NATIVE_DATA=NO"
  END
${tables.map(table => layerOf(table, data)).join('')}END
`
}

function layerOf(table: TownTable, data: string): string {
  const geometry = table.columns.find(column => column.type === 'point' || column.type === 'polygon')
  const items = table.columns.filter(column => column !== geometry)
  return `  LAYER
    NAME "${table.name}"
    TYPE ${geometry?.type === 'polygon' ? 'POLYGON' : 'POINT'}
    STATUS ON
    TEMPLATE "x"
    CONNECTIONTYPE OGR
    CONNECTION "${data}"
    DATA "${table.name}"
    PROJECTION "init=epsg:25832" END
    METADATA
      "ows_title" "${table.name}"
      "gml_featureid" "${objectId}"
      "oga_geometry_precision" "9"
      "gml_include_items" "${items.map(item => item.column).join(',')}"
      "gml_types" "auto"
${items.map(exactType).join('')}      "gml_geometries" "${geometry?.column ?? standIn}"
      "gml_${geometry?.column ?? standIn}_type" "${geometry?.type === 'polygon' ? 'polygon' : 'point'}"
      "wfs_use_default_extent_for_getfeature" "false"
    END
  END
`
}

/** What "auto" would call an integer of 32 bits. */
function exactType({ column, type }: TownColumn): string {
  return type === 'bigint' ? `      "gml_${column}_type" "Long"\n` : ''
}
