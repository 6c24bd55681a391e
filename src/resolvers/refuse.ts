/** Refusals in both languages, short to write where they happen. */

import { type FailureCode, GatewayError, type Text } from '../model/index.ts'

/** A refusal that names only what is open to the caller. */
export function refuse(code: FailureCode, message: Text, hint?: Text): GatewayError {
  return new GatewayError(code, { message, ...(hint && { hint }) })
}
