/** What does a source of kind `sensorthings`, and a dataset from it, have to say? */

import { z } from 'zod'
import { entitySets } from './entities.ts'

/** `connection:` of a source file. */
export const connection = z
  .strictObject({
    url: z
      .string()
      .refine(
        isRoot,
        'Erwartet wird die Wurzel des Dienstes, etwa https://sensoren.stadt.example/FROST-Server/v1.1. | Expected the root of the service, such as https://sensoren.stadt.example/FROST-Server/v1.1.',
      )
      .transform(rootUrl)
      .describe('Root of the service, ending in /v1.1 (or /v1.0); the address of a list or of a query below it is understood too'),
    user: z.string().min(1).optional().describe('User of the service, for HTTP basic authentication'),
    password: z.string().min(1).optional().describe('Password; a reference to a file or a variable, not the password itself'),
    token: z.string().min(1).optional().describe('Token that is sent as "Authorization: Bearer …", instead of user and password'),
  })
  .refine(
    ({ user, password, token }) => (user === undefined) === (password === undefined) && !(user && token),
    'Zur Anmeldung gehören "user" und "password", oder "token" allein. | To log in, give "user" and "password", or "token" alone.',
  )
export type ThingsConnection = z.output<typeof connection>

/** What stands beside `use:` in a dataset's `source:`. */
export const place = z.strictObject({
  entity: z
    .enum(
      entitySets,
      `Erwartet wird eine der Listen des Dienstes: ${entitySets.join(', ')}. | Expected one of the lists of the service: ${entitySets.join(', ')}.`,
    )
    .describe('The list of entities; which of them belong to the dataset is said by its row rule'),
})
export type ThingsPlace = z.output<typeof place>

const root = /^(https?:\/\/[^?#]+?\/v\d+\.\d+)(?:[/?#].*)?$/i

function isRoot(url: string): boolean {
  return root.test(url) && URL.canParse(url)
}

/** Everything behind the version is left out: a list, one entity, and what was asked there. */
function rootUrl(url: string): string {
  return root.exec(url)?.[1] ?? url
}
