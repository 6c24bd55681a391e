/** What can a statement say? The part of Oracle's `select` that the stand-in can answer. */

import type { OracleType } from '../types.ts'

export interface Query {
  readonly items: readonly Item[]
  readonly from: Table | Derived
  readonly where: Condition | undefined
  readonly groupBy: readonly Expression[]
  readonly orderBy: readonly Ordering[]
  readonly skip: Expression | undefined
  readonly limit: Expression | undefined
}

export interface Item {
  readonly expression: Expression
  readonly name: string
}

export interface Table {
  readonly is: 'table'
  readonly schema: string | undefined
  readonly name: string
  readonly alias: string
  readonly at: number
}

export interface Derived {
  readonly is: 'derived'
  readonly query: Query
  readonly alias: string
}

export interface Ordering {
  readonly expression: Expression
  readonly descending: boolean
  readonly nulls: 'first' | 'last'
}

export type Expression =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'null' }
  /** From 1. */
  | { readonly is: 'bind'; readonly index: number }
  | { readonly is: 'path'; readonly names: readonly string[]; readonly at: number }
  | { readonly is: 'cast'; readonly of: Expression; readonly to: OracleType }
  /** The first branch whose condition is true; none: null. */
  | {
      readonly is: 'case'
      readonly branches: readonly { readonly when: Condition; readonly result: Expression }[]
      readonly otherwise?: Expression
    }
  | Call

export interface Call {
  readonly is: 'call'
  readonly name: string
  readonly inputs: readonly Expression[]
  readonly distinct: boolean
  /** `count(*)` */
  readonly everything: boolean
  readonly over: { readonly partitionBy: readonly Expression[]; readonly orderBy: readonly Ordering[] } | undefined
  readonly at: number
}

export type Condition =
  | { readonly is: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'compared'; readonly sign: string; readonly left: Expression; readonly right: Expression; readonly at: number }
  | { readonly is: 'missing'; readonly of: Expression; readonly negated: boolean }
  | { readonly is: 'listed'; readonly of: Expression; readonly list: readonly Expression[]; readonly negated: boolean; readonly at: number }
  | {
      readonly is: 'like'
      readonly of: Expression
      readonly pattern: Expression
      readonly escape: Expression | undefined
      readonly negated: boolean
    }
