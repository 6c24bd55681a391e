/** What does a file in `datasets/` say about a dataset? */

import { z } from 'zod'
import { columnForm, fieldForm, relationForm, rowsForm } from './field.ts'
import { says } from './rules.ts'
import { duration, id, line, oneOrMore, text, whole } from './values.ts'

/**
 * Licences of the list of DCAT-AP.de that fit municipal data. A name is the end of the licence's address below
 * `dcat-ap.de/def/licenses/`; the Datenlizenz Deutschland has its everyday names.
 */
export const licences = [
  'dl-de/by-2-0',
  'dl-de/zero-2-0',
  'dl-de/by-1-0',
  'dl-de/by-nc-1-0',
  'cc-zero',
  'cc-by/4.0',
  'cc-by-de/3.0',
  'cc-by-sa/4.0',
  'cc-by-nd/4.0',
  'cc-by-nc-de/3.0',
  'odbl',
  'odby',
  'odcpddl',
  'geonutz/20130319',
  'geoNutz/20131001',
  'officialWork',
  'other-open',
  'other-closed',
] as const

/** Codes of the EU data-theme authority table. */
export const themes = [
  'AGRI',
  'ECON',
  'EDUC',
  'ENER',
  'ENVI',
  'GOVE',
  'HEAL',
  'INTR',
  'JUST',
  'OP_DATPRO',
  'REGI',
  'SOCI',
  'TECH',
  'TRAN',
] as const

/** How often a dataset changes; each has its code in the EU frequency authority table. */
export const frequencies = [
  'continuous',
  'hourly',
  'twiceDaily',
  'daily',
  'twiceWeekly',
  'weekly',
  'biweekly',
  'twiceMonthly',
  'monthly',
  'bimonthly',
  'quarterly',
  'twiceYearly',
  'annual',
  'biennial',
  'irregular',
  'never',
  'unknown',
] as const

const owner = z
  .union([line, z.strictObject({ department: line, contact: line.optional() })])
  .transform(value => (typeof value === 'string' ? { department: value } : value))

/** Rows of a small dataset: unless said otherwise, and at most. One more is asked for, to know whether there are more. */
export const smallRows = { usual: 5_000, most: 10_000 } as const

const small = z
  .union([z.boolean(), z.strictObject({ rows: whole(1, smallRows.most).describe(`Rows at most; true: ${smallRows.usual}`) })])
  .transform(value => (value === true ? { rows: smallRows.usual } : value || undefined))

export const datasetForm = z
  .strictObject({
    id: id.describe('Name of the dataset in addresses and in approvals'),
    title: text.describe('Name as people read it'),
    about: text.optional().describe('What the dataset holds and what it does not'),
    owner: owner.describe('Department that keeps the data and answers questions'),
    licence: z.enum(licences).describe('Short name of the licence (DCAT-AP.de)'),
    attribution: line.optional().describe('Name that users have to give as the source'),
    themes: z.array(z.enum(themes)).prefault([]).describe('Themes of the data catalogue of the EU'),
    updated: z.enum(frequencies).optional().describe('How often the data changes in the source'),
    names: z
      .strictObject({
        type: z.string().describe('Type in GraphQL: PascalCase, singular'),
        one: z.string().describe('Query for one row: lowerCamelCase, singular'),
        many: z.string().describe('Query for rows: lowerCamelCase, plural'),
      })
      .describe('GraphQL names; umlauts are transliterated'),
    source: z
      .looseObject({ use: id.describe('Id of the source') })
      .describe('Where the rows are; what stands beside "use" depends on the kind of source'),
    key: z
      .array(columnForm)
      .min(1, says('EMPTY_LIST'))
      .max(8, says('LIST_TOO_LONG'))
      .describe('Columns that tell rows apart; known to the engine only'),
    joinable: z
      .array(columnForm)
      .max(32, says('LIST_TOO_LONG'))
      .prefault([])
      .describe('Further columns that relations of other datasets may match; known to the engine only'),
    rows: rowsForm.optional().describe('Condition that every row must meet; known to the engine only'),
    freshFor: duration('0 s', '30 d').prefault('10 min').describe('Cached answers are at most this old'),
    staleFor: duration('0 s', '90 d').prefault('0 s').describe('How long an older answer may stand in when the source is down'),
    small: small
      .optional()
      .describe('true: the gateway fetches all rows at once, keeps them for "freshFor", and filters, sorts and groups by itself'),
    audience: oneOrMore(id).optional().describe('Who may see the dataset; without it: public'),
    listed: z.boolean().prefault(false).describe('true: the catalogue names the dataset even before it is approved'),
    fields: z.record(z.string(), fieldForm).describe('The fields; what is not listed stays in the source'),
    relations: z.record(z.string(), relationForm).prefault({}).describe('Links to other datasets'),
  })
  .meta({ title: 'datasets/*/*.yml', description: 'One dataset; owned by its department' })

export type DatasetForm = z.output<typeof datasetForm>
