/** What does a source file say about how an Oracle Database is reached? */

import { z } from 'zod'

export interface OracleConnection {
  readonly connectString: string
  readonly user: string
  readonly password?: string | undefined
}

/** @param missing in both languages */
const words = (missing: string) => z.string({ error: missing }).min(1, { error: missing })

const forms = 'host:port/service, tcps://host:port/service, (DESCRIPTION=…) '
const elsewhere = `Erwartet wird ${forms}oder ein Name aus tnsnames.ora. | Expected ${forms}or a name from tnsnames.ora.`

/** Connection of `oracle`. */
export const oracleConnection: z.ZodType<OracleConnection> = z.strictObject({
  connectString: words('Die Verbindung fehlt: connectString. | The connect string is missing.')
    // Such addresses are looked up in clouds; no part of the gateway fetches anything from the internet.
    .refine(text => !/^\s*(config-|ldaps?:|https?:)/i.test(text), { error: elsewhere })
    .describe(
      'How the database is reached: host:port/service, tcps://host:port/service for an encrypted connection, a description in brackets, or a name in the tnsnames.ora of the folder that TNS_ADMIN names. Oracle Database 12.1 or later',
    ),
  user: words('Das Konto fehlt: user. | The user is missing.').describe('Account that may read the released views and nothing else'),
  password: z
    .string({ error: 'Ein Passwort ist ein Text. | A password is a text.' })
    .optional()
    .describe('Password; never written here, but taken from the environment or a secret file'),
})
