/** How is the town of the contract written into the stand-in for Oracle? */

import type { Cell, Geometry } from '../../../src/model/index.ts'
import { datasetsOf, type Fit, inCrs, stored, type TownColumn, type TownTable, tableNames, tableOf, townCrs } from '../../contract/town.ts'
import { type OracleType, type ServerWish, TnsServer, type Value } from '../../servers/tns/index.ts'
import { cutAfter, garbage, nobody, type Station, silence } from './faults.ts'
import { type Bench, connect } from './towns.ts'
import { toWkb } from './wkb.ts'

const schema = 'KATASTER'
const account = { user: 'GATEWAY_LESER', password: 'geheim §1' }

export const oracleFit: Fit = {
  kind: 'oracle',
  column: ({ column }) => column.toUpperCase(),
  place: table => ({ table: `${schema}.${table.toUpperCase()}` }),
  without: { 'types.clock': 'Oracle has no type for a time of day' },
  // An empty text is a missing value.
  keeps: cell => (cell === '' ? null : cell),
}

/** A server of the given release with its own town for each opening. */
export function oracleBench(wish: Omit<ServerWish, 'accounts'> = {}): Bench & { readonly troubles: () => readonly unknown[] } {
  const servers: TnsServer[] = []
  return {
    fit: oracleFit,
    troubles: () => servers.flatMap(server => server.troubles),
    open: async ({ town, limits }) => {
      const server = new TnsServer({ accounts: { [account.user]: account.password }, ...wish })
      servers.push(server)
      await server.listen()
      for (const name of tableNames) write(server, tableOf(town, name, oracleFit))
      const over = (port: number) => connect('oracle', { ...account, connectString: `127.0.0.1:${port}/STADT` }, limits)
      const { connector, calls } = over(server.port)
      const at = async (made: Promise<Station>) => {
        const { port, close } = await made
        return { connector: over(port).connector, close }
      }
      return {
        connector,
        calls,
        datasets: datasetsOf(town, oracleFit),
        close: async () => {},
        secrets: [schema, account.user, account.password, 'STADT'],
        held: async () => {
          // The server hears of the end of a connection a little later than the one who ends it.
          await new Promise(resolve => setTimeout(resolve, 50))
          return server.connections
        },
        faults: {
          refuse: () => at(nobody()),
          silent: () => at(silence()),
          garbage: () => at(garbage()),
          drop: () => at(cutAfter(4_000, { host: '127.0.0.1', port: server.port })),
          login: async () => {
            const wrong = { ...account, password: 'falsch', connectString: server.connectString() }
            return { connector: connect('oracle', wrong, limits).connector, close: async () => {} }
          },
        },
      }
    },
    tidyUp: async () => {
      for (const server of servers) await server.close()
    },
  }
}

function write(server: TnsServer, { name, columns, rows, key }: TownTable): void {
  server.database.create({
    schema,
    name: name.toUpperCase(),
    columns: columns.map(column => ({ name: column.column, type: typeOf(column, name) })),
    rows: rows.map(row => row.map((cell, at) => written(cell, columns[at]!))),
    key,
  })
}

/** Codes are padded, and times of one table are DATEs, those of the others TIMESTAMPs: real schemas have all of them. */
function typeOf({ type, zone }: TownColumn, table: string): OracleType {
  switch (type) {
    case 'int':
      return { name: 'NUMBER', precision: 16, scale: 0 }
    case 'bigint':
      return { name: 'NUMBER', precision: 19, scale: 0 }
    case 'decimal':
      return { name: 'NUMBER' }
    case 'float':
      return { name: 'BINARY_DOUBLE' }
    case 'boolean':
      return { name: 'NUMBER', precision: 1, scale: 0 }
    case 'date':
      return { name: 'DATE' }
    case 'datetime':
      return { name: zone === undefined ? 'TIMESTAMP WITH TIME ZONE' : table === 'trees' ? 'DATE' : 'TIMESTAMP' }
    case 'code':
      return { name: 'CHAR', size: 5 }
    case 'point':
    case 'polygon':
      return { name: 'SDO_GEOMETRY' }
    default:
      return { name: 'VARCHAR2', size: 400 }
  }
}

function written(cell: Cell, column: TownColumn): Value {
  if (cell === null || typeof cell === 'boolean') return cell
  return typeof cell === 'object' ? { srid: 25_832, wkb: wkbOf(cell) } : stored(cell, column)
}

function wkbOf(geometry: Geometry): Uint8Array {
  return toWkb(inCrs(geometry, townCrs))
}
