/** Does a GeoPackage, which is a SQLite database, keep the promises of the contract, its shapes included? */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, processesOn } from '../connectors/sql/towns.ts'
import { writeGeoPackage } from '../servers/geopackage.ts'
import { connectorContract, type Faulty, type Opened, type Wish } from './connector.ts'
import { datasetsOf, type Fit, tableNames, tableOf } from './town.ts'

const fit: Fit = {
  kind: 'sqlite',
  column: ({ column }) => (column === 'worte' ? 'freitext' : column),
  place: table => ({ table }),
  without: {
    'types.amount': 'a GeoPackage keeps decimals as doubles',
    'types#5': 'the writer of the tests writes whole seconds',
    'types#6': 'the writer of the tests writes whole seconds',
  },
}

const folder = mkdtempSync(join(tmpdir(), 'stadttor-gpkg-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0

connectorContract('GeoPackage, as sqlite', open, {
  'fault.html': 'a database does not speak HTTP',
  'fault.errorWith200': 'a database does not speak HTTP',
  'fault.redirect': 'a database does not speak HTTP',
  'fault.drop': 'a file has no connection that could break',
  'fault.login': 'a file asks for no login',
  cancelSilent: 'shown for SQLite by a view without an end',
  deadline: 'shown for SQLite by a view without an end',
})

async function open({ town, limits }: Wish): Promise<Opened> {
  const path = join(folder, `${++count}.gpkg`)
  writeGeoPackage(
    path,
    tableNames.map(name => tableOf(town, name, fit)),
  )
  const over = (bad: string): Faulty => ({ connector: connect('sqlite', { file: bad }, limits).connector, close: async () => {} })
  const { connector, calls } = connect('sqlite', { file: path }, limits)
  return {
    connector,
    calls,
    datasets: datasetsOf(town, fit),
    close: async () => {},
    held: async () => processesOn(path),
    secrets: [folder],
    faults: {
      refuse: async () => over(join(folder, 'gibt-es-nicht.gpkg')),
      garbage: async () => {
        writeFileSync(`${path}.garbage`, 'das ist keine Datenbank, sondern ein Brief. '.repeat(100))
        return over(`${path}.garbage`)
      },
      truncated: async () => {
        const whole = readFileSync(path)
        writeFileSync(`${path}.half`, whole.subarray(0, Math.floor(whole.length / 2)))
        return over(`${path}.half`)
      },
    },
  }
}
