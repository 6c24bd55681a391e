/** Does anything closed get out of a map service, which itself answers filters on everything it has, or out of a file? */

import { attackEverything } from './suite.ts'
import { file } from './town/files.ts'
import { arcgis, ngsi, ogc, sensorthings, wfs } from './town/services.ts'
import { http } from './town/web.ts'

for (const bench of [wfs, ogc, arcgis, http, sensorthings, ngsi, file]) attackEverything(bench)
