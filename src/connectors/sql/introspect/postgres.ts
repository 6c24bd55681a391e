/** What does PostgreSQL tell of its tables? Asked of `pg_catalog`: the information schema keeps silent about what is not one's own. */

import type { SourceAccount } from '../../../model/index.ts'
import { bind, type Fragment, raw, sql } from '../compile/fragment.ts'
import type { Place } from '../place.ts'
import { type Ask, type Catalogue, type CatalogueColumn, flag, indexesOf, readsOf, relationOf, type TextRow } from './catalogue.ts'
import { valuesOfCheck } from './values.ts'

export const postgresCatalogue: Catalogue = {
  async list(ask) {
    const rows = await ask(
      sql`${relation} where ${ours} and has_any_column_privilege(c.oid, 'SELECT') and not c.relispartition order by n.nspname, c.relname`,
    )
    return rows.map(relationOf)
  },
  async describe(place, ask) {
    const [found] = await ask(sql`${relation} where ${at(place)}`)
    if (!found) return undefined
    const relationFound = relationOf(found)
    const columns = (await ask(columnsSql(place))).map(columnOf)
    return {
      relation: relationFound,
      columns,
      ...(relationFound.what === 'table' && { indexes: indexesOf(await ask(indexesSql(place))) }),
    }
  },
  account,
}

const relation = raw(
  `select n.nspname::text, c.relname::text, case when c.relkind in ('v', 'm') then 'view' else 'table' end, obj_description(c.oid, 'pg_class'), ` +
    `case when c.relkind <> 'v' and c.reltuples >= 0 then c.reltuples::bigint::text end from pg_class c join pg_namespace n on n.oid = c.relnamespace`,
)

/** Neither the database's own nor an extension's, and within a schema that may be entered. */
const ours = raw(
  `c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'USAGE') ` +
    `and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`,
)

function at({ schema, table }: Place): Fragment {
  const kinds = raw(`c.relkind in ('r', 'p', 'v', 'm', 'f')`)
  return schema === undefined
    ? sql`${kinds} and c.relname = ${bind(table)} and pg_table_is_visible(c.oid)`
    : sql`${kinds} and n.nspname = ${bind(schema)} and c.relname = ${bind(table)}`
}

/** A view promises nothing of its columns, so nothing is said of nulls in it. */
function columnsSql(place: Place): Fragment {
  return sql`select a.attname::text, format_type(a.atttypid, a.atttypmod), case when c.relkind in ('r', 'p') then (not a.attnotnull)::int::text end, col_description(c.oid, a.attnum), (select json_agg(e.enumlabel order by e.enumsortorder)::text from pg_enum e where e.enumtypid = a.atttypid), (select string_agg(pg_get_constraintdef(k.oid), '; ') from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid where ${at(place)} and a.attnum > 0 and not a.attisdropped order by a.attnum`
}

function indexesSql(place: Place): Fragment {
  return sql`select i.indexrelid::regclass::text, i.indisprimary::int::text, i.indisunique::int::text, a.attname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_index i on i.indrelid = c.oid cross join lateral generate_series(0, i.indnkeyatts - 1) as k(at) join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[k.at] where ${at(place)} and i.indisvalid and i.indpred is null and i.indkey[0] <> 0 order by i.indisprimary desc, i.indexrelid, k.at`
}

function columnOf([name, stored, nullable, about, labels, checks]: TextRow): CatalogueColumn {
  const may = flag(nullable)
  const srid = Number(/^(?:geometry|geography)\(\w+,(\d+)\)$/i.exec(stored ?? '')?.[1] ?? 0)
  const values = labels ? (JSON.parse(labels) as string[]) : valuesOfCheck(checks ?? null)
  return {
    name: name ?? '',
    stored: stored ?? '',
    ...(may !== undefined && { nullable: may }),
    ...(about && { about }),
    ...(srid > 0 && { srid }),
    ...(values && { values }),
  }
}

