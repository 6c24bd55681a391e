/** What do MySQL and MariaDB tell of their tables? */

import type { SourceAccount } from '../../../model/index.ts'
import { bind, type Fragment, raw, sql } from '../compile/fragment.ts'
import type { DialectName } from '../dialects/index.ts'
import type { Place } from '../place.ts'
import { type Ask, type Catalogue, type CatalogueColumn, flag, indexesOf, readsOf, relationOf, type TextRow } from './catalogue.ts'
import { grantedRights } from './mysql-grants.ts'
import { valuesOfEnum } from './values.ts'

export function mysqlCatalogue(name: DialectName): Catalogue {
  return {
    async list(ask) {
      return (await ask(sql`${relation} where ${ours} order by table_schema, table_name`)).map(relationOf)
    },
    async describe(place, ask) {
      const [found] = await ask(sql`${relation} where ${ours} and ${at(place)}`)
      if (!found) return undefined
      const columns = (await ask(columnsSql(place, name))).map(columnOf)
      const relationFound = relationOf(found)
      const indexes = relationFound.what === 'table' ? indexesOf(await ask(indexesSql(place))) : []
      // Indexes are shown to whom something of the table is granted as a whole; who may read single columns sees none.
      return { relation: relationFound, columns, ...(indexes.length > 0 && { indexes }) }
    },
    account: ask => account(name, ask),
  }
}

/** The account's own database needs no name in front. */
const relation = raw(
  `select nullif(table_schema, database()), table_name, if(table_type = 'VIEW', 'view', 'table'), nullif(if(table_type = 'VIEW', '', table_comment), ''), ` +
    `if(table_type = 'VIEW', null, table_rows) from information_schema.tables`,
)

const ours = raw(
  `table_type in ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED') and table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys')`,
)

function at({ schema, table }: Place): Fragment {
  return sql`table_schema = ${schema === undefined ? raw('database()') : bind(schema)} and table_name = ${bind(table)}`
}

function columnsSql(place: Place, name: DialectName): Fragment {
  const srid = raw(
    name === 'mysql'
      ? 'srs_id'
      : '(select srid from information_schema.geometry_columns g where g.g_table_schema = c.table_schema and g.g_table_name = c.table_name and g.g_geometry_column = c.column_name)',
  )
  return sql`select column_name, column_type, if(is_nullable = 'YES', '1', '0'), nullif(column_comment, ''), ${srid} from information_schema.columns c where ${at(place)} order by ordinal_position`
}

function indexesSql(place: Place): Fragment {
  return sql`select index_name, if(index_name = 'PRIMARY', '1', '0'), if(non_unique = 0, '1', '0'), column_name from information_schema.statistics where ${at(place)} and column_name is not null and (sub_part is null or index_type = 'SPATIAL') order by index_name <> 'PRIMARY', index_name, seq_in_index`
}

function columnOf([name, stored, nullable, about, srid]: TextRow): CatalogueColumn {
  const may = flag(nullable)
  const values = valuesOfEnum(stored ?? '')
  return {
    name: name ?? '',
    stored: stored ?? '',
    ...(may !== undefined && { nullable: may }),
    ...(about && { about }),
    ...(Number(srid ?? 0) > 0 && { srid: Number(srid) }),
    ...(values && { values }),
  }
}

async function account(name: DialectName, ask: Ask): Promise<SourceAccount> {
  const [[user] = []] = await ask(raw('select current_user()'))
  const grants = (await ask(raw('show grants'))).map(([line]) => line ?? '')
  const reads = await ask(
    raw(
      `select concat(if(table_schema = database(), '', concat(table_schema, '.')), table_name), column_name from information_schema.columns ` +
        `where find_in_set('select', privileges) > 0 and table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys') ` +
        'order by table_schema, table_name, ordinal_position limit 20000',
    ),
  )
  const [[limit] = [null]] = await ask(
    raw(name === 'mariadb' ? 'select round(@@global.max_statement_time * 1000)' : 'select @@global.max_execution_time'),
  )
  return {
    user: user ?? '',
    ...grantedRights(grants),
    reads: readsOf(reads),
    ...(Number(limit ?? 0) > 0 && { statementMs: Number(limit) }),
  }
}
