/** How is something made so that nobody can change it afterwards? */

/** Freezes plain objects, lists, maps and sets all the way down, in place. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (value instanceof Map) {
    for (const [key, item] of value) {
      deepFreeze(key)
      deepFreeze(item)
    }
    return seal(value, ['set', 'delete', 'clear'])
  }
  if (value instanceof Set) {
    for (const item of value) deepFreeze(item)
    return seal(value, ['add', 'delete', 'clear'])
  }
  // Anything else with a class of its own belongs to a connector's parser.
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value
  for (const item of Object.values(value)) deepFreeze(item)
  return Object.freeze(value)
}

/** `Object.freeze` leaves the content of maps and sets open. */
function seal<T extends object>(value: T, changers: readonly string[]): T {
  const refuse = () => {
    throw new TypeError('this is frozen')
  }
  for (const name of changers) Object.defineProperty(value, name, { value: refuse })
  return Object.freeze(value)
}
