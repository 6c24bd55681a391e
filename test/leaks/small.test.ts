/** Does anything closed get out of small datasets, which the gateway holds whole and searches by itself? */

import { attackEverything } from './suite.ts'
import { postgres } from './town/databases.ts'
import { file } from './town/files.ts'
import { wfs } from './town/services.ts'
import { small } from './town/small.ts'

for (const bench of [file, wfs, postgres]) attackEverything(small(bench))
