/**
 * What does Oracle Database tell of its tables? Written from the Database Reference (12.1), read by a grammar, and asked of a stand-in that
 * has canned answers; never run against a real server.
 */

import { bind, type Fragment, raw, sql } from '../compile/fragment.ts'
import type { Place } from '../place.ts'
import { type Catalogue, type CatalogueColumn, flag, indexesOf, relationOf, type TextRow } from './catalogue.ts'
import { oracleAccount } from './oracle-account.ts'

export const oracleCatalogue: Catalogue = {
  async list(ask) {
    return (await ask(listSql)).map(relationOf)
  },
  async describe(place, ask) {
    const [where] = await ask(resolveSql(place))
    const [owner, name] = where ?? []
    if (!owner || !name) return undefined
    const [found] = await ask(findSql(owner, name))
    if (!found) return undefined
    const relation = relationOf(found)
    const isTable = relation.what === 'table'
    const columns = (await ask(columnsSql(owner, name))).map(row => columnOf(row, isTable))
    return { relation, columns, ...(isTable && { indexes: indexesOf(await ask(indexesSql(owner, name))) }) }
  },
  account: oracleAccount,
}

const relation = raw(
  `select o.owner, o.object_name, case o.object_type when 'VIEW' then 'view' else 'table' end, c.comments, to_char(t.num_rows) from all_objects o ` +
    'left join all_tab_comments c on c.owner = o.owner and c.table_name = o.object_name left join all_tables t on t.owner = o.owner and t.table_name = o.object_name',
)

/** Neither Oracle's own nor what an index keeps for itself. */
const ours = raw(
  `o.object_type in ('TABLE', 'VIEW') and o.oracle_maintained = 'N' and o.secondary = 'N' and o.object_name not like 'BIN$%'`,
)

const listSql = sql`${relation} where ${ours} order by o.owner, o.object_name`

function findSql(owner: string, name: string): Fragment {
  return sql`${relation} where o.object_type in ('TABLE', 'VIEW') and o.owner = ${bind(owner)} and o.object_name = ${bind(name)}`
}

/** Where a name leads: to a table or view of the schema, or over a synonym, of which the schema's own come before public ones. */
function resolveSql({ schema, table }: Place): Fragment {
  const here = () => (schema === undefined ? raw(`sys_context('USERENV', 'CURRENT_SCHEMA')`) : bind(schema))
  const everybody = schema === undefined ? raw(`, 'PUBLIC'`) : raw('')
  return sql`select place.owner, place.name from (select o.owner as owner, o.object_name as name, 1 as turn from all_objects o where o.object_type in ('TABLE', 'VIEW') and o.owner = ${here()} and o.object_name = ${bind(table)} union all select s.table_owner as owner, s.table_name as name, case s.owner when 'PUBLIC' then 3 else 2 end as turn from all_synonyms s where s.synonym_name = ${bind(table)} and s.db_link is null and s.owner in (${here()}${everybody})) place order by place.turn`
}

function columnsSql(owner: string, name: string): Fragment {
  return sql`select c.column_name, c.data_type || case when c.data_type in ('VARCHAR2', 'NVARCHAR2', 'CHAR', 'NCHAR') then '(' || to_char(c.char_length) || ')' when c.data_type = 'RAW' then '(' || to_char(c.data_length) || ')' when c.data_type = 'NUMBER' and c.data_precision is not null then '(' || to_char(c.data_precision) || ',' || to_char(c.data_scale) || ')' end, case c.nullable when 'N' then '0' else '1' end, m.comments, to_char(g.srid) from all_tab_columns c left join all_col_comments m on m.owner = c.owner and m.table_name = c.table_name and m.column_name = c.column_name left join all_sdo_geom_metadata g on g.owner = c.owner and g.table_name = c.table_name and g.column_name = c.column_name where c.owner = ${bind(owner)} and c.table_name = ${bind(name)} order by c.column_id`
}

function indexesSql(owner: string, name: string): Fragment {
  return sql`select i.index_name, case when k.constraint_name is null then '0' else '1' end, case i.uniqueness when 'UNIQUE' then '1' else '0' end, x.column_name from all_indexes i join all_ind_columns x on x.index_owner = i.owner and x.index_name = i.index_name left join all_constraints k on k.owner = i.table_owner and k.table_name = i.table_name and k.index_name = i.index_name and k.constraint_type = 'P' where i.table_owner = ${bind(owner)} and i.table_name = ${bind(name)} and i.status <> 'UNUSABLE' order by case when k.constraint_name is null then 1 else 0 end, i.index_name, x.column_position`
}

function columnOf([name, stored, nullable, about, srid]: TextRow, isTable: boolean): CatalogueColumn {
  const may = isTable ? flag(nullable) : undefined
  return {
    name: name ?? '',
    stored: stored ?? '',
    ...(may !== undefined && { nullable: may }),
    ...(about && { about }),
    ...(Number(srid ?? 0) > 0 && { srid: Number(srid) }),
  }
}

/** For review: every statement, as it is asked of `GRUEN.BAUM`. */
export const oracleStatements: Readonly<Record<string, Fragment>> = {
  list: listSql,
  'where a name leads': resolveSql({ schema: 'GRUEN', table: 'BAUM' }),
  'where a name without a schema leads': resolveSql({ table: 'BAUM' }),
  find: findSql('GRUEN', 'BAUM'),
  columns: columnsSql('GRUEN', 'BAUM'),
  indexes: indexesSql('GRUEN', 'BAUM'),
}
