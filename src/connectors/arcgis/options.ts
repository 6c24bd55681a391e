/** What does a source of kind `arcgis`, and a dataset from it, have to say? */

import { z } from 'zod'

/** `connection:` of a source file. */
export const connection = z.strictObject({
  url: z
    .string()
    .refine(
      isService,
      'Erwartet wird die Adresse eines Dienstes, etwa https://gis.stadt.example/arcgis/rest/services/Gruen/MapServer. | Expected the address of a service, such as https://gis.stadt.example/arcgis/rest/services/Gruen/MapServer.',
    )
    .transform(serviceUrl)
    .describe('Address of the MapServer or FeatureServer, as the browser shows it; the address of a layer or of a query is understood too'),
  token: z.string().min(1).optional().describe('Token of a user that may only read; never part of an address'),
})
export type ArcgisConnection = z.output<typeof connection>

/** What stands beside `use:` in a dataset's `source:`. */
export const place = z.strictObject({
  layer: z
    .union(
      [z.int().min(0), z.string().min(1)],
      'Erwartet wird die Nummer einer Ebene oder Tabelle, wie der Dienst sie aufzählt, oder ihr Name. | Expected the number of a layer or table, as the service lists it, or its name.',
    )
    .describe('Number or name of the layer or table in the service'),
})
export type ArcgisPlace = z.output<typeof place>

const service = /^(https?:\/\/[^?#]+?\/(?:MapServer|FeatureServer))(?:\/[^?#]*)?(?:[?#].*)?$/i

function isService(url: string): boolean {
  return service.test(url) && URL.canParse(url)
}

/** Everything behind the service's own address is left out: layer, `/query`, and what was asked there. */
function serviceUrl(url: string): string {
  return service.exec(url)?.[1] ?? url
}
