/** What does a source say of itself? For drafting dataset files and comparing them with the source; never used to answer callers. */

import type { ReadContext } from './connector.ts'
import type { FieldType } from './field.ts'

/** One thing that a source offers and a dataset can be made of. */
export interface SourceItem {
  /** As the source writes it; unique within the source. */
  readonly name: string
  readonly what: 'table' | 'view' | 'layer' | 'collection' | 'entity' | 'file'
  /** What stands beside `use:` in a dataset's `source:`, as a dataset file would write it. */
  readonly place: Readonly<Record<string, unknown>>
  readonly title?: string
  readonly about?: string
  /** Rows it holds; where counting is dear, what the source's statistics say. */
  readonly rows?: number
  /** Columns that tell rows apart, where the source says it in the same breath; `describe` always says what is known. */
  readonly key?: readonly string[]
}

/** A source as somebody pasted it: an address out of a browser, a connection string, the name of a file. */
export interface RecognisedSource {
  /** `kind:` of a source file. */
  readonly kind: string
  /** `connection:` of a source file, as it would be written; never with a password. */
  readonly connection: Readonly<Record<string, unknown>>
  /** What stands beside `use:`, when the pasted text names a single item as well. */
  readonly place?: Readonly<Record<string, unknown>>
}

/** A column, property or path as the source declares it. */
export interface StoredColumn {
  /** What `column:` in a dataset file takes. */
  readonly column: string
  /** The source's own words for its type: `NUMBER(10,2)`, `esriFieldTypeDate`, `gml:PointPropertyType`. */
  readonly stored: string
  /** The field type that fits; absent when none does. */
  readonly type?: FieldType
  /** Absent: the source does not say. */
  readonly nullable?: boolean
  readonly title?: string
  readonly about?: string
  readonly unit?: string
  /** Stored code → label, where the source declares them. */
  readonly codes?: Readonly<Record<string, string>>
  /** Of a geometry, such as `EPSG:25832`. */
  readonly crs?: string
  /** true: filters and orders by it are quick; false: there is no index. Absent: not known, or not asked of such a source. */
  readonly indexed?: boolean
}

/** An item with its columns. */
export interface ItemDescription extends SourceItem {
  readonly columns: readonly StoredColumn[]
  /** Columns that tell rows apart; empty when the source does not say. */
  readonly key: readonly string[]
}

/** What the gateway's account may do at a source. Roles that it holds count as itself. */
export interface SourceAccount {
  /** As it logged in. */
  readonly user: string
  /** Whatever it may change at the source, one line each, in the source's own words: `UPDATE on GRUEN.BAUM`, `superuser`. Empty: it only reads. */
  readonly writes: readonly string[]
  /** Rights beyond reading that change nothing the source keeps, written the same way: `TEMPORARY on kataster`. */
  readonly spare: readonly string[]
  /** What it may read, as far as the source tells: by table, its readable columns. */
  readonly reads: readonly { readonly table: string; readonly columns: readonly string[] }[]
  /** Milliseconds after which the source itself ends a statement of this account; absent: never, or not known. */
  readonly statementMs?: number
}

/** What a dataset needs of a source: the columns that its statements name. */
export interface NeededColumns {
  readonly place: Readonly<Record<string, unknown>>
  readonly columns: readonly string[]
}

/**
 * Looks at a source for `introspect`, `init`, `check --live` and `grants`. `serve` opens none, save to examine the account.
 * It only reads, and fails as `Connector.read` does.
 */
export interface Introspector {
  /** Everything that a dataset could be made of, by name. */
  list(context: ReadContext): Promise<readonly SourceItem[]>
  /**
   * @param place what stands beside `use:`, parsed by the connector's own `place` schema
   * @throws GatewayError SOURCE_CHANGED when it is not there
   */
  describe(place: Readonly<Record<string, unknown>>, context: ReadContext): Promise<ItemDescription>
  /**
   * A few rows as the source writes them, to propose types and meanings from. Personal data may be among them: shown masked, never kept.
   *
   * @param columns as `StoredColumn.column`
   * @param limit   1 … 1000
   * @returns       one array per row, in the order of `columns`; a missing value is null
   */
  sample(
    place: Readonly<Record<string, unknown>>,
    columns: readonly string[],
    limit: number,
    context: ReadContext,
  ): Promise<readonly (readonly (string | null)[])[]>
  /** Only where a source knows accounts. */
  account?(context: ReadContext): Promise<SourceAccount>
  /** The least that the account must be granted, as statements of the source's own language; only where a source knows accounts. */
  grants?(needed: readonly NeededColumns[]): string
  close(): Promise<void>
}
