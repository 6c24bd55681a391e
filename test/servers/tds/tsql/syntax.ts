/** What can a statement say? The part of T-SQL that is understood here; everything else is a syntax error. */

import type { SqlType } from '../types.ts'

export type Expression =
  | { readonly is: 'column'; readonly table?: string; readonly name: string }
  | { readonly is: 'parameter'; readonly name: string }
  | { readonly is: 'number'; readonly text: string }
  | { readonly is: 'string'; readonly value: string; readonly wide: boolean }
  | { readonly is: 'null' }
  | { readonly is: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly distinct: boolean }
  | { readonly is: 'countAll' }
  | {
      readonly is: 'method'
      readonly of: Expression | 'geometry' | 'geography'
      readonly name: string
      readonly arguments: readonly Expression[]
    }
  /** `STSrid`: a property has no parentheses. */
  | { readonly is: 'property'; readonly of: Expression; readonly name: string }
  | { readonly is: 'convert'; readonly value: Expression; readonly type: SqlType; readonly style: number }
  | { readonly is: 'collate'; readonly value: Expression; readonly collation: string }
  | { readonly is: 'case'; readonly branches: readonly Branch[]; readonly otherwise: Expression }
  | { readonly is: 'rowNumber'; readonly partition: readonly Expression[]; readonly order: readonly Sorting[] }

export interface Branch {
  readonly when: Test
  readonly result: Expression
}

export interface Sorting {
  readonly by: Expression
  readonly descending: boolean
}

export type Test =
  | { readonly is: 'and' | 'or'; readonly left: Test; readonly right: Test }
  | { readonly is: 'not'; readonly test: Test }
  | {
      readonly is: 'compare'
      readonly operator: '=' | '<>' | '<' | '<=' | '>' | '>='
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly is: 'in'; readonly value: Expression; readonly list: readonly Expression[]; readonly negated: boolean }
  | {
      readonly is: 'like'
      readonly value: Expression
      readonly pattern: Expression
      readonly freeing: string | undefined
      readonly negated: boolean
    }
  | { readonly is: 'null'; readonly value: Expression; readonly negated: boolean }

export interface Item {
  readonly value: Expression
  readonly name: string
}

export type From =
  | { readonly is: 'table'; readonly schema: string | undefined; readonly name: string; readonly alias: string }
  | { readonly is: 'select'; readonly select: Select; readonly alias: string }

export interface Select {
  readonly top: Expression | undefined
  readonly items: readonly Item[]
  readonly from: From | undefined
  readonly where: Test | undefined
  readonly groupBy: readonly Expression[]
  readonly orderBy: readonly Sorting[]
  readonly page: { readonly skip: Expression; readonly take: Expression } | undefined
}
