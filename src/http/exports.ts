/** The door for whole datasets: every row of one, as lines of JSON, as fast as the caller takes them and no faster. */

import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { type Dataset, GatewayError, type OpenField } from '../model/index.ts'
import { type Asking, lineWriter, refuse, stream } from '../resolvers/index.ts'
import { provenanceHeader } from './provenance.ts'

export interface ExportSetting {
  /**
   * Who asks, through which model.
   *
   * @returns `undefined` when no model is there for the caller
   * @throws GatewayError KEY_INVALID
   */
  readonly ask: (request: FastifyRequest, reply: FastifyReply) => Asking | undefined
  /** The refusal of an address that is none. */
  readonly notFound: () => GatewayError
  readonly log: Logger
}

/** `/api/<dataset>.ndjson?fields=a,b`. A dataset that is closed to the caller has no address. */
export function addExports(server: FastifyInstance, { ask, notFound, log }: ExportSetting): void {
  server.route<{ Params: { file: string } }>({
    method: 'GET',
    url: '/api/:file',
    // A question for the head alone would start the whole answer.
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const [, id = ''] = /^(.+)\.ndjson$/.exec(request.params.file) ?? []
      const asking = ask(request, reply)
      const dataset = asking?.model.datasets.get(id)
      if (!asking || !dataset) throw notFound()
      const lines = linesOf(asking, dataset, fieldsOf(dataset, request.query as Readonly<Record<string, unknown>>), log)
      // The first rows have to be here before anything is said: until then a failure can be told.
      const first = await lines.next().catch((error: unknown) => {
        if (error instanceof GatewayError && error.code === 'GATEWAY_BUSY') reply.header('retry-after', '60')
        throw error
      })
      const { house, provenance } = asking
      const day = new Date(house.now()).toISOString().slice(0, 10)
      reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="${house.city}-${dataset.id}-${day}.ndjson"`)
        .header('stadttor-provenance', provenanceHeader(provenance.origins(house.now())))
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      return reply.send(Readable.from(joined(first.done ? '' : first.value, lines), { highWaterMark: 1 }))
    },
  })
}

/** Pieces of text, a batch of rows each. A failure is told to the log; to the caller, the connection that breaks off has to say it. */
async function* linesOf(asking: Asking, dataset: Dataset, fields: readonly OpenField[], log: Logger): AsyncGenerator<string> {
  const { house, language, requestId } = asking
  const write = lineWriter(fields, house.zone, language)
  let begun = false
  try {
    for await (const rows of stream(asking, { dataset, columns: fields })) {
      let text = ''
      for (const row of rows) text += write(row)
      yield text
      begun = true
    }
  } catch (error) {
    if (begun) tell(error, { requestId, dataset: dataset.id }, log)
    throw error
  }
}

/** What happens before the first row is told by the server, as with every refusal. */
function tell(error: unknown, who: { readonly requestId: string; readonly dataset: string }, log: Logger): void {
  if (!(error instanceof GatewayError)) log.error({ ...who, err: error }, 'unexpected error')
  if (!(error instanceof GatewayError) || error.code === 'CANCELLED') return
  log.warn({ ...who, code: error.code }, `an export broke off${error.log ? `: ${error.log}` : ''}`)
  if (error.detail) log.debug({ ...who, code: error.code }, error.detail)
}

async function* joined(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (first !== '') yield first
    // Empty pieces would be taken for the end by none, and are of use to nobody.
    for await (const piece of rest) if (piece !== '') yield piece
  } finally {
    await rest.return(undefined)
  }
}

/** @throws GatewayError FIELD_UNKNOWN, BAD_USER_INPUT for anything else that is asked for */
function fieldsOf(dataset: Dataset, query: Readonly<Record<string, unknown>>): readonly OpenField[] {
  const { fields, ...more } = query
  if (Object.keys(more).length > 0)
    throw refuse('BAD_USER_INPUT', {
      de: 'Diese Adresse nimmt nur „fields“ an.',
      en: 'This address takes "fields" only.',
    })
  if (fields === undefined) return dataset.fields
  if (typeof fields !== 'string')
    throw refuse('BAD_USER_INPUT', { de: '„fields“ darf nur einmal vorkommen.', en: '"fields" may be given once only.' })
  return [...new Set(fields.split(','))].map(name => {
    const field = dataset.fields.find(field => field.name === name)
    if (field) return field
    throw refuse(
      'FIELD_UNKNOWN',
      { de: `Das Feld „${name}“ gibt es hier nicht.`, en: `There is no field "${name}" here.` },
      { de: 'Erwartet wird ?fields=a,b mit Feldern des Datensatzes.', en: 'Expected: ?fields=a,b with fields of the dataset.' },
    )
  })
}
