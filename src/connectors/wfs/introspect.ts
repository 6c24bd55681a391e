/** What does a WFS offer, for those who write dataset files? */

import {
  type ConnectorServices,
  type FieldType,
  GatewayError,
  type Introspector,
  type ReadContext,
  type RecognisedSource,
  type SourceItem,
  type SourceSetting,
  type StoredColumn,
  sourceFailure,
} from '../../model/index.ts'
import type { ServerType } from '../features/filter.ts'
import type { Sent } from '../features/sent.ts'
import type { Errand } from '../features/service.ts'
import { crsOf } from '../geo/index.ts'
import { fewAtOnce } from '../shared/few.ts'
import { type Element, readElement } from '../shared/xml.ts'
import type { WfsConnection, WfsPlace } from './options.ts'
import { localName } from './request.ts'
import { columnsOf, serverTypeOf, storedType } from './schema.ts'
import { FeatureType, WfsService } from './service.ts'

/** Feature types whose features are counted for a list; a count each is enough of a burden. */
const counted = 60

export function openIntrospector(source: SourceSetting<WfsConnection>, services: ConnectorServices): Introspector {
  const service = new WfsService(source, services)
  const offered = async (context: ReadContext) => readTypes(await service.capabilities(errandOf(context)))
  return {
    async list(context) {
      const types = await offered(context)
      const rows = await fewAtOnce(types.slice(0, counted), source.limits.connections, ({ name: typeName }) =>
        rowsOf(new FeatureType(service, { typeName }), context),
      )
      return types.map((type, at) => item(type, rows[at]))
    },
    async describe(place, context) {
      const wanted = new FeatureType(service, place as WfsPlace)
      const schema = await wanted.described(errandOf(context))
      const type = (await offered(context)).find(({ name }) => localName(name) === localName(wanted.title))
      const columns = schema === undefined ? [] : readColumns(schema, localName(wanted.title), type?.crs)
      if (columns.length === 0) throw unspoken(source.id, wanted.title)
      return { ...item(type ?? { name: wanted.title }, await rowsOf(wanted, context)), place, columns, key: [] }
    },
    async sample(place, columns, limit, context) {
      const { features } = await new FeatureType(service, place as WfsPlace).sample(columns, limit, errandOf(context))
      return features.slice(0, limit).map(({ values }) => columns.map(column => text(values.get(localName(column)) ?? null)))
    },
    async close() {
      service.close()
    },
  }
}

/** Any address that says `SERVICE=WFS`, or ends in `/wfs` or `/ows`: of the capabilities, of features, of the service alone. */
export function recognise(pasted: string): RecognisedSource | undefined {
  const url = URL.parse(pasted)
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const parameter = (...names: readonly string[]) =>
    [...url.searchParams].find(([name]) => names.includes(name.toLowerCase()))?.[1] || undefined
  const service = parameter('service')?.toLowerCase()
  if (service !== 'wfs' && (service !== undefined || !/\/(wfs|ows)\/?$/i.test(url.pathname))) return undefined
  const typeName = parameter('typenames', 'typename')
  const version = parameter('version')
  const own = new URL(url)
  const ours =
    /^(service|request|version|typenames?|outputformat|srsname|count|maxfeatures|startindex|propertyname|filter|bbox|resulttype)$/i
  for (const name of [...own.searchParams.keys()]) if (ours.test(name)) own.searchParams.delete(name)
  own.hash = ''
  own.username = ''
  own.password = ''
  return {
    kind: 'wfs',
    connection: { url: own.href, ...(version?.startsWith('1.1') && { version: '1.1.0' }) },
    ...(typeName && { place: { typeName } }),
  }
}

interface OfferedType {
  readonly name: string
  readonly title?: string
  readonly about?: string
  /** As the gateway spells it, or as the service does where the gateway does not know it. */
  readonly crs?: string
}

/**
 * The feature types of a capabilities document.
 *
 * @see OGC 09-025r2, 8.3.3; OGC 04-094, 13.3.4 (`DefaultSRS`)
 */
