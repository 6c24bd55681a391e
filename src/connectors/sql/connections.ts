/** What does a source file say about how a database is reached? */

import { z } from 'zod'

/** A database server. */
export interface DatabaseConnection {
  readonly host: string
  readonly port?: number | undefined
  readonly database: string
  readonly user: string
  readonly password?: string | undefined
  readonly tls?: boolean | { readonly ca: string } | undefined
}

/** A database in a file. */
export interface FileConnection {
  readonly file: string
}

const words = (what: string) => z.string({ error: `${what} is missing` }).min(1, { error: `${what} is missing` })

const tls = z
  .union(
    [
      z.boolean(),
      z.strictObject({
        ca: words('the certificate authority').describe('Certificate authority in PEM; usually a reference to a file'),
      }),
    ],
    { error: 'write true, false, or { ca: … } with the certificate authority of the server' },
  )
  .describe(
    'true: encrypted, and the certificate of the server is checked. { ca }: the same with the city’s own certificate authority. Default: not encrypted',
  )

/** Connection of `postgres`, `mysql` and `mariadb`. */
export const databaseConnection: z.ZodType<DatabaseConnection> = z.strictObject({
  host: words('the host').describe('Name or address of the database server'),
  port: z
    .int({ error: 'a port is a whole number from 1 to 65535' })
    .min(1, { error: 'a port is a whole number from 1 to 65535' })
    .max(65_535, { error: 'a port is a whole number from 1 to 65535' })
    .optional()
    .describe('Port; usually left out: 5432 for PostgreSQL, 3306 for MySQL and MariaDB'),
  database: words('the database').describe('Name of the database'),
  user: words('the user').describe('Account that may read the released columns and nothing else'),
  password: z
    .string({ error: 'a password is a text' })
    .optional()
    .describe('Password; never written here, but taken from the environment or a secret file'),
  tls: tls.optional(),
})

/** Connection of `sqlite`. */
export const fileConnection: z.ZodType<FileConnection> = z.strictObject({
  file: words('the file').describe('Database file; a relative path starts from the folder of the configuration'),
})
