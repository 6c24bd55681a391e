/** What stands around the data of an answer: errors in the caller's language, and where the values came from. */

import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Asking } from '../resolvers/index.ts'
import { speak } from './errors.ts'

/** Part of an answer that is JSON already; bytes are UTF-8. */
export class Json {
  readonly text: string | Buffer

  constructor(text: string | Buffer) {
    this.text = text
  }
}

type Around = Pick<FormattedExecutionResult, 'errors' | 'extensions'>

/** What goes with the data. An answer with errors is about this one request. */
export function around(asking: Asking, errors: readonly GraphQLFormattedError[] | undefined): Around {
  const { provenance, language, requestId, house } = asking
  if (errors) provenance.spoil()
  const spoken = errors?.map(error => speak(error, language, requestId))
  const origins = provenance.origins(house.now())
  const warnings = provenance.warnings().map(warning => ({ ...warning, message: warning.message[language] }))
  return {
    ...(spoken && { errors: spoken }),
    ...(origins.length > 0 && { extensions: { provenance: origins, ...(warnings.length > 0 && { warnings }) } }),
  }
}

/** As Apollo would write it: errors first, and a line of its own. Bytes stay bytes. */
export function stringify({ errors, data, extensions }: FormattedExecutionResult): string | Buffer {
  const written = data as unknown
  const text = written instanceof Json ? written.text : JSON.stringify(data)
  const before = errors ? [`"errors":${JSON.stringify(errors)}`] : []
  const after = extensions ? [`"extensions":${JSON.stringify(extensions)}`] : []
  if (text instanceof Buffer) {
    const [head, tail] = [`{${[...before, '"data":'].join(',')}`, `${['', ...after].join(',')}}\n`]
    return Buffer.concat([Buffer.from(head), text, Buffer.from(tail)])
  }
  return `{${[...before, ...(text === undefined ? [] : [`"data":${text}`]), ...after].join(',')}}\n`
}
