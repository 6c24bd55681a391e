/** Every attack, against one kind of source. */

import { attacksOnOldRows, attacksOnWhatIsKept } from './attacks/again.ts'
import { cacheAttacks } from './attacks/cache.ts'
import { exportAttacks } from './attacks/exports.ts'
import { faultAttacks, ruin } from './attacks/faults.ts'
import { nameAttacks } from './attacks/names.ts'
import { randomAttacks } from './attacks/random.ts'
import { rowAttacks } from './attacks/rows.ts'
import { tokenAttacks } from './attacks/tokens.ts'
import { twinAttacks } from './attacks/twins.ts'
import { witnesses } from './attacks/witness.ts'
import { openStage, type Stage } from './stage.ts'
import type { Bench } from './town/bench.ts'

export function attackEverything(bench: Bench): void {
  if (bench.missing !== undefined && process.env.CI === 'true') throw new Error(bench.missing)
  const suite = bench.missing === undefined ? describe : describe.skip
  suite(`${bench.kind}${bench.missing === undefined ? '' : ` (${bench.missing})`}`, () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await openStage(bench)
    }, 60_000)
    afterAll(() => stage?.tidyUp())

    const there = () => stage
    rowAttacks(there)
    twinAttacks(there)
    randomAttacks(there)
    tokenAttacks(there)
    cacheAttacks(there)
    nameAttacks(there)
    exportAttacks(there)
    faultAttacks(there)
    attacksOnWhatIsKept(there)
    ruin(there)
    attacksOnOldRows(there)
    witnesses(there)
  })
}
