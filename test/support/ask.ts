/** The shortest way from a connector to some rows, for tests of single files and answers. */

import type { Answer, Column, Connector, Dataset, OpenField, RowsRequest } from '../../src/model/index.ts'
import { patient } from './waiting.ts'

/** A dataset at a place of a source, with nothing said that a connector does not need. */
export function datasetAt(kind: string, place: object, fields: readonly OpenField[] = []): Dataset {
  const title = { de: 'Probe', en: 'Sample' }
  return {
    id: 'sample',
    title,
    owner: { department: 'Vermessungsamt' },
    licence: 'dl-de/by-2-0',
    themes: [],
    names: { type: 'Sample', one: 'sample', many: 'samples' },
    source: { id: 'town', kind, title: 'Quelle' },
    place: { ...place },
    can: { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' },
    key: [],
    fields,
    relations: [],
    freshForSeconds: 60,
    staleForSeconds: 0,
    hash: 'sample-1',
  }
}

/** Asks for rows in the order that the source has them, unless `more` says otherwise. */
export function ask(connector: Connector, dataset: Dataset, columns: readonly Column[], more: Partial<RowsRequest> = {}): Promise<Answer> {
  return connector.read({ kind: 'rows', dataset, columns, orderBy: [], limit: 10_000, ...more }, patient())
}

export const calmLimits = { connections: 4, statementMs: 10_000, queue: 100, bytes: 10_000_000 } as const
