/** Is a dataset's table or layer still what its file says? */

import { type Exposure, nearest, neededColumns } from '../../config/index.ts'
import { type FieldType, geometryTypes, type ItemDescription, type StoredColumn } from '../../model/index.ts'
import { type Finding, finding } from './finding.ts'
import { fits } from './fit.ts'

/** What is known of the source beside the table itself. */
export interface Surroundings {
  /** Columns of the table that the account may read; absent: not known. */
  readonly readable?: readonly string[] | undefined
  /** Rows that a small dataset may have; absent: the dataset is not small, and the source searches by itself. */
  readonly small?: number | undefined
}

/** Databases that hold a column to its type. */
const strict: ReadonlySet<string> = new Set(['postgres', 'mysql', 'mariadb', 'mssql', 'oracle'])
/** Databases to which `GID` and `gid` are one column. */
const forgiving: ReadonlySet<string> = new Set(['mysql', 'mariadb', 'mssql', 'sqlite'])
/** Sources that list every column they have; of the others a property may be missing in what was looked at. */
const complete: ReadonlySet<string> = new Set([...strict, 'sqlite', 'wfs', 'arcgis', 'file'])

interface Used {
  readonly column: string
  readonly type: FieldType
  /** Name of the field that it serves, or the column itself. */
  readonly name: string
  readonly isKey: boolean
  /** Filtered or sorted by. */
  readonly searched: boolean
  /** Read as the source writes it, whatever its type is called. */
  readonly written: boolean
}

export function compare(exposure: Exposure, described: ItemDescription, around: Surroundings = {}): Finding[] {
  const { kind } = exposure.source
  const same = (a: string, b: string): boolean => a === b || (forgiving.has(kind) && a.toLowerCase() === b.toLowerCase())
  const used = usedColumns(exposure)
  const storedOf = ({ column, type }: Used): StoredColumn | undefined =>
    described.columns.find(stored => same(stored.column, column)) ?? (strict.has(kind) || !isShape(type) ? undefined : onlyShape(described))
  const taken = new Set(used.map(storedOf))
  const spare = described.columns.filter(stored => !taken.has(stored))
  const found = used.flatMap(one => {
    const stored = storedOf(one)
    return stored ? differences(exposure, one, stored, around) : [gone(exposure, one, spare)]
  })
  return [...found, ...outgrown(exposure, described, around), ...closed(exposure, spare)]
}

/** A layer has one geometry, whatever it is called. */
function onlyShape({ columns }: ItemDescription): StoredColumn | undefined {
  const shapes = columns.filter(({ type }) => type !== undefined && isShape(type))
  return shapes.length === 1 ? shapes[0] : undefined
}

function isShape(type: FieldType): boolean {
  return (geometryTypes as readonly FieldType[]).includes(type)
}

function usedColumns(exposure: Exposure): Used[] {
  const { fields, key, joinable, rows, relations } = exposure
  const served = Object.entries(fields).map(
    ([name, { column, type, use, written }]): Used => ({
      column,
      type,
      name,
      isKey: key.some(part => part.column === column),
      searched: use.includes('filter') || use.includes('sort'),
      written: written !== undefined,
    }),
  )
  const engine = [...key, ...joinable, ...rows, ...Object.values(relations).flatMap(({ match }) => match.map(({ left }) => left))]
  const hidden = engine
    .filter(({ column }, at) => !served.some(one => one.column === column) && engine.findIndex(other => other.column === column) === at)
    .map(
      ({ column, type }): Used => ({
        column,
        type,
        name: column,
        isKey: key.some(part => part.column === column),
        searched: false,
        written: false,
      }),
    )
  const all = [...served, ...hidden]
  // Written down once more in another file, the list could not be trusted to be the one that grants are made of.
  if (!neededColumns(exposure).every(column => all.some(one => one.column === column))) throw new Error('a needed column was forgotten')
  return all
}

