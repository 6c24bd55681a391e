/** How does the contract's town look in a SensorThings service? Each table is a list of its own; readings are observations of datastreams. */

import type { Cell } from '../../src/model/index.ts'
import { stored, type TableName, type TownColumn, type TownTable } from '../contract/town.ts'
import { type Entity, Exact, type Service } from './things.ts'

/** The list that a table becomes. */
export const listOf: Readonly<Record<TableName, string>> = {
  trees: 'Things',
  areas: 'FeaturesOfInterest',
  stations: 'Locations',
  readings: 'Observations',
  types: 'Sensors',
  keys: 'ObservedProperties',
}

/** Columns that the standard has a place for; every other is a member of `properties`. */
const places: Readonly<Record<string, string>> = {
  'trees.baum_id': '@iot.id',
  'trees.lage_geom': 'Locations/0/location',
  'areas.flaeche_id': '@iot.id',
  'areas.umring': 'feature',
  'stations.standort': 'location',
  'readings.messung_id': '@iot.id',
  'readings.station_nr': 'Datastream/name',
  'readings.zeitpunkt': 'phenomenonTime',
  'readings.messwert': 'result',
  'types.zeile_nr': '@iot.id',
}

export function columnFor(table: string, column: string): string {
  return places[`${table}.${column}`] ?? `properties/${column}`
}

/** @param tables with columns as `columnFor` names them */
export function serviceOf(tables: readonly TownTable[]): Service {
  const table = (name: TableName): Entity[] =>
    tables.filter(one => one.name === name).flatMap(one => one.rows.map((row, at) => entityOf(one, row, at)))
  const datastreams = new Map<string, Record<string, unknown>>()
  const observations = table('readings').map(({ Datastream: _, ...reading }, at) => {
    const name = String((_ as Entity).name)
    const known = datastreams.get(name) ?? datastream(name, datastreams.size + 1)
    datastreams.set(name, known)
    const observation = { ...reading, '@iot.id': reading['@iot.id'] ?? at, resultTime: null, Datastream: known }
    ;(known.Observations as Entity[]).push(observation)
    return observation
  })
  return {
    Things: table('trees'),
    Locations: table('stations'),
    Datastreams: [...datastreams.values()],
    Observations: observations,
    FeaturesOfInterest: table('areas'),
    Sensors: table('types'),
    ObservedProperties: table('keys'),
  }
}

function datastream(name: string, id: number): Record<string, unknown> {
  return {
    '@iot.id': id,
    name,
    description: `Werte von ${name}`,
    observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
    unitOfMeasurement: { name: 'Mikrogramm je Kubikmeter', symbol: 'µg/m³', definition: 'ucum:ug/m3' },
    Observations: [],
  }
}

function entityOf(table: TownTable, row: readonly Cell[], at: number): Entity {
  const entity: Record<string, unknown> = {
    '@iot.id': at + 1,
    ...(table.name !== 'readings' && { name: `${table.name} ${at + 1}`, description: '', properties: {} }),
  }
  for (const [place, column] of table.columns.entries()) put(entity, column.column.split('/'), written(row[place]!, column))
  return entity
}

function put(entity: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) entity[name] = value
  else if (rest[0] === '0') entity[name] = [{ '@iot.id': entity['@iot.id'], name: 'Standort', [rest[1]!]: value }]
  else entity[name] = { ...((entity[name] as object | undefined) ?? {}), [rest[0]!]: value }
}

function written(cell: Cell, column: TownColumn): unknown {
  if (cell === null || typeof cell === 'object' || typeof cell === 'boolean') return cell
  const text = stored(cell, column)!
  return ['int', 'bigint', 'decimal', 'float'].includes(column.type) ? new Exact(text) : text
}
