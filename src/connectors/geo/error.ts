/** What is thrown when a shape cannot be trusted? */

/**
 * A geometry that cannot be read, moved to another reference system, or drawn on a map. Connectors catch it, count the cell as
 * a problem and serve null: half a shape is worse than none. Its message never holds coordinates.
 */
export class GeometryError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'GeometryError'
  }
}
