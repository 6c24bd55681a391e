/** What runs while the demo city is open? */

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startArcgis } from './arcgis.ts'
import { ensureDatabase } from './database.ts'
import { gruenTables } from './gruen.ts'
import { fahrradabstellanlagen, spielplaetze, stadtteile, wetterstationen } from './layers.ts'
import { verkehrTables } from './verkehr.ts'
import { startWfs } from './wfs.ts'

export interface DemoCity {
  /** What `config/sources/*.yml` refer to as `${…}`. */
  readonly env: Readonly<Record<string, string>>
  /** Ends the services; the generated files stay for the next time. */
  stop(): Promise<void>
}

/** Number of the generated data; a test asks to raise it when the rows change. */
export const edition = 1

/**
 * Opens the demo city Konstanz: generates the databases of two systems into a folder unless they are there already, and starts two
 * map services on free ports of the loopback interface. The same rows come out on every machine: chance has a fixed seed.
 *
 * @param folder is made when missing; some 15 MB
 */
export async function startDemoCity(folder: string): Promise<DemoCity> {
  // Sources take relative paths from the folder of the configuration, which is not where the demo was started.
  const home = resolve(folder)
  const gruen = join(home, 'gruen.sqlite')
  const verkehr = join(home, 'verkehr.sqlite')
  ensureDatabase(gruen, edition, gruenTables)
  ensureDatabase(verkehr, edition, verkehrTables)
  const wfs = await startWfs([stadtteile, wetterstationen])
  const arcgis = await startArcgis([spielplaetze, fahrradabstellanlagen])
  return {
    env: {
      GRUEN_DB: gruen,
      VERKEHR_DB: verkehr,
      GEODATEN_WFS: wfs.url,
      STADTGRUEN_ARCGIS: arcgis.url,
      STADTTOR_SECRET: secretIn(join(home, 'secret')),
    },
    async stop() {
      await Promise.all([wfs.stop(), arcgis.stop()])
    },
  }
}

/** Ids and page marks of the demo outlive a restart. Made by real chance: a secret that stands in a source file is none. */
function secretIn(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
