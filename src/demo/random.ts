/** Where does the demo's chance come from, so that it falls the same way every time? */

import { createHash } from 'node:crypto'

/** Fixed: the demo city is the same on every machine and every day. */
const seed = 'Konstanz 08335043'

/** A number in [0, 1). */
export type Random = () => number

/**
 * A stream of chance of its own for each purpose, so that a further table does not change the others.
 *
 * @see the generator is sfc32 by Chris Doty-Humphrey (PractRand, public domain)
 */
export function randomFor(purpose: string): Random {
  const state = new Uint32Array(4)
  const digest = createHash('sha256').update(`${seed}\n${purpose}`).digest()
  for (let at = 0; at < 4; at++) state[at] = digest.readUInt32LE(at * 4)
  return () => {
    let [a, b, c, d] = state as unknown as [number, number, number, number]
    const sum = (a + b + d) >>> 0
    d = (d + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0
    state.set([a, b, c, d])
    return sum / 2 ** 32
  }
}

/** A whole number; both ends are possible. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!
}

/** @param weights one per entry, > 0 */
export function pickWeighted<T>(list: readonly T[], weights: readonly number[]): (random: Random) => T {
  const ends: number[] = []
  for (const weight of weights) ends.push((ends.at(-1) ?? 0) + weight)
  return random => {
    const at = random() * ends.at(-1)!
    // Binary search: this is asked for every one of 16,000 trees.
    let [low, high] = [0, ends.length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ends[middle]! > at) high = middle
      else low = middle + 1
    }
    return list[low]!
  }
}

/** Bell-shaped around a mean; the sum of twelve evens is near enough, and needs no logarithm. */
export function around(random: Random, mean: number, deviation: number): number {
  let sum = -6
  for (let n = 0; n < 12; n++) sum += random()
  return mean + sum * deviation
}

/** A list in another order. */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const result = [...list]
  for (let at = result.length - 1; at > 0; at--) {
    const other = between(random, 0, at)
    const held = result[at]!
    result[at] = result[other]!
    result[other] = held
  }
  return result
}
