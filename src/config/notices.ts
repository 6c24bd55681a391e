/** What should somebody know that is no mistake? */

import type { Text } from '../model/index.ts'
import { type NoticeCode, noticeWords } from './words/notices.ts'
import { type Filling, fill } from './words/template.ts'

/** Something that is no mistake, yet somebody should know: shown by `check` and in the log at start. */
export interface Notice {
  readonly code: NoticeCode
  /** Id of the dataset that is meant. */
  readonly dataset?: string
  /** Id of a second one. */
  readonly other?: string
  readonly message: Text
}

export function notice(code: NoticeCode, fillings: Readonly<Record<string, Filling>>): Notice {
  const { dataset, other } = fillings
  return {
    code,
    ...(typeof dataset === 'string' && { dataset }),
    ...(typeof other === 'string' && { other }),
    message: fill(noticeWords[code], fillings),
  }
}

export interface GatewayFacts {
  readonly secret: string | undefined
  readonly keys: readonly { readonly name: string; readonly expires?: string }[]
  /** Calendar date in the city's zone. */
  readonly today: string
  readonly unapproved: boolean
}

/** What there is to know about the gateway itself; datasets have theirs from the policy. */
export function gatewayNotices({ secret, keys, today, unapproved }: GatewayFacts): Notice[] {
  return [
    ...(unapproved ? [notice('UNAPPROVED', {})] : []),
    ...(secret === undefined ? [notice('SECRET_ABSENT', {})] : []),
    ...keys.filter(key => expired(key, today)).map(({ name, expires }) => notice('KEY_EXPIRED', { name, date: expires ?? '' })),
  ]
}

/** true: the last day of the key has passed. */
function expired({ expires }: { readonly expires?: string }, today: string): boolean {
  return expires !== undefined && expires < today
}

/** true: the notice speaks of this dataset. */
export function isAbout({ dataset, other }: Notice, id: string): boolean {
  return dataset === id || other === id
}
