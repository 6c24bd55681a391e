/** Attacks on the door: keys, headers, bodies of odd shape and size. The source must not hear of any of them. */

import { differentAgain } from './attacks/again.ts'
import { headerAttacks } from './attacks/headers.ts'
import { keyAttacks } from './attacks/keys.ts'
import { shapeAttacks } from './attacks/shapes.ts'
import type { Source } from './town/bench.ts'
import { sqlite } from './town/databases.ts'
import { startWorld, type World } from './town/world.ts'

let source: Source
let a: World

beforeAll(async () => {
  source = await sqlite.start()
  a = await startWorld({ side: 'a', files: source.files.a })
})

afterAll(async () => {
  await a?.stop()
  await source?.tidyUp()
})

keyAttacks(
  () => a,
  () => source.files.a,
)
shapeAttacks(() => a)
headerAttacks(() => a)

test('every attack gets the same again when it is answered from caches', async () => {
  expect(await differentAgain(a)).toEqual([])
})
