/** Which table or view does a dataset come from? */

import { z } from 'zod'

/** A table or view; without a schema the account's own default decides. Spelled exactly as the database keeps it. */
export interface Place {
  readonly schema?: string
  readonly table: string
}

// Quotes and brackets would be legal if doubled; nobody's table needs them, and refusing them leaves no second way to read a name.
const name = z
  .string()
  .min(1, { error: 'a name is missing: write the table as SCHEMA.TABLE or TABLE' })
  .max(128, { error: 'no database has names longer than 128 characters' })
  .refine(text => !/["'`[\];\p{Cc}\p{Cf}]/u.test(text), {
    error: 'a name must not hold quotes, brackets, semicolons or control characters',
  })

const parts = z.strictObject({
  table: name.describe('Table or view, in exactly the spelling that the database keeps; SCHEMA.TABLE or TABLE'),
  schema: name.optional().describe('Schema of the table; give it when the name of the table itself contains a dot'),
})

/**
 * `{ table: 'PLS.PARKHAUS' }`, or `{ schema: 'PLS', table: 'PARKHAUS' }` when a name contains a dot. Parsing twice changes nothing.
 *
 * @example
 *   place.parse({ table: 'PLS.PARKHAUS' })                  // → { schema: 'PLS', table: 'PARKHAUS' }
 *   place.parse({ schema: 'PLS', table: 'V.2024' })         // → { schema: 'PLS', table: 'V.2024' }
 *   place.safeParse({ table: 'A.B.C' }).success             // → false
 *   place.safeParse({ table: 'x"; drop table y' }).success  // → false
 */
export const place: z.ZodType<Place, unknown> = parts.transform(({ table, schema }, context): Place => {
  if (schema !== undefined) return { schema, table }
  const [first = '', second, ...more] = table.split('.')
  if (more.length === 0 && first !== '' && second !== '') return second === undefined ? { table: first } : { schema: first, table: second }
  context.addIssue({
    code: 'custom',
    path: ['table'],
    message: 'write the table as SCHEMA.TABLE or TABLE; for names that contain a dot, give `schema` and `table` apart',
  })
  return z.NEVER
})

const known = new WeakMap<Readonly<Record<string, unknown>>, Place>()

/** The place of a dataset; read once. */
export function placeOf(setting: Readonly<Record<string, unknown>>): Place {
  const found = known.get(setting) ?? place.parse(setting)
  known.set(setting, found)
  return found
}
