/** What can be done with which type? */

import { type FieldType, geometryTypes, type Text } from '../../model/index.ts'

const whole: readonly FieldType[] = ['int', 'bigint']
const numbers: readonly FieldType[] = [...whole, 'decimal', 'float']
const times: readonly FieldType[] = ['date', 'datetime']

export function isGeometry(type: FieldType): boolean {
  return geometryTypes.some(geometry => geometry === type)
}

export function isNumber(type: FieldType): boolean {
  return numbers.includes(type)
}

export function isWhole(type: FieldType): boolean {
  return whole.includes(type)
}

export function isTime(type: FieldType): boolean {
  return times.includes(type)
}

/** Types whose values can be equal to each other share a kind. */
export function kindOf(type: FieldType): string {
  if (type === 'code') return 'text'
  return whole.includes(type) || type === 'decimal' ? 'number' : type
}

/** A float is never reliably equal to another; a geometry has many spellings. */
export function canTellApart(type: FieldType): boolean {
  return type !== 'float' && !isGeometry(type)
}

const words: Readonly<Record<FieldType, Text>> = {
  text: { de: 'Text (text)', en: 'text' },
  code: { de: 'Schlüsselwerte (code)', en: 'codes (code)' },
  int: { de: 'ganze Zahlen (int)', en: 'whole numbers (int)' },
  bigint: { de: 'große ganze Zahlen (bigint)', en: 'large whole numbers (bigint)' },
  decimal: { de: 'Dezimalzahlen (decimal)', en: 'decimal numbers (decimal)' },
  float: { de: 'Gleitkommazahlen (float)', en: 'floating-point numbers (float)' },
  boolean: { de: 'Wahrheitswerte (boolean)', en: 'truth values (boolean)' },
  date: { de: 'Tage (date)', en: 'dates (date)' },
  time: { de: 'Uhrzeiten (time)', en: 'times of day (time)' },
  datetime: { de: 'Zeitpunkte (datetime)', en: 'instants (datetime)' },
  point: { de: 'Punkte (point)', en: 'points (point)' },
  line: { de: 'Linien (line)', en: 'lines (line)' },
  polygon: { de: 'Flächen (polygon)', en: 'areas (polygon)' },
  geometry: { de: 'Geometrien (geometry)', en: 'geometries (geometry)' },
}

export function typeWords(type: FieldType): Text {
  return words[type]
}
