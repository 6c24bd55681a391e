/** One Apollo Server per audience: GraphQL over HTTP, limits before anything is asked, provenance with every answer. */

import type { GraphQLRequestListener } from '@apollo/server'
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { Logger } from 'pino'
import { GatewayError } from '../model/index.ts'
import { type Asking, assertAffordable, type House, type Runner } from '../resolvers/index.ts'
import { around, Json, stringify } from './answer.ts'
import {
  ApolloServer,
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
  HeaderMap,
} from './apollo.ts'
import { asGraphQLError, formatError, gatewayError } from './errors.ts'

/** Tokens of one document; the largest queries of people have a few hundred, introspection about 500. */
const tokensAtMost = 5000

/** A caller's asking as Apollo's hooks are handed it. */
export interface Context extends Asking {
  /** Told when a plan has answered. */
  readonly planned: (document: DocumentNode, operation: OperationDefinitionNode) => void
}

export interface ApolloSetting {
  readonly graph: GraphQLSchema
  readonly run: Runner
  readonly house: House
  readonly log: Logger
}

/**
 * @see https://graphql.github.io/graphql-over-http/draft/ for statuses; the public endpoint knows no cookies, so plain GET is safe
 *   and Apollo's CSRF prevention would only lock out links, caches and spreadsheets
 */
export async function startApollo(setting: ApolloSetting): Promise<ApolloServer<Context>> {
  const listener = listenerOf(setting)
  const apollo = new ApolloServer<Context>({
    schema: setting.graph,
    formatError,
    // Bytes as well: Apollo hands on what it gets from here.
    stringifyResult: result => stringify(result) as string,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: tokensAtMost },
    nodeEnv: 'production',
    logger: quiet(setting.log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // Otherwise a variable of the environment would be enough to tell another company what is asked here.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      { requestDidStart: async () => listener },
    ],
  })
  await apollo.start()
  return apollo
}

/** Apollo parses, validates, and keeps the rules of HTTP; limits, plans and words are ours. */
function listenerOf({ graph, run, house, log }: ApolloSetting): GraphQLRequestListener<Context> {
  return {
    async didResolveOperation({ document, operation, request }) {
      try {
        if (operation) assertAffordable(graph, document, operation, request.variables ?? {}, house.limits)
      } catch (error) {
        throw error instanceof GatewayError ? asGraphQLError(error) : error
      }
    },
    /** What no plan covers is executed by graphql-js. */
    async responseForOperation({ document, operation, request, contextValue }) {
      // A document without the operation that was named: Apollo says so.
      const written = operation && (await run(document, operation, request.variables ?? {}, contextValue))
      if (!written) return null
      contextValue.planned(document, operation)
      const errors = tellErrors(written.errors, contextValue, log)
      const singleResult = { ...(errors && { errors }), data: new Json(written.text) as unknown as Record<string, unknown> }
      return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } }
    },
    async didEncounterErrors({ errors, contextValue }) {
      for (const error of errors) logError(log, error.originalError ?? error, contextValue.requestId, error.path)
    },
    /** Adds what goes with every answer, and sets the status that the media type asks for. */
    async willSendResponse({ response, contextValue, request }) {
      if (response.body.kind !== 'single') return
      const result = Object.assign(response.body.singleResult, around(contextValue, response.body.singleResult.errors))
      // GraphQL over HTTP, 6.4.1: with application/json a well-formed request is answered with 200, whatever became of it.
      const modern = (request.http?.headers ?? new HeaderMap()).get('accept')?.includes('application/graphql-response+json')
      const readable = !result.errors?.some(error => error.extensions?.code === 'REQUEST_INVALID')
      if (!modern && readable && response.http.status === 400) response.http.status = 200
    },
  }
}

/** The errors of a plan's answer, written down and made fit for the caller; `undefined` when there are none. */
export function tellErrors(errors: readonly GraphQLError[], { requestId }: Asking, log: Logger): GraphQLFormattedError[] | undefined {
  if (errors.length === 0) return undefined
  return errors.map(error => {
    logError(log, error.originalError ?? error, requestId, error.path)
    return formatError(error.toJSON(), error)
  })
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
