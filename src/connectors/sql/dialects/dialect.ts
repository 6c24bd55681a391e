/** What differs between databases? Facts only; what is made of them stands in `compile/`. */

import type { Fragment, Wrap } from '../compile/fragment.ts'

/**
 * How a source keeps a column, as far as comparing goes:
 *
 * `text` · `padded` text filled up with blanks · `uuid` · `int` any whole number · `decimal` · `double` · `single` a float of 32 bits ·
 * `boolean` · `date` · `time` · `clock` date and time without a zone · `seconds` the same without fractions · `ticks` the same in parts
 * of a second of which there are 300, printed as .000, .003 and .007, from the year 1753 on · `instant` date and time
 * that the source itself knows the zone of · `geometry` · `bytes` · `other` anything else, compared as text
 */
export type Stored =
  | 'text'
  | 'padded'
  | 'uuid'
  | 'int'
  | 'decimal'
  | 'double'
  | 'single'
  | 'boolean'
  | 'date'
  | 'time'
  | 'clock'
  | 'seconds'
  | 'ticks'
  | 'instant'
  | 'geometry'
  | 'bytes'
  | 'other'

/** What the source says of one column. */
export interface ColumnFacts {
  readonly stored: Stored
  /** Text in a one-byte character set. */
  readonly narrow?: boolean
  /** How a bound text becomes a text of the column's own character set and collation, where that is not the statement's. */
  readonly textCast?: Wrap
  /** EPSG number of a geometry column, where it was asked for; 0: the source does not know. */
  readonly srid?: number
}

/** What the source says of a table beside its columns' kinds. */
export interface TableFacts {
  /** Columns of each index that finds any of the table's rows, in the order of the index. */
  readonly indexes: readonly (readonly string[])[]
  /** How an index begins up to a column that it keeps downwards, where that is known. */
  readonly downwards?: readonly (readonly string[])[]
  /** Columns that never miss a value. */
  readonly present: readonly string[]
}

export type DialectName = 'postgres' | 'mysql' | 'mariadb' | 'sqlite' | 'mssql' | 'oracle'

export interface Dialect {
  readonly name: DialectName
  readonly quotes: readonly [open: string, close: string]
  /** @param index from 0 */
  readonly placeholder: (index: number) => string
  /** Values that one statement can bind. */
  readonly bindings: number

  /** Whole numbers have at most 64 bits; a larger one cannot be cast. */
  readonly wholeNumbersOf64Bits: boolean
  /** How a bound text becomes a value of the kind; what is not listed needs no cast. */
  readonly casts: Readonly<Partial<Record<Stored, Wrap>>>
  /** Greatest size of a decimal, where the cast has to name one: digits in all, digits behind the point. */
  readonly decimals?: { readonly digits: number; readonly places: number }
  /** Digits of fractions of a second that a comparison keeps; absent: all. */
  readonly fraction?: number
  /** How a column becomes comparable first: SQLite keeps dates and times as texts in several spellings. */
  readonly reads: Readonly<Partial<Record<Stored, Wrap>>>
  /** Any column as text, as it would be printed. */
  readonly asText: Wrap
  /** A text without blanks at both ends. */
  readonly trim: Wrap
  /** Numbers print without trailing zeros, so that equal texts and equal numbers are the same thing. */
  readonly numbersPrintShort: boolean
  /** Columns keep what they are given whatever their type says. */
  readonly looseTypes: boolean

  /** What makes a comparison of texts exact where the engine's own `=` forgives case, accents or trailing blanks. */
  readonly exact?: {
    readonly column: Wrap
    readonly value: Wrap
    /** The column's exact form as text again. */
    readonly back: Wrap
    /** The engine's own comparison stands beside the exact one, for the sake of the index. */
    readonly besides: boolean
  }
  /** `column like pattern escape '!'` ignoring case, also of umlauts. The pattern comes in lower case. */
  readonly search: {
    readonly column: Wrap
    readonly operator: 'like' | 'ilike'
    /** Characters of a pattern that mean more than themselves. */
    readonly special: RegExp
  }
  /** '' is null. */
  readonly emptyTextIsNull: boolean
  /** Whether what a column of dates holds is a day of the calendar; absent: it is taken for one. */
  readonly isDay?: (column: Fragment) => Fragment

  /** How many values reach one condition: one array, one JSON text, or a list of single ones. */
  readonly lists: 'array' | 'json' | 'single'
  /** Values in one list of single ones. */
  readonly longestList: number
  /** Where an index begins with the key, the first rows of each key are fetched key by key: in a lateral join, or a select for each. */
  readonly laterals?: 'join' | 'union'
  /** Keys that one statement takes; the connector asks again for the rest. */
  readonly keysAtOnce: number
  /** `(a, b) in ((1, 2), (3, 4))` is understood. */
  readonly tuples: boolean

  /** Where nulls stand in ascending order when nothing is said. */
  readonly nulls: 'first' | 'last'
  /** `nulls first` and `nulls last` are understood. */
  readonly nullsKeyword: boolean
  /** `limit 3 offset 2`; `offset 2 rows fetch next 3 rows only`; or `top (3)` where nothing is left out. */
  readonly paging: 'limit' | 'fetch' | 'top'
  /** Where an index leads to the rows anyway, their number stands in the text: the engine then keeps the plan. Absent: it is bound. */
  readonly writesCounts?: true
  /** An order that says nothing, where the engine insists on one. */
  readonly emptyOrder?: string

  /** How a column is selected as exact text; what is not listed comes as it is. */
  readonly selects: Readonly<Partial<Record<Stored, Wrap>>>
  readonly sums: Readonly<Partial<Record<Stored, Wrap>>>
  readonly averages: Readonly<Partial<Record<Stored, Wrap>>>
  /** Least and greatest of kinds that the engine has none for. */
  readonly extremes: Readonly<Partial<Record<Stored, Wrap>>>

  readonly geometry: {
    /** A geometry column as WKB. */
    readonly out: Wrap | ((column: Fragment) => Fragment)
    /** Its EPSG number; absent: nobody but the WKB can say it. */
    readonly srid?: Wrap
    /** The WKB holds the number, so nothing needs to stand beside it. */
    readonly wkbSaysSrid: boolean
    /** `area`: compared with an area in the source's own coordinates. `functions`: by our own code, row by row. */
    readonly filter:
      | {
          readonly by: 'area'
          readonly touches: (column: Fragment, area: Fragment, srid: Fragment) => Fragment
          /** Nothing touches an area of another number, so it gets the column's own, whatever its coordinates are declared to be. */
          readonly ownSrid?: boolean
        }
      | { readonly by: 'functions'; readonly bbox: string; readonly within: string; readonly near: string }
  }
}
