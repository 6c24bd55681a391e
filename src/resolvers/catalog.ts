/** The catalogue for one audience: what there is, where, from whom and with which permission. */

import type { Dataset, Model, Text } from '../model/index.ts'
import { servedType } from '../schema/index.ts'

export interface CatalogArguments {
  readonly search?: string | null
  readonly theme?: string | null
}

/** Open datasets with their fields, closed ones with title and owner only; by German title. */
export function listDatasets(model: Model, { search, theme }: CatalogArguments) {
  const open = [...model.datasets.values()].map(describeOpen)
  const closed = model.closed.map(dataset => ({
    ...describe(dataset),
    access: dataset.reason === 'otherAudience' ? 'OTHER_AUDIENCE' : 'NOT_APPROVED',
    fields: [],
    relations: [],
  }))
  return [...open, ...closed]
    .filter(dataset => !theme || dataset.themes.includes(theme))
    .filter(dataset => !search || words(dataset).includes(search.toLocaleLowerCase('de')))
    .sort((a, b) => a.title.de.localeCompare(b.title.de, 'de'))
}

function describe(dataset: Pick<Dataset, 'id' | 'title' | 'about' | 'owner' | 'themes'>) {
  const { id, title, about, owner, themes } = dataset
  return { id, title, about, department: owner.department, contact: owner.contact, themes }
}

function describeOpen(dataset: Dataset) {
  return {
    ...describe(dataset),
    access: 'OPEN',
    source: dataset.source.title,
    licence: dataset.licence,
    attribution: dataset.attribution,
    updated: dataset.updated,
    freshForSeconds: dataset.freshForSeconds,
    query: dataset.names.many,
    fields: dataset.fields.map(field => ({
      name: field.name,
      title: field.title,
      about: field.about,
      type: servedType(field),
      unit: field.unit,
      uses: [...field.use].map(use => use.toUpperCase()),
    })),
    relations: dataset.relations.map(({ name, title, to, many }) => ({ name, title, to, many })),
  }
}

function words(dataset: { readonly title: Text; readonly about: Text | undefined; readonly department: string }): string {
  const { title, about, department } = dataset
  return [title.de, title.en, about?.de, about?.en, department].join(' ').toLocaleLowerCase('de')
}
