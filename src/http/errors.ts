/** What does an error say to its caller? Anything that is not a GatewayError or GraphQL's own complaint is "Unexpected error". */

import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { type FailureCode, failures, GatewayError, type Language, type Text } from '../model/index.ts'
import { complaint, inGerman } from './complaints.ts'

/** Kept beside a formatted error until the language of the caller is known; never serialised, because its key is a symbol. */
const words = Symbol('words')

interface Spoken {
  readonly text: Text
  readonly hint: Text | undefined
}

/** Apollo's `formatError`: decides code and words. `speak` then puts them in the caller's language. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const gateway = gatewayError(error)
  if (gateway) return build(formatted, gateway.code, { text: gateway.text, hint: gateway.hint })
  const code = codeOf(formatted, error)
  if (code === 'INTERNAL') return build(formatted, code, { text: { de: 'Unerwarteter Fehler.', en: 'Unexpected error.' }, hint: undefined })
  const unknown = /^Cannot query field "(.+?)" on type "(.+?)"\.(?: Did you mean (.+)\?)?$/.exec(formatted.message)
  if (unknown) return build(formatted, 'FIELD_UNKNOWN', unknownField(unknown[1]!, unknown[2]!, unknown[3]))
  return build(formatted, code, { text: complaint(formatted.message), hint: undefined })
}

/** A formatted error in the caller's language, with the id under which the operators find it. */
export function speak(error: GraphQLFormattedError, language: Language, requestId: string): GraphQLFormattedError {
  const spoken = (error.extensions as { [words]?: Spoken } | undefined)?.[words]
  const { message, locations, path, extensions } = error
  return {
    message: spoken ? spoken.text[language] : message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code: extensions?.code, ...(spoken?.hint && { hint: spoken.hint[language] }), requestId },
  }
}

/** The body of a refusal that happens before GraphQL is reached. */
export function refusal(error: GatewayError, language: Language, requestId: string) {
  return {
    errors: [
      { message: error.text[language], extensions: { code: error.code, ...(error.hint && { hint: error.hint[language] }), requestId } },
    ],
  }
}

/** The GatewayError inside whatever GraphQL wrapped around it. */
export function gatewayError(error: unknown): GatewayError | undefined {
  if (error instanceof GatewayError) return error
  if (error instanceof GraphQLError && error.originalError) return gatewayError(error.originalError)
  return undefined
}

/** A GatewayError as Apollo's plugins have to throw it to set the HTTP status. */
export function asGraphQLError(error: GatewayError): GraphQLError {
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status: failures[error.code].status } } })
}

const codes: Readonly<Record<string, FailureCode>> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'REQUEST_INVALID',
  PERSISTED_QUERY_NOT_FOUND: 'PERSISTED_QUERY_NOT_FOUND',
  PERSISTED_QUERY_NOT_SUPPORTED: 'REQUEST_INVALID',
}

/** Complaints of graphql-js about the request keep their code; complaints during execution are ours to explain, so they are INTERNAL. */
function codeOf(formatted: GraphQLFormattedError, error: unknown): FailureCode {
  const known = codes[String(formatted.extensions?.code)]
  if (known) return known
  const duringExecution = !(error instanceof GraphQLError) || error.originalError !== undefined || error.path !== undefined
  return duringExecution ? 'INTERNAL' : 'BAD_USER_INPUT'
}

function build(formatted: GraphQLFormattedError, code: FailureCode, spoken: Spoken): GraphQLFormattedError {
  const { locations, path } = formatted
  return {
    message: spoken.text.en,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code, [words]: spoken } as Record<string, unknown>,
  }
}

function unknownField(field: string, type: string, suggestion: string | undefined): Spoken {
  return {
    text: {
      de: `Das Feld „${field}“ gibt es in „${type}“ nicht.${suggestion ? ` Meinten Sie ${inGerman(suggestion)}?` : ''}`,
      en: `There is no field "${field}" in "${type}".${suggestion ? ` Did you mean ${suggestion}?` : ''}`,
    },
    hint: {
      de: 'Was es gibt, sagt „{ catalog { datasets { query fields { name } } } }“.',
      en: '"{ catalog { datasets { query fields { name } } } }" says what there is.',
    },
  }
}
