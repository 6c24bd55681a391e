/** What does a source file say about how SQL Server is reached? */

import { z } from 'zod'

export interface SqlServerConnection {
  readonly host: string
  readonly port?: number | undefined
  readonly instance?: string | undefined
  readonly database: string
  readonly user: string
  readonly password?: string | undefined
  readonly encrypt?: boolean | 'strict' | undefined
  readonly ca?: string | undefined
  readonly serverName?: string | undefined
  readonly trustServerCertificate?: boolean | undefined
}

/** @param missing in both languages */
const words = (missing: string) => z.string({ error: missing }).min(1, { error: missing })

const port = 'Ein Port ist eine ganze Zahl von 1 bis 65535. | A port is a whole number from 1 to 65535.'
const encrypt =
  'Erwartet wird true, false oder strict (TDS 8, ab SQL Server 2022). | Expected true, false or strict (TDS 8, from SQL Server 2022 on).'

const parts = z.strictObject({
  host: words('Der Server fehlt: host. | The host is missing.').describe('Name or address of the server, without the name of an instance'),
  port: z.int({ error: port }).min(1, { error: port }).max(65_535, { error: port }).optional().describe('Port; usually left out: 1433'),
  instance: words('Der Name der Instanz ist leer. | The name of the instance is empty.')
    .optional()
    .describe('Name of an instance without a port of its own, which the browser service of the server knows (UDP 1434)'),
  database: words('Die Datenbank fehlt: database. | The database is missing.').describe('Name of the database'),
  user: words('Das Konto fehlt: user. | The user is missing.').describe(
    'SQL Server login that may read the released columns and nothing else; accounts of Windows domains are not supported',
  ),
  password: z
    .string({ error: 'Ein Passwort ist ein Text. | A password is a text.' })
    .optional()
    .describe('Password; never written here, but taken from the environment or a secret file'),
  encrypt: z
    .union([z.boolean(), z.literal('strict')], { error: encrypt })
    .optional()
    .describe(
      'true (default): encrypted, the certificate is checked, and a server that does not encrypt gets no login. strict: TDS 8. false: everything, the password as well, can be read on the way',
    ),
  ca: words('Die Zertifizierungsstelle ist leer. | The certificate authority is empty.')
    .optional()
    .describe('Certificate authority in PEM, where the city has its own; usually a reference to a file'),
  serverName: words('Der Name im Zertifikat ist leer. | The name in the certificate is empty.')
    .optional()
    .describe('Name in the certificate of the server, where it is not its host'),
  trustServerCertificate: z
    .boolean({ error: 'Erwartet wird true oder false. | Expected true or false.' })
    .optional()
    .describe('true: any certificate is taken, so whoever stands between can read the password. Better: ca'),
})

/** Connection of `mssql`. */
export const sqlServerConnection: z.ZodType<SqlServerConnection> = parts
  .refine(({ port, instance }) => port === undefined || instance === undefined, {
    path: ['instance'],
    error:
      'Eine Instanz hat ihren Port vom Server: entweder port oder instance. | An instance gets its port from the server: either port or instance.',
  })
  .refine(({ trustServerCertificate, encrypt, ca }) => trustServerCertificate !== true || (encrypt !== 'strict' && ca === undefined), {
    path: ['trustServerCertificate'],
    error:
      'Neben ca oder encrypt: strict wird das Zertifikat immer geprüft. | Beside ca or encrypt: strict the certificate is always checked.',
  })
