/** How is the leaky town served by small datasets, so that all of each lies in the gateway and its cache? */

import { type Bench, bySide } from './bench.ts'

/** The same source, asked for whole tables only. */
export function small(bench: Bench): Bench {
  return {
    ...bench,
    kind: `small-${bench.kind}`,
    holds: true,
    async start() {
      const source = await bench.start()
      return { ...source, files: bySide(side => ({ ...source.files[side], dataset: 'small: { rows: 500 }' })) }
    },
  }
}
