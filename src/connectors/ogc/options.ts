/** What does a source of kind `ogc-features`, and a dataset from it, have to say? */

import { z } from 'zod'
import { landingOf } from './address.ts'

/** `connection:` of a source file. */
export const connection = z.strictObject({
  url: z
    .url({
      protocol: /^https?$/,
      error:
        'Erwartet wird die Adresse der Startseite der Schnittstelle, etwa https://geo.stadt.example/ogc. | Expected the address of the landing page, such as https://geo.stadt.example/ogc.',
    })
    .transform(landingOf)
    .describe('Address of the landing page, as the browser shows it; the address of a collection or of its items is understood too'),
  user: z.string().min(1).optional().describe('User of the service, for HTTP basic authentication'),
  password: z.string().min(1).optional().describe('Password; a reference to a file or a variable, not the password itself'),
  token: z.string().min(1).optional().describe('Token of an account that may only read, sent in a header; a reference as well'),
  tokenHeader: z
    .string()
    .regex(
      /^[\w-]+$/,
      'Erwartet wird der Name eines HTTP-Headers, etwa X-API-Key. | Expected the name of an HTTP header, such as X-API-Key.',
    )
    .optional()
    .describe('Header for the token, such as X-API-Key; default: Authorization, as a bearer token'),
})
export type OgcConnection = z.output<typeof connection>

/** What stands beside `use:` in a dataset's `source:`. */
export const place = z.strictObject({
  collection: z
    .string()
    .min(1, 'Erwartet wird die Kennung einer Collection, etwa baeume. | Expected the id of a collection, such as baeume.')
    .describe('Id of the collection, as its address shows it behind /collections/'),
  temporal: z
    .string()
    .min(1)
    .optional()
    .describe('Property that the parameter datetime compares with, where the service does not say it itself (x-ogc-role: primary-instant)'),
  axes: z
    .enum(['xy', 'yx'])
    .optional()
    .describe('Order of coordinates where the service keeps to no rule: xy is east or longitude first, yx is north or latitude first'),
})
export type OgcPlace = z.output<typeof place>
