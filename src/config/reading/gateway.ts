/** What do `gateway.yml` and `keys.yml` say? */

import type { Audience } from '../audiences.ts'
import type { Loaded } from '../files/load.ts'
import { type GatewayForm, gatewayForm } from '../form/gateway.ts'
import { parseForm } from '../form/parse.ts'
import type { ApiKey } from '../gateway.ts'
import { keysForm } from '../keys.ts'
import { checkGateway, checkKeys } from '../meaning/gateway.ts'
import { reporter } from '../meaning/report.ts'
import type { Mistake } from '../mistake.ts'

export function readGateway(files: readonly Loaded[], mistakes: Mistake[]): GatewayForm | undefined {
  const file = files.find(({ role }) => role === 'gateway')
  if (!file) return undefined
  const parsed = parseForm(gatewayForm, file.data, file)
  if (parsed.mistakes) mistakes.push(...parsed.mistakes)
  else checkGateway(parsed.value, reporter(file, mistakes))
  return parsed.value
}

/** @param audiences absent when `gateway.yml` is wrong: then no key is blamed for its audience */
export function readKeys(
  files: readonly Loaded[],
  audiences: ReadonlyMap<string, Audience> | undefined,
  mistakes: Mistake[],
): readonly ApiKey[] {
  const file = files.find(({ role }) => role === 'keys')
  if (!file) return []
  const parsed = parseForm(keysForm, file.data, file)
  if (parsed.mistakes) {
    mistakes.push(...parsed.mistakes)
    return []
  }
  checkKeys(parsed.value.keys, audiences, reporter(file, mistakes))
  return parsed.value.keys.map(({ expires, ...key }) => ({ ...key, ...(expires && { expires }) }))
}
