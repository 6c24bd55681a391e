/** Which functions of Oracle's does the stand-in know, and of which types are they? */

import { OracleError } from '../errors.ts'
import { inconsistent, isText, type Scope, type Surroundings, type Typed, textOf, textSql } from './scope.ts'

type Make = (inputs: readonly Typed[], scope: Scope) => Typed

const text4000 = { name: 'VARCHAR2', size: 4000 } as const
const clockTypes: ReadonlySet<string> = new Set(['DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'])

/** By their names; those of packages with a dot. */
export const library: Readonly<Record<string, Make>> = {
  TO_CHAR: (inputs, { formats }) => toChar(inputs, formats),
  TO_NUMBER: inputs => ({ sql: `ora_number(${textOf(only(inputs))})`, type: { name: 'NUMBER' } }),
  TO_BINARY_DOUBLE: inputs => ({ sql: `ora_double(${textOf(only(inputs))})`, type: { name: 'BINARY_DOUBLE' } }),
  TO_BINARY_FLOAT: inputs => ({ sql: `ora_float(${textOf(only(inputs))})`, type: { name: 'BINARY_FLOAT' } }),
  TO_BLOB: inputs => {
    const { sql, type } = only(inputs)
    if (type.name !== 'RAW') throw inconsistent('RAW', type)
    return { sql, type: { name: 'BLOB' } }
  },
  TO_DATE: inputs => ({ sql: `ora_date(${two(inputs).map(textOf).join(', ')})`, type: { name: 'DATE' } }),
  TO_TIMESTAMP: inputs => ({ sql: `ora_timestamp(${two(inputs).map(textOf).join(', ')})`, type: { name: 'TIMESTAMP', scale: 9 } }),
  FROM_TZ: inputs => fromZone(two(inputs)),
  SYS_EXTRACT_UTC: inputs => {
    const { sql, type } = only(inputs)
    if (type.name !== 'TIMESTAMP WITH TIME ZONE') throw inconsistent('TIMESTAMP WITH TIME ZONE', type)
    return { sql: `ora_to_utc(${sql})`, type: { name: 'TIMESTAMP', scale: 9 } }
  },
  RTRIM: inputs => ({ sql: `ora_rtrim(${textOf(only(inputs))})`, type: text4000 }),
  TRIM: inputs => ({ sql: `ora_trim(${textOf(only(inputs))})`, type: text4000 }),
  LOWER: inputs => ({ sql: `ora_lower(${textOf(only(inputs))})`, type: text4000 }),
  UPPER: inputs => ({ sql: `ora_upper(${textOf(only(inputs))})`, type: text4000 }),
  SDO_GEOMETRY: inputs => {
    const [wkb, srid] = two(inputs)
    if (wkb.type.name !== 'BLOB' || srid.type.name !== 'NUMBER')
      throw new OracleError(6553, "PLS-306: wrong number or types of arguments in call to 'SDO_GEOMETRY'")
    return { sql: `ora_geometry(${wkb.sql}, ${srid.sql})`, type: { name: 'SDO_GEOMETRY' } }
  },
  'SDO_CS.MAKE_2D': inputs => ({ sql: `ora_flat(${geometryOf(only(inputs))})`, type: { name: 'SDO_GEOMETRY' } }),
  'SDO_UTIL.TO_WKBGEOMETRY': inputs => ({ sql: `ora_wkb(${geometryOf(only(inputs))})`, type: { name: 'BLOB' } }),
  SDO_ANYINTERACT: inputs => ({ sql: `ora_touches(${two(inputs).map(geometryOf).join(', ')})`, type: { name: 'VARCHAR2', size: 5 } }),
}

function only(inputs: readonly Typed[]): Typed {
  if (inputs.length !== 1) throw new OracleError(909, 'invalid number of arguments')
  return inputs[0]!
}

function two(inputs: readonly Typed[]): readonly [Typed, Typed] {
  if (inputs.length !== 2) throw new OracleError(909, 'invalid number of arguments')
  return [inputs[0]!, inputs[1]!]
}

function geometryOf({ sql, type }: Typed): string {
  if (type.name !== 'SDO_GEOMETRY') throw inconsistent('MDSYS.SDO_GEOMETRY', type)
  return sql
}

function fromZone([clock, zone]: readonly [Typed, Typed]): Typed {
  if (clock.type.name !== 'TIMESTAMP') throw inconsistent('TIMESTAMP', clock.type)
  if (zone.sql !== "'UTC'") throw new OracleError(3001, 'unimplemented feature')
  return { sql: `ora_from_utc(${clock.sql})`, type: { name: 'TIMESTAMP WITH TIME ZONE', scale: 9 } }
}

/** Numbers as TM9 prints them, which is also how they print when no format is said and they have at most 40 digits. */
function toChar(inputs: readonly Typed[], formats: Surroundings['formats']): Typed {
  const [of, format, characters] = inputs
  if (!of) throw new OracleError(938, 'not enough arguments for function')
  if (of.type.name === 'NUMBER') {
    const usual = format === undefined || (format.sql === "'TM9'" && characters?.sql === "'NLS_NUMERIC_CHARACTERS=''.,'''")
    if (!usual) throw new OracleError(1481, 'invalid number format model')
    return { sql: `ora_number_text(${of.sql})`, type: text4000 }
  }
  if (clockTypes.has(of.type.name)) {
    const model = format ? textOf(format) : textSql(of.type.name === 'DATE' ? formats.date : formats.timestamp)
    return { sql: `ora_clock_text(${of.sql}, ${model})`, type: text4000 }
  }
  if (format) throw new OracleError(1722, 'invalid number')
  if (isText(of.type)) return { sql: of.sql, type: text4000 }
  if (of.type.name === 'CLOB') return { sql: `ora_clob_text(${of.sql})`, type: text4000 }
  throw inconsistent('CHAR', of.type)
}
