/** The catalogue for one audience: what there is, where, from whom and with which permission. */

import type { Dataset, Model } from '../model/index.ts'
import { servedType } from '../schema/index.ts'
import type { CatalogDataset, CatalogDatasetsArgs, FieldUse } from './generated.ts'

/** Open datasets with their fields, closed ones with title and owner only; by German title. */
export function listDatasets(model: Model, { search, theme }: CatalogDatasetsArgs): CatalogDataset[] {
  const open = [...model.datasets.values()].map(describeOpen)
  const closed = model.closed.map(
    (dataset): CatalogDataset => ({
      ...describe(dataset),
      access: dataset.reason === 'otherAudience' ? 'OTHER_AUDIENCE' : 'NOT_APPROVED',
      fields: [],
      relations: [],
    }),
  )
  return [...open, ...closed]
    .filter(dataset => !theme || dataset.themes.includes(theme))
    .filter(dataset => !search || words(dataset).includes(search.toLocaleLowerCase('de')))
    .sort((a, b) => a.title.de.localeCompare(b.title.de, 'de'))
}

function describe(dataset: Pick<Dataset, 'id' | 'title' | 'about' | 'owner' | 'themes'>) {
  const { id, title, about, owner, themes } = dataset
  return { id, title, about: about ?? null, department: owner.department, contact: owner.contact ?? null, themes }
}

function describeOpen(dataset: Dataset): CatalogDataset {
  return {
    ...describe(dataset),
    access: 'OPEN',
    source: dataset.source.title,
    licence: dataset.licence,
    attribution: dataset.attribution ?? null,
    updated: dataset.updated ?? null,
    freshForSeconds: dataset.freshForSeconds,
    query: dataset.names.many,
    fields: dataset.fields.map(field => ({
      name: field.name,
      title: field.title,
      about: field.about ?? null,
      type: servedType(field),
      unit: field.unit ?? null,
      uses: [...field.use].map(use => use.toUpperCase() as FieldUse),
    })),
    relations: dataset.relations.map(({ name, title, to, many }) => ({ name, title, to, many })),
  }
}

function words(dataset: CatalogDataset): string {
  const { title, about, department } = dataset
  return [title.de, title.en, about?.de, about?.en, department].join(' ').toLocaleLowerCase('de')
}
