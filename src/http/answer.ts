/** What stands around the data of an answer: errors in the caller's language, and where the values came from. */

import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Asking, Frame } from '../resolvers/index.ts'
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

/** As Apollo would write it: errors first, and a line of its own. */
export function stringify(result: FormattedExecutionResult): string | Buffer {
  const { before, after } = frameOf(result)
  const text = result.data instanceof Json ? result.data.text : JSON.stringify(result.data)
  // Where there is no data, there are errors.
  if (text === undefined) return `${before.slice(0, -dataName.length)}${after}`
  return typeof text === 'string' ? before + text + after : Buffer.concat([Buffer.from(before), text, Buffer.from(after)])
}

/** What stands before and after the data. */
export function frameOf({ errors, extensions }: Around): Frame {
  const told = errors && `"errors":${JSON.stringify(errors)}`
  return {
    before: `{${told ?? ''}${told ? dataName : dataName.slice(1)}`,
    after: extensions ? `,"extensions":${textOf(extensions)}}\n` : '}\n',
  }
}

const dataName = ',"data":'

function textOf(extensions: unknown): string {
  return extensions instanceof Json ? String(extensions.text) : JSON.stringify(extensions)
}
