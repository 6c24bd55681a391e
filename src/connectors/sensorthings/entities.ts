/** Which entities does the standard know, what do they hold, and how do they hang together? */

/** Lists that a service offers at its root. */
export const entitySets = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'MultiDatastreams',
  'Sensors',
  'ObservedProperties',
  'Observations',
  'FeaturesOfInterest',
] as const
export type EntitySet = (typeof entitySets)[number]

/**
 * What a property holds.
 *
 * plain: a text or number. time: an instant, or an interval of two instants with a `/` between. json: an object, of which only
 * members have a value of their own. shape: GeoJSON, as a geometry or wrapped in a Feature. any: whatever a sensor says.
 */
export type Kind = 'plain' | 'time' | 'json' | 'shape' | 'any'

export interface Link {
  readonly set: EntitySet
  /** A list of entities, rather than one. */
  readonly many: boolean
  /** How the other entity calls the way back. */
  readonly back: string
}

interface Entity {
  readonly properties: Readonly<Record<string, Kind>>
  readonly links: Readonly<Record<string, Link>>
}

/** Property that holds the id in an answer; questions call it `id`. */
export const idProperty = '@iot.id'

const named = { [idProperty]: 'plain', name: 'plain', description: 'plain', properties: 'json' } as const
const stream = { observedArea: 'shape', phenomenonTime: 'time', resultTime: 'time', observationType: 'plain' } as const

/**
 * The data model of SensorThings 1.1, part 1; entities of 1.0 have a little less of it.
 *
 * @see OGC 18-088, 8.2
 */
export const entities: Readonly<Record<EntitySet, Entity>> = {
  Things: {
    properties: named,
    links: {
      Locations: { set: 'Locations', many: true, back: 'Things' },
      HistoricalLocations: { set: 'HistoricalLocations', many: true, back: 'Thing' },
      Datastreams: { set: 'Datastreams', many: true, back: 'Thing' },
      MultiDatastreams: { set: 'MultiDatastreams', many: true, back: 'Thing' },
    },
  },
  Locations: {
    properties: { ...named, encodingType: 'plain', location: 'shape' },
    links: {
      Things: { set: 'Things', many: true, back: 'Locations' },
      HistoricalLocations: { set: 'HistoricalLocations', many: true, back: 'Locations' },
    },
  },
  HistoricalLocations: {
    properties: { [idProperty]: 'plain', time: 'time' },
    links: {
      Thing: { set: 'Things', many: false, back: 'HistoricalLocations' },
      Locations: { set: 'Locations', many: true, back: 'HistoricalLocations' },
    },
  },
  Datastreams: {
    properties: { ...named, ...stream, unitOfMeasurement: 'json' },
    links: {
      Thing: { set: 'Things', many: false, back: 'Datastreams' },
      Sensor: { set: 'Sensors', many: false, back: 'Datastreams' },
      ObservedProperty: { set: 'ObservedProperties', many: false, back: 'Datastreams' },
      Observations: { set: 'Observations', many: true, back: 'Datastream' },
    },
  },
  MultiDatastreams: {
    properties: { ...named, ...stream, unitOfMeasurements: 'json', multiObservationDataTypes: 'json' },
    links: {
      Thing: { set: 'Things', many: false, back: 'MultiDatastreams' },
      Sensor: { set: 'Sensors', many: false, back: 'MultiDatastreams' },
      ObservedProperties: { set: 'ObservedProperties', many: true, back: 'MultiDatastreams' },
      Observations: { set: 'Observations', many: true, back: 'MultiDatastream' },
    },
  },
  Sensors: {
    properties: { ...named, encodingType: 'plain', metadata: 'any' },
    links: {
      Datastreams: { set: 'Datastreams', many: true, back: 'Sensor' },
      MultiDatastreams: { set: 'MultiDatastreams', many: true, back: 'Sensor' },
    },
  },
  ObservedProperties: {
    properties: { ...named, definition: 'plain' },
    links: {
      Datastreams: { set: 'Datastreams', many: true, back: 'ObservedProperty' },
      MultiDatastreams: { set: 'MultiDatastreams', many: true, back: 'ObservedProperties' },
    },
  },
  Observations: {
    properties: {
      [idProperty]: 'plain',
      phenomenonTime: 'time',
      resultTime: 'time',
      validTime: 'time',
      result: 'any',
      resultQuality: 'any',
      parameters: 'json',
    },
    links: {
      Datastream: { set: 'Datastreams', many: false, back: 'Observations' },
      MultiDatastream: { set: 'MultiDatastreams', many: false, back: 'Observations' },
      FeatureOfInterest: { set: 'FeaturesOfInterest', many: false, back: 'Observations' },
    },
  },
  FeaturesOfInterest: {
    properties: { ...named, encodingType: 'plain', feature: 'shape' },
    links: { Observations: { set: 'Observations', many: true, back: 'FeatureOfInterest' } },
  },
}

/** Properties that every entity of every service has; only these can be sorted by at the source, where nobody can say where missing values go. */
export const alwaysThere: ReadonlySet<string> = new Set([idProperty, 'name', 'phenomenonTime', 'time'])
