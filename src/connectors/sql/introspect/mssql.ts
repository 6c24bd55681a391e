/**
 * What does SQL Server tell of its tables? Written from Microsoft's documentation of the catalogue views, read by a grammar, and asked of a
 * stand-in that has canned answers; never run against a real server.
 */

import type { SourceAccount } from '../../../model/index.ts'
import { bind, type Fragment, raw, sql } from '../compile/fragment.ts'
import type { Place } from '../place.ts'
import { type Ask, type Catalogue, type CatalogueColumn, flag, indexesOf, readsOf, relationOf, type TextRow } from './catalogue.ts'

export const mssqlCatalogue: Catalogue = {
  async list(ask) {
    return (await ask(sql`${relation} where ${ours} order by s.name, o.name`)).map(relationOf)
  },
  async describe(place, ask) {
    const [found] = await ask(sql`${relation} where ${ours} and o.object_id = ${objectId(place)}`)
    if (!found) return undefined
    const relationFound = relationOf(found)
    const isTable = relationFound.what === 'table'
    const columns = (await ask(columnsSql(place))).map(row => columnOf(row, isTable))
    return { relation: relationFound, columns, ...(isTable && { indexes: indexesOf(await ask(indexesSql(place))) }) }
  },
  account,
}

/** Whoever may not see a thing does not find it in here: the catalogue itself keeps to the rights of the account. */
const relation = raw(
  `select s.name, o.name, case o.type when 'V' then 'view' else 'table' end, cast(p.value as nvarchar(4000)), ` +
    'convert(varchar(20), (select sum(r.rows) from sys.partitions r where r.object_id = o.object_id and r.index_id in (0, 1))) ' +
    'from sys.objects o join sys.schemas s on s.schema_id = o.schema_id ' +
    `left join sys.extended_properties p on p.class = 1 and p.major_id = o.object_id and p.minor_id = 0 and p.name = N'MS_Description'`,
)

const ours = raw(`o.type in ('U', 'V') and o.is_ms_shipped = 0`)

/** Without a schema the account's own default decides, as it does for statements. */
function objectId({ schema, table }: Place): Fragment {
  return schema === undefined
    ? sql`object_id(quotename(${bind(table)}))`
    : sql`object_id(quotename(${bind(schema)}) + N'.' + quotename(${bind(table)}))`
}

/** Types that a city made itself are shown as what they are made of. */
const typeText =
  `coalesce(b.name, t.name) + case when coalesce(b.name, t.name) in ('nchar', 'nvarchar') then case c.max_length when -1 then '(max)' else '(' + convert(varchar(10), c.max_length / 2) + ')' end ` +
  `when coalesce(b.name, t.name) in ('char', 'varchar', 'binary', 'varbinary') then case c.max_length when -1 then '(max)' else '(' + convert(varchar(10), c.max_length) + ')' end ` +
  `when coalesce(b.name, t.name) in ('decimal', 'numeric') then '(' + convert(varchar(10), c.precision) + ',' + convert(varchar(10), c.scale) + ')' ` +
  `when coalesce(b.name, t.name) in ('time', 'datetime2', 'datetimeoffset') then '(' + convert(varchar(10), c.scale) + ')' else '' end`

function columnsSql(place: Place): Fragment {
  return sql`select c.name, ${raw(typeText)}, convert(varchar(1), c.is_nullable), cast(p.value as nvarchar(4000)) from sys.columns c join sys.types t on t.user_type_id = c.user_type_id left join sys.types b on b.user_type_id = c.system_type_id left join sys.extended_properties p on p.class = 1 and p.major_id = c.object_id and p.minor_id = c.column_id and p.name = N'MS_Description' where c.object_id = ${objectId(place)} order by c.column_id`
}

/** A spatial index has columns without a place in the key: type 4. */
function indexesSql(place: Place): Fragment {
  return sql`select i.name, convert(varchar(1), i.is_primary_key), convert(varchar(1), i.is_unique), c.name from sys.indexes i join sys.index_columns x on x.object_id = i.object_id and x.index_id = i.index_id join sys.columns c on c.object_id = x.object_id and c.column_id = x.column_id where i.object_id = ${objectId(place)} and i.is_disabled = 0 and i.has_filter = 0 and (x.key_ordinal > 0 or i.type = 4) order by i.index_id, x.key_ordinal`
}

function columnOf([name, stored, nullable, about]: TextRow, isTable: boolean): CatalogueColumn {
  const may = isTable ? flag(nullable) : undefined
  return { name: name ?? '', stored: stored ?? '', ...(may !== undefined && { nullable: may }), ...(about && { about }) }
}

/** Rights to see and to log in. @see https://learn.microsoft.com/sql/relational-databases/system-functions/sys-fn-my-permissions-transact-sql */
const reading = /^(CONNECT|SELECT|VIEW|SHOWPLAN)\b/
/** What a procedure does, nobody can tell from here. */
const spareRights = /^(EXECUTE|REFERENCES|UNMASK)\b/

const rightsSql = raw(
  `select permission_name, N'server', N'' from fn_my_permissions(null, N'SERVER') union all ` +
    `select permission_name, N'database ' + db_name(), N'' from fn_my_permissions(null, N'DATABASE') union all ` +
    `select p.permission_name, s.name + N'.' + o.name, p.subentity_name from sys.objects o join sys.schemas s on s.schema_id = o.schema_id ` +
    `cross apply fn_my_permissions(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT') p where o.type in ('U', 'V', 'P', 'FN', 'IF', 'TF') and o.is_ms_shipped = 0`,
)

async function account(ask: Ask): Promise<SourceAccount> {
  const [[user] = []] = await ask(raw('select user_name()'))
  const rights = (await ask(rightsSql)).map(([name, on, column]) => ({ name: name ?? '', on: on ?? '', column: column ?? '' }))
  const named = (wanted: (name: string) => boolean): string[] =>
    [...new Set(rights.filter(({ name }) => wanted(name)).map(({ name, on }) => `${name} on ${on}`))].sort()
  const reads = rights.filter(({ name, column }) => name === 'SELECT' && column !== '')
  return {
    user: user ?? '',
    writes: named(name => !reading.test(name) && !spareRights.test(name)),
    spare: named(name => spareRights.test(name)),
    reads: readsOf(reads.map(({ on, column }) => [on, column])),
  }
}

/** For review: every statement, as it is asked of `dbo.BAUM`. */
export const mssqlStatements: Readonly<Record<string, Fragment>> = {
  list: sql`${relation} where ${ours} order by s.name, o.name`,
  find: sql`${relation} where ${ours} and o.object_id = ${objectId({ schema: 'dbo', table: 'BAUM' })}`,
  'find without a schema': sql`${relation} where ${ours} and o.object_id = ${objectId({ table: 'BAUM' })}`,
  columns: columnsSql({ schema: 'dbo', table: 'BAUM' }),
  indexes: indexesSql({ schema: 'dbo', table: 'BAUM' }),
  user: raw('select user_name()'),
  rights: rightsSql,
}