/** Lines of one account are as many as its rights; more than so many say no more. */
const most = raw('limit 500')

async function account(ask: Ask): Promise<SourceAccount> {
  const [[user, isSuper] = []] = await ask(
    raw(`select current_user::text, (select rolsuper::int::text from pg_roles where rolname = current_user)`),
  )
  const all = isSuper === '1'
  const writes = all ? ['superuser'] : (await ask(writesSql)).map(firstOf)
  const spare = all ? [] : (await ask(spareSql)).map(firstOf)
  const reads = all ? [] : await ask(readsSql)
  const [[limit] = [null]] = await ask(limitSql)
  const statementMs = millisecondsOf(limit ?? null)
  return {
    user: user ?? '',
    writes,
    spare,
    reads: readsOf(reads),
    ...(statementMs !== undefined && { statementMs }),
  }
}

function firstOf([first]: TextRow): string {
  return first ?? ''
}

/**
 * @see https://www.postgresql.org/docs/current/ddl-priv.html and predefined-roles.html
 */
const writesSql = sql`select line from (select unnest(array[case when rolcreatedb then 'CREATEDB' end, case when rolcreaterole then 'CREATEROLE' end, case when rolreplication then 'REPLICATION' end]) as line from pg_roles where rolname = current_user union all select 'member of ' || rolname from pg_roles where rolname in ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program', 'pg_create_subscription', 'pg_maintain', 'pg_signal_backend') and pg_has_role(current_user, oid, 'member') union all select 'CREATE on database ' || current_database() where has_database_privilege(current_database(), 'CREATE') union all select 'CREATE on schema ' || n.nspname from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'CREATE') union all select p.name || ' on ' || n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) as p(name) where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and (has_table_privilege(c.oid, p.name) or (p.name in ('INSERT', 'UPDATE') and has_any_column_privilege(c.oid, p.name))) union all select 'UPDATE on sequence ' || n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_' and case c.relkind when 'S' then has_sequence_privilege(c.oid, 'USAGE, UPDATE') else false end) as rights where line is not null order by line ${most}`

/** Functions that run with their owner's rights: what they do, nobody can tell from here. */
const spareSql = sql`select line from (select 'TEMPORARY on database ' || current_database() as line where has_database_privilege(current_database(), 'TEMPORARY') union all select 'BYPASSRLS' from pg_roles where rolname = current_user and rolbypassrls union all select 'EXECUTE on ' || p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'USAGE') and has_function_privilege(p.oid, 'EXECUTE') and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')) as rights order by line ${most}`

const readsSql = sql`select n.nspname || '.' || c.relname, a.attname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid where ${ours} and a.attnum > 0 and not a.attisdropped and has_column_privilege(c.oid, a.attnum, 'SELECT') order by n.nspname, c.relname, a.attnum limit 20000`

/** Of the account in this database, of the account, of the database: what was set nearest holds. */
const limitSql = raw(
  `select split_part(setting, '=', 2) from pg_db_role_setting s cross join unnest(s.setconfig) as setting where setting like 'statement_timeout=%' ` +
    `and s.setrole in (0, (select oid from pg_roles where rolname = current_user)) and s.setdatabase in (0, (select oid from pg_database where datname = current_database())) ` +
    `order by s.setrole = 0, s.setdatabase = 0 limit 1`,
)

const units: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * A time as PostgreSQL's settings write it.
 *
 * @returns `undefined` for none; 0 means none as well
 * @example
 *   millisecondsOf('5s')    // → 5000
 *   millisecondsOf('1500')  // → 1500
 *   millisecondsOf('0')     // → undefined
 */
export function millisecondsOf(setting: string | null): number | undefined {
  const [, number = '', unit = 'ms'] = /^([\d.]+)\s*(us|ms|s|min|h|d)?$/.exec(setting ?? '') ?? []
  const milliseconds = Number(number) * (units[unit] ?? 1)
  return milliseconds > 0 ? milliseconds : undefined
}
