/** How does a web service answer requests? */

import {
  type Answer,
  type Capabilities,
  type Connector,
  type ConnectorServices,
  type FieldType,
  fieldTypes,
  geometryTypes,
  type Operator,
  type ReadContext,
  type SourceRequest,
  type SourceSetting,
} from '../../model/index.ts'
import type { ConnectorModule } from '../module.ts'
import { answerLocally } from '../shared/local.ts'
import { localRows } from '../shared/table.ts'
import { connection, type HttpConnection, type HttpPlace, place } from './options.ts'
import { openReader } from './read.ts'

/** Web services described by address, paging and paths. */
export const http: ConnectorModule<HttpConnection, HttpPlace> = {
  kinds: ['http'],
  connection,
  place,
  capabilities: () => everything,
  open: openService,
}

const comparisons: readonly Operator[] = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'isNull']
const scalarTypes = fieldTypes.filter(type => !geometryTypes.some(geometry => geometry === type))

/** All is done here, over the whole answer, so there is nothing that could not be done. */
const everything: Capabilities = {
  filter: Object.fromEntries(fieldTypes.map(type => [type, operatorsOf(type)])),
  sort: scalarTypes,
  group: scalarTypes,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'offset',
}

function operatorsOf(type: FieldType): readonly Operator[] {
  if (!scalarTypes.includes(type)) return ['bbox', 'within', 'near', 'isNull']
  return type === 'text' || type === 'code' ? [...comparisons, 'contains', 'startsWith'] : comparisons
}

function openService(source: SourceSetting<HttpConnection>, services: ConnectorServices): Connector {
  const reader = openReader(source, services)
  return {
    capabilities: everything,
    async read(request: SourceRequest, context: ReadContext): Promise<Answer> {
      const asOf = Date.now()
      const table = await reader.rowsFor(request, context)
      const { rows, problems } = localRows(table, request)
      return { rows: answerLocally(request, rows), asOf, ...(Object.keys(problems).length > 0 && { problems }) }
    },
    async close() {
      reader.close()
    },
  }
}
