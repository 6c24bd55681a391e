/** Does anything closed get out of a map service, which itself answers filters on everything it has, or out of a file? */

import { attackEverything } from './suite.ts'
import { arcgis, file, wfs } from './town/benches.ts'

for (const bench of [wfs, arcgis, file]) attackEverything(bench)
