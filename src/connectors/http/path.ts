/** Which value does a path such as `water/shortname` mean? */

/** A path, taken apart. */
export interface Path {
  /** How many enclosing objects it climbs first: one for each leading `..`. */
  readonly up: number
  readonly steps: readonly string[]
}

/**
 * Takes a path apart. Steps are separated by `/`; a name that holds one is written with `~1`, a `~` with `~0`.
 *
 * @see RFC 6901, 3, for the two signs
 * @example
 *   pathOf('../water/shortname')  // → { up: 1, steps: ['water', 'shortname'] }
 *   pathOf('Straße~1Nr')          // → { up: 0, steps: ['Straße/Nr'] }
 *   pathOf('.')                   // → { up: 0, steps: [] }
 */
export function pathOf(text: string): Path {
  const steps = text === '.' || text === '' ? [] : text.split('/')
  const up = steps.findIndex(step => step !== '..')
  const down = up < 0 ? [] : steps.slice(up)
  return { up: up < 0 ? steps.length : up, steps: down.map(step => step.replaceAll('~1', '/').replaceAll('~0', '~')) }
}

/**
 * One step as a path writes it.
 *
 * @example
 *   stepText('Straße/Nr')  // → 'Straße~1Nr'
 */
export function stepText(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}
