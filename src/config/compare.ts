/** What differs between two configurations? */

import type { Text } from '../model/index.ts'
import { same } from './exposure/canonical.ts'
import { diffDescriptions } from './exposure/description.ts'
import { type Difference, diffExposures, difference } from './exposure/diff.ts'
import type { Gateway } from './gateway.ts'
import { sourceIdentity } from './identity.ts'

/** Differences of two configurations, by dataset: exposures first, then words and times. */
export function diffGateways(before: Gateway, after: Gateway): Difference[] {
  return [
    ...diffExposures(before.exposures, after.exposures),
    ...diffConnections(before, after),
    ...diffDescriptions(before.descriptions, after.descriptions),
  ]
}

/** A source that leads to another system gives other data under the same name. */
function diffConnections(before: Gateway, after: Gateway): Difference[] {
  const moved = [...after.sources.values()].filter(source => {
    const old = before.sources.get(source.id)
    return old && !same(sourceIdentity(old.connection), sourceIdentity(source.connection))
  })
  const message: Text = { de: 'Die Verbindung der Quelle ist eine andere.', en: 'The connection of its source is another one.' }
  return moved.flatMap(({ id }) =>
    [...after.exposures.values()]
      .filter(exposure => exposure.source.id === id && before.exposures.has(exposure.dataset))
      .map(({ dataset }) => difference('neutral', dataset, undefined, message)),
  )
}
