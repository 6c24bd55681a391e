/** What does a source of kind `http`, and a dataset from it, have to say? */

import { z } from 'zod'

/** Headers that HTTP itself or the gateway sets. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'upgrade', 'te', 'trailer'])

const header = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'Das ist kein Name einer HTTP-Kopfzeile. | That is not the name of an HTTP header.')
  .refine(
    name => !ownHeaders.has(name.toLowerCase()),
    'Diese Kopfzeile setzt das Gateway selbst; sie entfällt. | The gateway sets this header by itself; leave it out.',
  )

const headerValue = z
  .string()
  .regex(
    /^[\t\x20-\x7e\x80-\xff]*$/,
    'Ein Wert einer Kopfzeile ist eine Zeile ohne Steuerzeichen. | The value of a header is one line without control characters.',
  )

const parameters = z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]))

/** `connection:` of a source file. */
export const connection = z
  .strictObject({
    url: z
      .url({
        protocol: /^https?$/,
        error:
          'Erwartet wird die Adresse des Dienstes, etwa https://www.pegelonline.wsv.de/webservices/rest-api/v2. | Expected the address of the service, such as https://www.pegelonline.wsv.de/webservices/rest-api/v2.',
      })
      .refine(
        url => !/[?#]/.test(url),
        'Die Adresse endet vor "?" und "#"; Parameter stehen unter "query". | The address ends before "?" and "#"; parameters stand in "query".',
      )
      .describe('Address that the paths of datasets start from; the gateway asks this host and no other'),
    query: parameters.optional().describe('Parameters sent with every call, such as an API key; never logged'),
    user: z.string().min(1).optional().describe('User of the service, for HTTP basic authentication'),
    password: z.string().min(1).optional().describe('Password; a reference to a file or a variable, not the password itself'),
    headers: z
      .record(header, headerValue)
      .optional()
      .describe('Headers sent with every call, such as X-Api-Key or Authorization; never logged'),
    namespaces: z
      .record(
        z
          .string()
          .regex(
            /^[\p{L}_][\p{L}\p{N}_.-]*$/u,
            'Ein Präfix besteht aus Buchstaben und Ziffern. | A prefix consists of letters and digits.',
          ),
        z.string().min(1),
      )
      .optional()
      .describe('For XML: namespaces by the prefix that paths use for them'),
  })
  .refine(
    ({ user, headers }) => user === undefined || !Object.keys(headers ?? {}).some(name => name.toLowerCase() === 'authorization'),
    'Entweder "user" oder eine Kopfzeile "Authorization", nicht beides. | Either "user" or a header "Authorization", not both.',
  )
export type HttpConnection = z.output<typeof connection>

const path = z
  .string()
  .min(1, 'Erwartet wird ein Pfad, etwa stations.json. | Expected a path, such as stations.json.')
  .refine(
    isBelow,
    'Ein Pfad beginnt unter der Adresse der Quelle und verlässt sie nicht: ohne "/" am Anfang, "..", "?" und "#". | A path starts below the address of the source and does not leave it: no leading "/", no "..", "?" or "#".',
  )

const steps = z
  .string()
  .refine(text => !text.split('/').includes('..'), 'Der Pfad zu den Zeilen geht nur abwärts. | The path to the rows only goes down.')

const list = {
  path: path.describe('What is asked for, below the address of the source'),
  query: parameters.optional().describe('Parameters of the call; those of paging and filters are added'),
  rows: steps
    .optional()
    .describe(
      'Path to the rows: keys or elements separated by "/", "*" for each of many; left out: the JSON document itself is the list, or every line of a CSV',
    ),
}

const size = z.int().min(1).max(10_000).default(100)
const total = steps.optional().describe('Path to the number of all rows, where the service says it; saves a call')

const paging = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('offset').describe('The service leaves out so many rows'),
    offset: z.string().min(1).default('offset').describe('Parameter for the rows to leave out'),
    limit: z.string().min(1).default('limit').describe('Parameter for the rows of a page'),
    size: size.describe('Rows of a page'),
    total,
  }),
  z.strictObject({
    by: z.literal('page').describe('The service counts pages'),
    page: z.string().min(1).default('page').describe('Parameter for the number of the page'),
    first: z.int().min(0).max(1).default(1).describe('Number of the first page'),
    limit: z.string().min(1).optional().describe('Parameter for the rows of a page, where the service has one'),
    size: size.describe('Rows of a page'),
    total,
  }),
  z.strictObject({
    by: z.literal('next').describe('The answer says where the next page is'),
    link: steps.describe('Path to the address of the next page, from the root of the document'),
  }),
])
export type Paging = z.output<typeof paging>

