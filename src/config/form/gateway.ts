/** What does `gateway.yml` say about the city and the gateway itself? */

import { z } from 'zod'
import type { BBox } from '../../model/index.ts'
import { says, tell } from './rules.ts'
import { duration, id, line, size, text, whole, zone } from './values.ts'

const extent = z
  .array(z.number())
  .transform((value, context): BBox => {
    const [west = 181, south = 91, east = 181, north = 91] = value
    const possible = west >= -180 && west < east && east <= 180 && south >= -90 && south < north && north <= 90
    return value.length === 4 && possible ? [west, south, east, north] : tell(context, 'EXTENT', {})
  })
  .describe(
    'Where the city lies: [west, south, east, north] in degrees (WGS 84). Places further away than the extent is wide and high are told: swapped axes, a wrong crs.',
  )

const city = z.strictObject({
  name: id.describe('Short name, used in file names and logs'),
  title: text.describe('Name as people read it'),
  operator: line.describe('Who runs the gateway'),
  contact: line.optional().describe('Where callers may ask: an e-mail or web address'),
  zone: zone.prefault('Europe/Berlin').describe('Time zone of the city (IANA); approvals expire by its calendar'),
  extent: extent.optional(),
  outside: z
    .enum(['flag', 'close'])
    .optional()
    .describe('What happens to places far outside the extent: flag (usual) serves and counts them, close serves them as missing'),
})

const origin = z.string().transform((value, context) => {
  if (value === '*') return value
  return URL.canParse(value) && new URL(value).origin === value ? value : tell(context, 'ORIGIN', {})
})

const server = z.strictObject({
  host: line.prefault('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
  port: whole(0, 65_535).prefault(4000).describe('0: any free port'),
  origins: z
    .array(origin)
    .max(100, says('LIST_TOO_LONG'))
    .prefault(['*'])
    .describe('Web pages that may ask from a browser (CORS); "*" for all'),
})

const limits = z.strictObject({
  pageSize: whole(1, 10_000).prefault(1000).describe('Rows of one page at most'),
  defaultPageSize: whole(1, 10_000).prefault(20).describe('Rows of a page when the caller names no number'),
  depth: whole(3, 50).prefault(10).describe('Levels of a query at most'),
  aliases: whole(0, 1000).prefault(30).describe('Aliases in a query at most'),
  cost: whole(100, 10_000_000).prefault(20_000).describe('Cost of a query at most: the product of its page sizes'),
  body: size('1 kB', '10 MB').prefault('100 kB').describe('Size of a request at most'),
  header: size('4 kB', '1 MB').prefault('16 kB').describe('Size of the headers of a request at most'),
  requests: whole(1, 100_000).prefault(1000).describe('Requests answered at once at most; further ones are told to come back'),
  request: duration('100 ms', '10 min').prefault('10 s').describe('A request is answered or refused within this time'),
  export: duration('1 s', '2 h').prefault('10 min').describe('An export is sent or given up within this time'),
  exports: whole(1, 1000).prefault(8).describe('Exports sent at once at most; over one source, half of its connections'),
  groups: whole(1, 10_000).prefault(1000).describe('Groups of an aggregate at most'),
  filterValues: whole(1, 100_000).prefault(1000).describe('Values of one list in a filter at most'),
})

const metrics = z.strictObject({
  host: line.prefault('127.0.0.1').describe('Address of the metrics; they have no access control, so one that only operators reach'),
  port: whole(0, 65_535).prefault(4001).describe('0: any free port'),
})

const cache = z.strictObject({
  memory: size('1 MB', '64 GB').prefault('64 MB').describe('Memory for answers'),
  answers: size('0 B', '64 GB')
    .prefault('32 MB')
    .describe('Memory for whole answers, sent again as they are while they are fresh; 0 B: none'),
  redis: url(['redis', 'rediss']).optional().describe('Redis that several gateways share'),
  prefix: id.prefault('stadttor').describe('Start of every key in Redis'),
})

const audience = z.strictObject({
  title: text.optional(),
  includes: z.array(id).prefault(['public']).describe('Audiences whose data this one may see as well'),
})

export const gatewayForm = z
  .strictObject({
    city,
    language: z.enum(['de', 'en']).prefault('de').describe('Language of answers when the caller asks for none'),
    secret: z
      .string()
      .min(32, says('SECRET_SHORT'))
      .optional()
      .describe(`Seals ids and page marks; at least 32 characters, from \${ENV} or \${file:…}. Without it they do not survive a restart`),
    server: server.prefault({}),
    limits: limits.prefault({}),
    cache: cache.prefault({}),
    metrics: metrics.optional().describe('Numbers for Prometheus at /metrics, on a port of their own; without this entry there are none'),
    audiences: z.record(id, audience).prefault({}).describe('Circles of callers beside "public", which is always there'),
  })
  .meta({ title: 'gateway.yml', description: 'The city, its audiences, and the limits of the gateway' })

export type GatewayForm = z.output<typeof gatewayForm>

function url(schemes: readonly string[]) {
  const names = { de: schemes.map(scheme => `${scheme}://`).join(' oder '), en: schemes.map(scheme => `${scheme}://`).join(' or ') }
  return z.string().transform((value, context) => {
    const known = URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1))
    return known ? value.replace(/\/+$/, '') : tell(context, 'URL', { schemes: names })
  })
}
