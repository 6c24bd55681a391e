/** Signs what the demo city's configuration opens: nobody's data, so nobody has to decide. Run it after changing `config/`. */

import { resolve } from 'node:path'
import { readCity } from '../src/app.ts'
import { approve, storeApproval, writeMistakes } from '../src/config/index.ts'

const folder = resolve(import.meta.dirname, '../config')
/** Long past, so that the demo also opens on a machine whose clock is behind; it never expires. */
const signature = { by: 'Datenschutz (Demo)', record: 'DEMO-1', on: '2025-01-07' }

const configuration = await readCity(folder, { withoutSecrets: true })
if (configuration.ok) {
  for (const exposure of configuration.gateway.exposures.values()) await storeApproval(folder, approve(exposure, signature))
} else {
  console.error(writeMistakes(configuration.mistakes, 'en', false))
  process.exitCode = 3
}
