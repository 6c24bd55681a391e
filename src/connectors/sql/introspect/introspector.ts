/** What does a database hold, how does it keep it, and what may the gateway's account do there? */

import {
  type ConnectorServices,
  GatewayError,
  type Introspector,
  type ItemDescription,
  type ReadContext,
  type SourceItem,
  type SourceSetting,
  type StoredColumn,
  sourceFailure,
} from '../../../model/index.ts'
import { sql, wrap } from '../compile/fragment.ts'
import { limited } from '../compile/limit.ts'
import { named } from '../compile/select.ts'
import { statementOf } from '../compile/statement.ts'
import type { ColumnFacts } from '../dialects/index.ts'
import type { Driver } from '../drivers/session.ts'
import { type Place, place as placeForm } from '../place.ts'
import type { CatalogueColumn, Described, Index, Relation } from './catalogue.ts'
import { catalogues } from './index.ts'
import { columnText, tableText, written } from './names.ts'
import { type Conversation, Questions } from './questions.ts'
import { sampleOf } from './sample.ts'
import { fieldTypeOf } from './types.ts'

/** Columns of one table whose types are asked for at once; a table has some dozens. */
const columnsAtOnce = 200

/**
 * @param knowsAccounts false for a file, which asks nobody who he is
 * @param grants        see `Introspector.grants`
 */
export function openIntrospector(
  source: SourceSetting,
  services: ConnectorServices,
  driver: Driver,
  { knowsAccounts, grants }: { readonly knowsAccounts: boolean; readonly grants: NonNullable<Introspector['grants']> },
): Introspector {
  const questions = new Questions(source, services, driver)
  const catalogueOf = ({ dialect }: Conversation['session']) => catalogues[dialect.name]
  return {
    list: context =>
      questions.hold(context, async ({ session, ask }) =>
        (await catalogueOf(session).list(ask)).flatMap(relation => itemOf(relation) ?? []),
      ),
    describe: (place, context) => questions.hold(context, conversation => describe(source, placeForm.parse(place), conversation)),
    sample: (place, columns, limit, context) =>
      questions.hold(context, async conversation => {
        const at = placeForm.parse(place)
        const facts = await factsOf(at, columns, conversation)
        return sampleOf(at, columns, facts, limit, conversation)
      }),
    ...(knowsAccounts && {
      account: (context: ReadContext) => questions.hold(context, ({ session, ask }) => catalogueOf(session).account!(ask)),
    }),
    grants,
    close: () => questions.close(),
  }
}

async function describe(source: SourceSetting, place: Place, conversation: Conversation): Promise<ItemDescription> {
  const { session, ask } = conversation
  const described = await catalogues[session.dialect.name].describe(place, ask)
  const item = described && itemOf(described.relation)
  if (!described || !item)
    throw sourceFailure('SOURCE_CHANGED', `source ${source.id}: there is no ${written(place)}, or none for this account`)
  const names = described.columns.map(({ name }) => name)
  const facts = await factsOf(place, names, conversation)
  const columns: StoredColumn[] = []
  for (const [at, column] of described.columns.entries()) {
    const one = columnOf(column, facts[at], described)
    columns.push(one.crs === undefined && facts[at]?.stored === 'geometry' ? await placed(one, place, conversation) : one)
  }
  return { ...item, columns, key: keyOf(described) }
}

/** `undefined` for a name that no dataset file could write. */
function itemOf({ schema, name, what, title, about, rows }: Relation): SourceItem | undefined {
  const place =
    name.includes('.') || schema?.includes('.')
      ? { ...(schema !== undefined && { schema }), table: name }
      : { table: written({ schema, table: name }) }
  if (!placeForm.safeParse(place).success) return undefined
  return {
    name: written({ schema, table: name }),
    what,
    place,
    ...(title && { title }),
    ...(about && { about }),
    ...(rows !== undefined && { rows }),
  }
}

function columnOf(column: CatalogueColumn, facts: ColumnFacts | undefined, { indexes }: Described): StoredColumn {
  const { name, stored, nullable, about, srid, values } = column
  const type = facts && fieldTypeOf(values && facts.stored === 'other' ? 'text' : facts.stored, stored)
  return {
    column: name,
    stored,
    ...(type && { type }),
    ...(nullable !== undefined && { nullable }),
    ...(about && { about }),
    ...(values && { codes: Object.fromEntries(values.map(value => [value, value])) }),
    ...(srid && { crs: `EPSG:${srid}` }),
    ...(indexes && { indexed: indexes.some(({ columns }) => columns[0] === name) }),
  }
}

/** The primary key, or else the shortest unique index of columns that are never missing. */
function keyOf({ columns, indexes = [] }: Described): readonly string[] {
  const never = new Set(columns.filter(({ nullable }) => nullable === false).map(({ name }) => name))
  const usable = (index: Index): boolean => index.primary || (index.unique && index.columns.every(column => never.has(column)))
  const [best] = indexes.filter(usable).sort((a, b) => Number(b.primary) - Number(a.primary) || a.columns.length - b.columns.length)
  return best?.columns ?? []
}

/** Facts by place in `columns`; absent where the account may not even ask. */
async function factsOf(
  place: Place,
  columns: readonly string[],
  conversation: Conversation,
): Promise<readonly (ColumnFacts | undefined)[]> {
  const facts: (ColumnFacts | undefined)[] = []
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    const some = columns.slice(from, from + columnsAtOnce)
    facts.push(...((await told(place, some, conversation)) ?? (await oneByOne(place, some, conversation))))
  }
  return facts
}

async function oneByOne(place: Place, columns: readonly string[], conversation: Conversation): Promise<(ColumnFacts | undefined)[]> {
  const facts: (ColumnFacts | undefined)[] = []
  for (const column of columns) facts.push((await told(place, [column], conversation))?.[0])
  return facts
}

/** `undefined`: one of the columns is refused, or gone by now. */
async function told(
  place: Place,
  columns: readonly string[],
  { session, exchange }: Conversation,
): Promise<readonly ColumnFacts[] | undefined> {
  const { dialect } = session
  const items = named(columns.map(column => columnText(column, dialect)))
  const statement = statementOf(sql`select ${items} from ${tableText(place, dialect)} t`, dialect)
  try {
    return await exchange(statement.text, () => session.describe({ ...statement, schema: place.schema, table: place.table, columns }))
  } catch (error) {
    if (error instanceof GatewayError && (error.code === 'SOURCE_REFUSED' || error.code === 'SOURCE_CHANGED')) return undefined
    throw error
  }
}

/** In which reference system a geometry stands, its first row says where the catalogue does not. */
async function placed(column: StoredColumn, place: Place, { session, ask }: Conversation): Promise<StoredColumn> {
  const { dialect } = session
  const { srid } = dialect.geometry
  if (!srid) return column
  const expression = columnText(column.column, dialect)
  const from = sql`from ${tableText(place, dialect)} t where ${expression} is not null`
  const [row] = await ask(
    limited({ items: named([wrap(expression, srid)]), from, order: undefined, limit: 1, skip: 0 }, { dialect }),
  ).catch(() => [])
  const number = Number(row?.[0] ?? 0)
  return number > 0 ? { ...column, crs: `EPSG:${number}` } : column
}
