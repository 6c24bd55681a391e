/** What does a file in `sources/` say about a source system? */

import { z } from 'zod'
import type { SourceKindParser } from '../gateway.ts'
import { openingHours } from './opening.ts'
import { duration, id, line, size, whole } from './values.ts'

const limits = z.strictObject({
  connections: whole(1, 50).prefault(4).describe('Connections or calls at once'),
  statement: duration('100 ms', '10 min').prefault('5 s').describe('One statement or call may take so long'),
  queue: whole(0, 10_000).prefault(100).describe('Callers that may wait for a connection; further ones are refused at once'),
  size: size('1 kB', '2 GB').prefault('50 MB').describe('One answer of a service or one file may be so large'),
  open: openingHours
    .optional()
    .describe(
      'Opening hours of the source on the clock of the city, such as "Mo-Fr 06:00-20:00"; outside of them it is not asked, and only the cache answers',
    ),
})

const common = {
  id: id.describe('Name by which datasets refer to the source'),
  title: line.describe('Name of the system as people know it'),
  owner: line.optional().describe('Department that runs the system'),
  limits: limits.prefault({}),
}

/** Only where the gateway logs in somewhere. */
const allowWriteAccount = z
  .boolean({ error: 'write true or false' })
  .prefault(false)
  .describe('true: the account may be one that can change data. Without it, nothing is read with such an account')

/** What every source has, with the connection as its kind parsed it. */
export interface SourceForm extends z.output<z.ZodObject<typeof common>> {
  readonly kind: string
  readonly connection: unknown
  readonly allowWriteAccount?: boolean
}

/** The form of a source file, with a variant for each kind of source. */
export function sourceForm(kinds: readonly SourceKindParser[]): z.ZodType<SourceForm> {
  const variants = kinds.map(({ kinds, connection, accounts }) =>
    z.strictObject({
      id: common.id,
      kind: z.enum(kinds as [string, ...string[]]),
      title: common.title,
      owner: common.owner,
      connection,
      ...(accounts && { allowWriteAccount }),
      limits: common.limits,
    }),
  )
  const [first, ...others] = variants
  if (first === undefined) throw new Error('no kind of source is known')
  return z
    .discriminatedUnion('kind', [first, ...others])
    .meta({ title: 'sources/*.yml', description: 'One source system; owned by IT' }) as z.ZodType<SourceForm>
}
