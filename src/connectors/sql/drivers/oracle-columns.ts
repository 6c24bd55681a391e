/** How does Oracle keep a column, and as what do its cells arrive? */

import type { DbType, FetchTypeResponse, Metadata } from 'oracledb'
import type { ColumnFacts, Stored } from '../dialects/index.ts'
import { shortestSingle } from './single.ts'

export type OraclePackage = typeof import('oracledb')
type Described = Pick<Metadata<unknown>, 'dbType' | 'dbTypeName' | 'precision' | 'scale'>

/** The facts of a described column. */
export function factsOf(column: Described, oracle: OraclePackage): ColumnFacts {
  if (column.dbType === oracle.DB_TYPE_NUMBER) return { stored: isWhole(column) ? 'int' : 'decimal' }
  if (column.dbTypeName === 'MDSYS.SDO_GEOMETRY') return { stored: 'geometry' }
  return { stored: storedByType(oracle).find(([type]) => type === column.dbType)?.[1] ?? 'other' }
}

/** NUMBER without a size, FLOAT and expressions of views may hold fractions: they say so by a scale of −127, or by having no precision. */
function isWhole({ precision = 0, scale = -127 }: Described): boolean {
  return precision > 0 && scale <= 0 && scale > -127
}

function storedByType(oracle: OraclePackage): readonly (readonly [DbType, Stored])[] {
  return [
    [oracle.DB_TYPE_VARCHAR, 'text'],
    [oracle.DB_TYPE_NVARCHAR, 'text'],
    [oracle.DB_TYPE_CHAR, 'padded'],
    [oracle.DB_TYPE_NCHAR, 'padded'],
    [oracle.DB_TYPE_BINARY_DOUBLE, 'double'],
    [oracle.DB_TYPE_BINARY_FLOAT, 'single'],
    [oracle.DB_TYPE_BOOLEAN, 'boolean'],
    // A DATE has a time of day.
    [oracle.DB_TYPE_DATE, 'seconds'],
    [oracle.DB_TYPE_TIMESTAMP, 'clock'],
    [oracle.DB_TYPE_TIMESTAMP_TZ, 'instant'],
    [oracle.DB_TYPE_TIMESTAMP_LTZ, 'instant'],
    [oracle.DB_TYPE_RAW, 'bytes'],
    [oracle.DB_TYPE_BLOB, 'bytes'],
  ]
}

/**
 * How the driver hands a column over: it would make floats of NUMBERs, and of every large object a stream that costs a round trip of its
 * own. Dates and times need nothing: the statement asks for them as texts.
 */
export function fetchedAs({ dbType }: Described, oracle: OraclePackage): FetchTypeResponse | undefined {
  switch (dbType) {
    case oracle.DB_TYPE_NUMBER:
    case oracle.DB_TYPE_CLOB:
    case oracle.DB_TYPE_NCLOB:
      return { type: oracle.STRING }
    case oracle.DB_TYPE_BLOB:
      return { type: oracle.BUFFER }
    case oracle.DB_TYPE_BINARY_FLOAT:
      return { converter: single => (typeof single === 'number' ? shortestSingle(single) : single) }
    case oracle.DB_TYPE_JSON:
      return { converter: json => (json === null ? null : JSON.stringify(json)) }
    default:
      return undefined
  }
}