function gone(exposure: Exposure, { column, type, name }: Used, spare: readonly StoredColumn[]): Finding {
  const where = { source: exposure.source.id, dataset: exposure.dataset, field: name }
  if (!complete.has(exposure.source.kind)) {
    return finding('COLUMN_UNSEEN', where, {
      de: `„${column}“ kam in dem, was die Quelle von sich sagt, nicht vor.`,
      en: `"${column}" did not occur in what the source says of itself.`,
    })
  }
  const candidates = spare.filter(other => other.type !== undefined && fits(type, other.type, !strict.has(exposure.source.kind)))
  const now = nearest(
    column,
    candidates.map(other => other.column),
  )
  if (now === undefined) {
    return finding('COLUMN_GONE', where, {
      de: `Die Spalte „${column}“ gibt es nicht mehr, oder dieses Konto sieht sie nicht.`,
      en: `The column "${column}" is gone, or this account does not see it.`,
    })
  }
  return finding('COLUMN_RENAMED', where, {
    de: `Die Spalte „${column}“ gibt es nicht mehr; vielleicht heißt sie jetzt „${now}“.`,
    en: `The column "${column}" is gone; perhaps it is called "${now}" now.`,
  })
}

function differences(exposure: Exposure, one: Used, stored: StoredColumn, { readable, small }: Surroundings): Finding[] {
  const where = { source: exposure.source.id, dataset: exposure.dataset, field: one.name }
  const { column, type } = one
  const found: Finding[] = []
  if (readable && !readable.includes(stored.column)) {
    found.push(
      finding('COLUMN_REFUSED', where, {
        de: `Das Konto darf die Spalte „${column}“ nicht lesen. „stadttor grants ${where.source}“ zeigt, was ihm fehlt.`,
        en: `The account may not read the column "${column}". "stadttor grants ${where.source}" shows what it lacks.`,
      }),
    )
  }
  if (stored.type !== undefined && !one.written && !fits(type, stored.type, !strict.has(exposure.source.kind))) {
    found.push(
      finding('COLUMN_RETYPED', where, {
        de: `Die Spalte „${column}“ ist „${stored.stored}“ und lässt sich nicht als „${type}“ lesen.`,
        en: `The column "${column}" is "${stored.stored}" and cannot be read as "${type}".`,
      }),
    )
  }
  // A service lets nearly everything be missing; a database means it.
  if (one.isKey && stored.nullable === true && (strict.has(exposure.source.kind) || exposure.source.kind === 'sqlite')) {
    found.push(
      finding('KEY_NULLABLE', where, {
        de: `„${column}“ gehört zum Schlüssel, darf in der Quelle aber fehlen: Zeilen ohne diesen Wert sind einzeln nicht zu finden.`,
        en: `"${column}" is part of the key, but may be missing at the source: rows without it cannot be looked up.`,
      }),
    )
  }
  if (one.searched && stored.indexed === false && small === undefined) {
    found.push(
      finding('INDEX_MISSING', where, {
        de: `Nach „${column}“ wird gefiltert oder sortiert, aber kein Index beginnt damit: große Tabellen werden jedes Mal ganz gelesen.`,
        en: `"${column}" is filtered or sorted by, and no index begins with it: a large table is read as a whole each time.`,
      }),
    )
  }
  return found
}

/** A row rule may leave fewer; how many, only the source knows. */
function outgrown({ source, dataset, rows }: Exposure, described: ItemDescription, { small }: Surroundings): Finding[] {
  if (small === undefined || described.rows === undefined || described.rows <= small || rows.length > 0) return []
  return [
    finding(
      'SMALL_OUTGROWN',
      { source: source.id, dataset },
      {
        de: `Die Quelle hat etwa ${described.rows} Zeilen, „small“ erlaubt ${small}: Es wird nicht mehr geantwortet.`,
        en: `The source has about ${described.rows} rows, "small" allows ${small}: nothing is answered any more.`,
      },
    ),
  ]
}

function closed({ source, dataset }: Exposure, spare: readonly StoredColumn[]): Finding[] {
  if (spare.length === 0) return []
  const names = spare.map(({ column }) => column).join(', ')
  const message = {
    de: `Nicht freigegeben und bleibt geschlossen: ${names}.`,
    en: `Not released and stays closed: ${names}.`,
  }
  return [finding('COLUMNS_CLOSED', { source: source.id, dataset }, message)]
}
