/** How does PostgreSQL keep its columns? */

import type { FieldDef, Submittable } from 'pg'
import type { Stored } from '../dialects/index.ts'

/** Parses a statement and asks for its columns, without running it (PostgreSQL, 55.2.3 "Extended Query"). */
export class Description implements Submittable {
  readonly #text: string
  readonly #done: (error: Error | undefined, fields: readonly FieldDef[]) => void
  #fields: readonly FieldDef[] = []
  #error: Error | undefined

  constructor(text: string, done: (error: Error | undefined, fields: readonly FieldDef[]) => void) {
    this.#text = text
    this.#done = done
  }

  submit(connection: Parameters<Submittable['submit']>[0]): void {
    connection.parse({ text: this.#text, name: '', types: [] }, true)
    connection.describe({ type: 'S', name: '' } as Parameters<typeof connection.describe>[0], true)
    connection.sync()
  }

  handleRowDescription(message: { readonly fields: readonly FieldDef[] }): void {
    this.#fields = message.fields
  }

  handleError(error: Error): void {
    this.#error = error
    this.#done(error, [])
  }

  handleReadyForQuery(): void {
    if (!this.#error) this.#done(undefined, this.#fields)
  }
}

/** @see https://www.postgresql.org/docs/current/catalog-pg-type.html; the numbers of built-in types never change */
const storedByType: ReadonlyMap<number, Stored> = new Map<number, Stored>([
  [16, 'boolean'],
  [17, 'bytes'],
  [18, 'text'],
  [19, 'text'],
  [20, 'int'],
  [21, 'int'],
  [23, 'int'],
  [25, 'text'],
  [26, 'int'],
  [700, 'single'],
  [701, 'double'],
  [1042, 'padded'],
  [1043, 'text'],
  [1082, 'date'],
  [1083, 'time'],
  [1114, 'clock'],
  [1184, 'instant'],
  [1700, 'decimal'],
  [2950, 'uuid'],
])

/** @param geometries numbers of PostGIS's own types, which each database gives anew */
export function storedAs({ dataTypeID, dataTypeModifier }: FieldDef, geometries: ReadonlySet<number>): Stored {
  if (geometries.has(dataTypeID)) return 'geometry'
  // numeric(p, 0) with p up to 18 is a whole number of 64 bits: keys that came from Oracle look so.
  const isWhole = dataTypeID === 1700 && dataTypeModifier >= 4 && ((dataTypeModifier - 4) & 0xffff) === 0 && dataTypeModifier >> 16 <= 18
  return isWhole ? 'int' : (storedByType.get(dataTypeID) ?? 'other')
}
