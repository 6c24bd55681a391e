/** What does a source of kind `ngsi`, and a dataset from it, have to say? */

import { z } from 'zod'

/** `connection:` of a source file. */
export const connection = z
  .strictObject({
    url: z
      .url({
        protocol: /^https?$/,
        error:
          'Erwartet wird die Adresse des Brokers, etwa https://broker.stadt.example. | Expected the address of the broker, such as https://broker.stadt.example.',
      })
      .transform(url => url.replace(/\/(ngsi-ld\/v1|v2)(\/.*)?([?#].*)?$|[?#].*$/, '').replace(/\/+$/, ''))
      .describe('Address of the broker; what follows from /ngsi-ld/v1 or /v2 on is left out'),
    version: z.enum(['ld', 'v2']).default('ld').describe('ld: NGSI-LD (Stellio, Scorpio, Orion-LD); v2: NGSIv2 (Orion)'),
    tenant: z.string().min(1).optional().describe('Tenant: the header NGSILD-Tenant, with v2 Fiware-Service'),
    servicePath: z.string().startsWith('/').optional().describe('With v2: the header Fiware-ServicePath, such as /umwelt'),
    context: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('With ld: address of the @context that gives attributes and types their short names'),
    user: z.string().min(1).optional().describe('User of the broker, for HTTP basic authentication'),
    password: z.string().min(1).optional().describe('Password; a reference to a file or a variable, not the password itself'),
    token: z.string().min(1).optional().describe('Token, instead of user and password'),
    tokenHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .optional()
      .describe('Header that the token travels in, such as X-Auth-Token; left out: "Authorization: Bearer …"'),
  })
  .refine(
    ({ version, context, servicePath }) => (version === 'ld' ? servicePath === undefined : context === undefined),
    '"context" gehört zu version: ld, "servicePath" zu version: v2. | "context" goes with version: ld, "servicePath" with version: v2.',
  )
  .refine(
    ({ user, password, token }) => (user === undefined) === (password === undefined) && !(user && token),
    'Zur Anmeldung gehören "user" und "password", oder "token" allein. | To log in, give "user" and "password", or "token" alone.',
  )
export type NgsiConnection = z.output<typeof connection>

/** What stands beside `use:` in a dataset's `source:`. */
export const place = z.strictObject({
  type: z
    .string()
    .regex(
      /^[^\s,;|()&?#'"<>]+$/,
      'Erwartet wird ein Typ von Entitäten, etwa AirQualityObserved. | Expected one type of entities, such as AirQualityObserved.',
    )
    .describe('Type of the entities'),
})
export type NgsiPlace = z.output<typeof place>
