/** How does SQL Server keep a column? */

import type { ColumnFacts } from '../dialects/index.ts'

const facts: Readonly<Record<string, ColumnFacts>> = {
  bit: { stored: 'boolean' },
  tinyint: { stored: 'int' },
  smallint: { stored: 'int' },
  int: { stored: 'int' },
  bigint: { stored: 'int' },
  money: { stored: 'decimal' },
  smallmoney: { stored: 'decimal' },
  real: { stored: 'single' },
  float: { stored: 'double' },
  date: { stored: 'date' },
  time: { stored: 'time' },
  datetime: { stored: 'ticks' },
  smalldatetime: { stored: 'clock' },
  datetime2: { stored: 'clock' },
  datetimeoffset: { stored: 'instant' },
  uniqueidentifier: { stored: 'uuid' },
  char: { stored: 'padded', narrow: true },
  varchar: { stored: 'text', narrow: true },
  nchar: { stored: 'padded' },
  nvarchar: { stored: 'text' },
  binary: { stored: 'bytes' },
  varbinary: { stored: 'bytes' },
  image: { stored: 'bytes' },
  timestamp: { stored: 'bytes' },
  geometry: { stored: 'geometry' },
}

/**
 * One line of `sp_describe_first_result_set`.
 *
 * @param system `system_type_name`: `nvarchar(50)`; null for a type that lives in an assembly
 * @param user   `user_type_name`, where there is one
 * @example
 *   factsOf('varchar(20)', null)     // → { stored: 'text', narrow: true }
 *   factsOf('decimal(9,0)', null)    // → { stored: 'int' }
 *   factsOf('decimal(9,2)', null)    // → { stored: 'decimal' }
 *   factsOf(null, 'geometry')        // → { stored: 'geometry' }
 *   factsOf('xml', null)             // → { stored: 'other' }
 */
export function factsOf(system: string | null, user: string | null): ColumnFacts {
  const [, name = '', digits, places = '0'] = /^(\w+)(?:\((\w+)(?:,(\d+))?\))?/.exec(system ?? user ?? '') ?? []
  if (name === 'decimal' || name === 'numeric') {
    // Keys that came from elsewhere often look so; up to 18 digits fit into 64 bits.
    return { stored: places === '0' && Number(digits) <= 18 ? 'int' : 'decimal' }
  }
  return facts[name] ?? { stored: 'other' }
}
