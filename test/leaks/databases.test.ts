/** Does anything closed get out of a database? */

import { attackEverything } from './suite.ts'
import { mariadb, postgres, sqlite } from './town/databases.ts'

for (const bench of [sqlite, postgres, mariadb]) attackEverything(bench)
