/** What does a SQLite file tell of its tables? A GeoPackage tells more. */

import { bind, raw, sql } from '../compile/fragment.ts'
import type { Place } from '../place.ts'
import { type Ask, type Catalogue, type CatalogueColumn, type Index, indexesOf, type Relation, relationOf } from './catalogue.ts'

export const sqliteCatalogue: Catalogue = {
  async list(ask) {
    const relations = (await ask(sql`${relation} order by name`)).map(relationOf)
    const rows = await counted(ask)
    const titles = await titled(ask)
    return relations
      .filter(({ name }) => !(titles && isPackaging(name)))
      .map(one => ({ ...one, ...(rows.has(one.name) && { rows: rows.get(one.name)! }), ...titles?.get(one.name) }))
  },
  async describe({ schema, table }: Place, ask) {
    if (schema !== undefined && schema !== 'main') return undefined
    const [found] = await ask(sql`${relation} and name = ${bind(table)}`)
    if (!found) return undefined
    const relationFound = relationOf(found)
    const isTable = relationFound.what === 'table'
    const described = await ask(
      sql`select name, type, "notnull", pk from pragma_table_xinfo(${bind(table)}) where hidden in (0, 2, 3) order by cid`,
    )
    const shapes = await shapesOf(table, ask)
    const columns = described.map(
      ([name, stored, notNull, key]): CatalogueColumn => ({
        name: name ?? '',
        stored: shapes.get(name ?? '')?.stored ?? stored ?? '',
        ...(isTable && { nullable: notNull === '0' && key === '0' }),
        ...shapes.get(name ?? '')?.place,
      }),
    )
    const key = described.filter(([, , , at]) => Number(at) > 0).sort((a, b) => Number(a[3]) - Number(b[3]))
    // The key of a table without an index of its own is the number of the row itself.
    const primary: Index[] =
      key.length > 0 ? [{ name: 'primary', primary: true, unique: true, columns: key.map(([name]) => name ?? '') }] : []
    const rows = (await counted(ask)).get(table)
    const titles = (await titled(ask))?.get(table)
    return {
      relation: { ...relationFound, ...(rows !== undefined && { rows }), ...titles },
      columns,
      ...(isTable && { indexes: [...primary, ...indexesOf(await ask(indexesSql(table)))] }),
    }
  },
}

/** Tables that a full-text or spatial index keeps for itself are of type `shadow`. */
const relation = raw(
  `select null, name, case type when 'view' then 'view' else 'table' end, null, null from pragma_table_list where schema = 'main' and type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'`,
)

function indexesSql(table: string) {
  return sql`select l.name, '0', l."unique", i.name from pragma_index_list(${bind(table)}) l join pragma_index_info(l.name) i where l.partial = 0 and i.name is not null order by l.seq, i.seqno`
}

function isPackaging(name: string): boolean {
  return /^(gpkg|rtree)_/.test(name)
}

/** Rows by table, as `analyze` counted them once. */
async function counted(ask: Ask): Promise<ReadonlyMap<string, number>> {
  if (!(await has('sqlite_stat1', ask))) return new Map()
  const rows = await ask(raw('select tbl, max(cast(stat as integer)) from sqlite_stat1 group by tbl'))
  return new Map(rows.flatMap(([table, count]) => (table && count !== null ? [[table, Number(count)] as const] : [])))
}

/** Titles and texts of a GeoPackage (OGC 12-128, clause 1.1.3); `undefined`: it is none. */
async function titled(ask: Ask): Promise<ReadonlyMap<string, Pick<Relation, 'title' | 'about'>> | undefined> {
  if (!(await has('gpkg_contents', ask))) return undefined
  const rows = await ask(raw('select table_name, identifier, description from gpkg_contents'))
  return new Map(
    rows.map(([table, title, about]) => [table ?? '', { ...(title && title !== table && { title }), ...(about && { about }) }]),
  )
}

interface Shape {
  readonly stored: string
  readonly place: Pick<CatalogueColumn, 'srid'>
}

/** Geometries of a GeoPackage, by column (OGC 12-128, clause 2.1.5). */
async function shapesOf(table: string, ask: Ask): Promise<ReadonlyMap<string, Shape>> {
  if (!(await has('gpkg_geometry_columns', ask))) return new Map()
  const rows = await ask(
    sql`select g.column_name, g.geometry_type_name, s.organization_coordsys_id from gpkg_geometry_columns g left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id and upper(s.organization) = 'EPSG' where g.table_name = ${bind(table)}`,
  )
  return new Map(
    rows.map(([column, stored, srid]) => [
      column ?? '',
      { stored: `GEOMETRY(${stored ?? ''})`, place: Number(srid ?? 0) > 0 ? { srid: Number(srid) } : {} },
    ]),
  )
}

async function has(table: string, ask: Ask): Promise<boolean> {
  return (await ask(sql`select 1 from sqlite_schema where type in ('table', 'view') and name = ${bind(table)}`)).length > 0
}
