/** What does a source of kind `wfs`, and a dataset from it, have to say? */

import { z } from 'zod'

/** `connection:` of a source file. */
export const connection = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'expected the address of the service, such as https://geo.konstanz.example/wfs' })
    .describe('Address of the service; parameters of its own such as ?map=… stay, SERVICE, REQUEST and VERSION are left out'),
  version: z.enum(['2.0.0', '1.1.0']).default('2.0.0').describe('Version of WFS to speak'),
  format: z
    .enum(['gml', 'geojson'])
    .default('gml')
    .describe('gml: what the version prescribes and every service speaks; geojson: smaller, where the service has it'),
  outputFormat: z.string().min(1).optional().describe('How the service spells GeoJSON in its GetCapabilities; default: application/json'),
  srsName: z
    .enum(['urn', 'short'])
    .default('urn')
    .describe('How reference systems are asked for: urn:ogc:def:crs:EPSG::25832, or EPSG:25832 for services that know only that'),
  user: z.string().min(1).optional().describe('User of the service, for HTTP basic authentication'),
  password: z.string().min(1).optional().describe('Password; a reference to a file or a variable, not the password itself'),
})
export type WfsConnection = z.output<typeof connection>

/** What stands beside `use:` in a dataset's `source:`. */
export const place = z.strictObject({
  typeName: z.string().min(1, 'expected the name of a feature type such as app:baeume').describe('Feature type, with its prefix'),
  axes: z
    .enum(['xy', 'yx'])
    .optional()
    .describe('Order of coordinates where the service keeps to no rule: xy is east or longitude first, yx is north or latitude first'),
})
export type WfsPlace = z.output<typeof place>
