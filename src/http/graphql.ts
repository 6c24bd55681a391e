/** One Apollo Server per audience: GraphQL over HTTP, limits before anything is asked, provenance with every answer. */

import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { type FormattedExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { GatewayError } from '../model/index.ts'
import { type Asking, assertAffordable, type House, type Runner } from '../resolvers/index.ts'
import { asGraphQLError, formatError, gatewayError, speak } from './errors.ts'

/** Tokens of one document; the largest queries of people have a few hundred, introspection about 500. */
const tokensAtMost = 5000

/**
 * @see https://graphql.github.io/graphql-over-http/draft/ for statuses; the public endpoint knows no cookies, so plain GET is safe
 *   and Apollo's CSRF prevention would only lock out links, caches and spreadsheets
 */
export async function startApollo(graph: GraphQLSchema, run: Runner, house: House, log: Logger): Promise<ApolloServer<Asking>> {
  const apollo = new ApolloServer<Asking>({
    schema: graph,
    formatError,
    stringifyResult,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: tokensAtMost },
    nodeEnv: 'production',
    logger: quiet(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Otherwise a variable of the environment would be enough to tell another company what is asked here.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      limits(graph, house),
      plans(run, log),
      answers(house),
      errors(log),
    ],
  })
  await apollo.start()
  return apollo
}

function limits(graph: GraphQLSchema, house: House): ApolloServerPlugin<Asking> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request }) {
          try {
            if (operation) assertAffordable(graph, document, operation, request.variables ?? {}, house.limits)
          } catch (error) {
            throw error instanceof GatewayError ? asGraphQLError(error) : error
          }
        },
      }
    },
  }
}

/** The `data` of an answer that is JSON already. */
class Json {
  readonly text: string | Buffer

  constructor(text: string | Buffer) {
    this.text = text
  }
}

/** Answers by plans; Apollo parses, validates, and keeps the rules of HTTP. What no plan covers is executed by graphql-js. */
function plans(run: Runner, log: Logger): ApolloServerPlugin<Asking> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request, contextValue }) {
          // A document without the operation that was named: Apollo says so.
          const written = operation && (await run(document, operation, request.variables ?? {}, contextValue))
          if (!written) return null
          const errors = written.errors.map(error => {
            logError(log, error.originalError ?? error, contextValue.requestId, error.path)
            return formatError(error.toJSON(), error)
          })
          const singleResult = { ...(errors.length > 0 && { errors }), data: new Json(written.text) as unknown as Record<string, unknown> }
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } }
        },
      }
    },
  }
}

/** As Apollo would write it: errors first, and a line of its own. Bytes stay bytes: Apollo hands on what it gets from here. */
function stringifyResult({ errors, data, extensions }: FormattedExecutionResult): string {
  const written = data as unknown
  const text = written instanceof Json ? written.text : JSON.stringify(data)
  const before = errors ? [`"errors":${JSON.stringify(errors)}`] : []
  const after = extensions ? [`"extensions":${JSON.stringify(extensions)}`] : []
  if (text instanceof Buffer) {
    const [head, tail] = [`{${[...before, '"data":'].join(',')}`, `${['', ...after].join(',')}}\n`]
    return Buffer.concat([Buffer.from(head), text, Buffer.from(tail)]) as unknown as string
  }
  return `{${[...before, ...(text === undefined ? [] : [`"data":${text}`]), ...after].join(',')}}\n`
}

/** Puts errors in the caller's language, adds where the values came from, and sets the status that the media type asks for. */
function answers(house: House): ApolloServerPlugin<Asking> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue, request }) {
          if (response.body.kind !== 'single') return
          const result = response.body.singleResult
          if (result.errors) contextValue.provenance.spoil()
          if (result.errors) result.errors = result.errors.map(error => speak(error, contextValue.language, contextValue.requestId))
          const provenance = contextValue.provenance.origins(house.now())
          const warnings = contextValue.provenance
            .warnings()
            .map(warning => ({ ...warning, message: warning.message[contextValue.language] }))
          if (provenance.length > 0) result.extensions = { ...result.extensions, provenance, ...(warnings.length > 0 && { warnings }) }
          // GraphQL over HTTP, 6.4.1: with application/json a well-formed request is answered with 200, whatever became of it.
          const modern = (request.http?.headers ?? new HeaderMap()).get('accept')?.includes('application/graphql-response+json')
          const readable = !result.errors?.some(error => error.extensions?.code === 'REQUEST_INVALID')
          if (!modern && readable && response.http.status === 400) response.http.status = 200
        },
      }
    },
  }
}

function errors(log: Logger): ApolloServerPlugin<Asking> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) logError(log, error.originalError ?? error, contextValue.requestId, error.path)
        },
      }
    },
  }
}

/** Writes down what the caller is not told. Callers' own mistakes and departures are no news. */
function logError(log: Logger, error: unknown, requestId: string, path: readonly (string | number)[] | undefined): void {
  const gateway = gatewayError(error)
  if (gateway?.log) {
    const level = gateway.code === 'CANCELLED' ? 'debug' : 'warn'
    log[level]({ requestId, code: gateway.code, field: path?.join('.'), cause: causeOf(gateway) }, gateway.log)
    if (gateway.detail) log.debug({ requestId, code: gateway.code }, gateway.detail)
  } else if (!gateway && (path || !(error instanceof GraphQLError))) {
    log.error({ requestId, field: path?.join('.'), err: error }, 'unexpected error')
  }
}

/** A parser's message quotes what it stumbled over, which is data; its name says enough beside our own words. */
function causeOf({ cause }: GatewayError): string | undefined {
  if (cause instanceof SyntaxError) return cause.name
  return cause instanceof Error ? cause.message : undefined
}

/** Apollo explains its own start and stop at length; only its warnings are ours. */
function quiet(log: Logger) {
  const say = (message: unknown) => log.warn(String(message))
  return { debug: () => {}, info: () => {}, warn: say, error: say }
}
