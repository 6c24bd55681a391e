/** What does a caller hear when the gateway would have to do a source's work over too many rows? */

import { GatewayError } from '../../model/index.ts'

/** Rows of one request that the gateway sorts, groups or searches by itself; more are refused. */
export const localRowsMost = 20_000

/** @param log for operators: what had to be done here, and why */
export function tooManyRows(log: string): GatewayError {
  return new GatewayError('TOO_MANY_ROWS', {
    message: {
      de: `Diese Frage betrifft mehr als ${localRowsMost.toLocaleString('de')} Zeilen einer Datenquelle, die sie nicht selbst beantworten kann.`,
      en: `This question takes more than ${localRowsMost.toLocaleString('en')} rows of a source that cannot answer it by itself.`,
    },
    hint: { de: 'Ein engerer Filter hilft.', en: 'A narrower filter helps.' },
    log,
  })
}
