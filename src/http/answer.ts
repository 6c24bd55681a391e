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
  const extensions = provenance.extensions(house.now(), language)
  return { ...(spoken && { errors: spoken }), ...(extensions !== undefined && { extensions: new Json(extensions) as never }) }
}

/** As Apollo would write it: errors first, and a line of its own. A large `data` of bytes is a piece by itself, and is not copied. */
export function stringify({ errors, data, extensions }: FormattedExecutionResult): Pieces {
  const told = errors && `"errors":${JSON.stringify(errors)}`
  const tail = extensions ? `,"extensions":${String(jsonOf(extensions))}}\n` : '}\n'
  const text = jsonOf(data)
  // Where there is no data, there are errors.
  if (text === undefined) return [`{${told}${tail}`]
  const head = told ? `{${told},"data":` : '{"data":'
  if (typeof text === 'string') return [head + text + tail]
  const pieces = [Buffer.from(head), text, Buffer.from(tail)]
  return text.byteLength < largeFrom ? [Buffer.concat(pieces)] : pieces
}

/** Bytes, from which on a copy costs more than writing in pieces. */
const largeFrom = 65_536

/** One text, or bytes; never empty. */
export type Pieces = readonly (string | Buffer)[]

export function joined(pieces: Pieces): string | Buffer {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces as readonly Buffer[])
}

function jsonOf(value: unknown): string | Buffer | undefined {
  return value instanceof Json ? value.text : JSON.stringify(value)
}