/** What stands beside `use:` in a dataset's `source:`. */
export const place = z
  .strictObject({
    ...list,
    format: z.enum(['json', 'xml', 'csv']).default('json').describe('What the service answers with'),
    encoding: z
      .enum(['utf-8', 'windows-1252', 'utf-16le'])
      .optional()
      .describe('Letters of the answer; left out: what the service says, else UTF-8'),
    paging: paging.optional().describe('How more rows than one answer holds are asked for; left out: one answer holds them all'),
    filters: z
      .record(z.string().min(1), z.string().min(1))
      .optional()
      .describe('Column → parameter by which the service itself finds the rows with one value; used once the service has proved it'),
    optional: z.array(z.string().min(1)).optional().describe('Columns that may be absent from every row without being a mistake'),
    point: z
      .strictObject({ x: z.string().min(1), y: z.string().min(1) })
      .optional()
      .describe('Columns that hold easting (longitude) and northing (latitude); together they are the column "geometry"'),
    delimiter: z.enum([';', ',', '\t', '|']).optional().describe('For a CSV: what stands between cells; left out: found in the first line'),
    decimal: z.enum(['.', ',']).optional().describe('For a CSV: decimal point of its numbers'),
    join: z
      .strictObject({
        name: z
          .string()
          .regex(
            /^[\p{L}\p{N}_-]+$/u,
            'Erwartet wird ein Name ohne Leerzeichen, etwa status. | Expected a name without blanks, such as status.',
          )
          .describe('Columns of the second list are called by this name, "/", and their own path'),
        ...list,
        match: z
          .record(z.string().min(1), z.string().min(1))
          .refine(
            match => Object.keys(match).length === 1,
            'Genau eine Spalte der ersten Liste steht vor genau einer der zweiten. | Exactly one column of the first list stands before exactly one of the second.',
          )
          .describe('Column of the first list → column of the second that has the same values, each once'),
      })
      .optional()
      .describe('A second list whose rows stand beside those of the first, as stations and their state in GBFS'),
  })
  .refine(
    ({ format, rows, join }) => format !== 'xml' || ![rows, join ? (join.rows ?? '') : '-'].some(path => path === undefined || path === ''),
    { path: ['rows'], error: 'Bei XML gehört der Pfad zu den Zeilen dazu. | XML needs the path to the rows.' },
  )
  .refine(({ format, rows, join }) => format !== 'csv' || [rows, join?.rows].every(path => path === undefined), {
    path: ['rows'],
    error: 'Eine CSV hat keinen Pfad zu den Zeilen: jede Zeile ist eine. | A CSV has no path to its rows: every line is one.',
  })
  .refine(({ format, paging }) => format !== 'csv' || paging === undefined || (paging.by !== 'next' && paging.total === undefined), {
    path: ['paging'],
    error: 'Eine CSV nennt weder die nächste Seite noch eine Summe. | A CSV tells neither the next page nor a total.',
  })
export type HttpPlace = z.output<typeof place>

/** The part of a place that says where one list stands. */
export type List = Pick<HttpPlace, 'path' | 'query' | 'rows'>

function isBelow(text: string): boolean {
  return !/^[/\\]|[?#\\\p{Cc}]|^[a-z][a-z0-9+.-]*:/iu.test(text) && !/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(text)
}