function readTypes(capabilities: string): readonly OfferedType[] {
  const list = readElement(capabilities).children.find(({ name }) => name === 'FeatureTypeList')
  return (list?.children ?? [])
    .filter(({ name }) => name === 'FeatureType')
    .flatMap(type => {
      const said = (...names: readonly string[]) => type.children.find(({ name }) => names.includes(name))?.text.trim() || undefined
      const [name, title, about, crs] = [said('Name'), said('Title'), said('Abstract'), said('DefaultCRS', 'DefaultSRS', 'SRS')]
      if (name === undefined) return []
      return [{ name, ...(title && { title }), ...(about && { about }), ...(crs && { crs: crsOf(crs) ?? crs }) }]
    })
}

function item({ name, title, about }: OfferedType, rows: number | undefined): SourceItem {
  return {
    name,
    what: 'layer',
    place: { typeName: name },
    ...(title && { title }),
    ...(about && { about }),
    ...(rows !== undefined && { rows }),
  }
}

const types: Readonly<Partial<Record<ServerType, FieldType>>> = {
  text: 'text',
  integer: 'int',
  boolean: 'boolean',
  date: 'date',
  moment: 'datetime',
  time: 'time',
}

function readColumns(schema: string, typeName: string, crs: string | undefined): readonly StoredColumn[] {
  return columnsOf(readElement(schema), typeName).map(element => {
    const stored = storedType(element)
    const type = fieldType(element, stored)
    const { attributes } = element
    const about = documentation(element)
    return {
      column: attributes.get('name') ?? '',
      stored: stored === '' ? 'complex' : stored,
      ...(type && { type }),
      nullable: attributes.get('minOccurs') === '0' || attributes.get('nillable') === 'true',
      ...(about && { about }),
      ...(serverTypeOf(element) === 'geometry' && crs && { crs }),
    }
  })
}

function fieldType(element: Element, stored: string): FieldType | undefined {
  const kind = serverTypeOf(element)
  if (kind === 'geometry') return geometryType(stored)
  // Whole numbers of any size but those that XML Schema bounds to 32 bits or less; MapServer writes "integer" for these.
  if (kind === 'integer') return /^(unsigned)?(long|int)$/i.test(stored) && stored !== 'int' ? 'bigint' : 'int'
  if (kind === 'number') return stored === 'decimal' ? 'decimal' : 'float'
  return types[kind]
}

/** A multi-geometry is served as what it consists of; only for single points there is a type of their own. */
function geometryType(stored: string): FieldType {
  if (/^(Multi)?(Surface|Polygon)PropertyType$/.test(stored)) return 'polygon'
  if (/^(Multi)?(Curve|LineString)PropertyType$/.test(stored)) return 'line'
  return stored === 'PointPropertyType' ? 'point' : 'geometry'
}

function documentation({ children }: Element): string | undefined {
  const annotation = children.find(({ name }) => name === 'annotation')
  return (
    annotation?.children
      .find(({ name }) => name === 'documentation')
      ?.text.replace(/\s+/g, ' ')
      .trim() || undefined
  )
}

/** Features of a type; `undefined` where the service does not count them. Whoever leaves is not kept. */
async function rowsOf(type: FeatureType, context: ReadContext): Promise<number | undefined> {
  try {
    return await type.hits(undefined, errandOf(context))
  } catch (error) {
    if (error instanceof GatewayError && (error.code === 'CANCELLED' || error.code === 'SOURCE_TIMEOUT')) throw error
    return undefined
  }
}

function errandOf(context: ReadContext): Errand {
  return { dataset: '(introspect)', context }
}

function unspoken(source: string, typeName: string): GatewayError {
  return sourceFailure('SOURCE_ANSWER_INVALID', `${source}: the service does not describe ${typeName} in words that are understood`)
}

function text(sent: Sent): string | null {
  return typeof sent === 'string' || typeof sent === 'number' || typeof sent === 'boolean' ? String(sent) : null
}
