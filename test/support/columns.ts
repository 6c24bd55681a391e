/** Released fields and engine-only columns for tests that need no configuration. Only tests may cast; in the product it is policy.ts alone. */

import type { EngineColumn, Field, FieldType, OpenField, Use } from '../../src/model/index.ts'

export function open(name: string, type: FieldType, more: Partial<Field> = {}): OpenField {
  const use: ReadonlySet<Use> = new Set(['read', 'filter', 'sort', 'group', 'aggregate'])
  return { name, column: name, type, title: { de: name, en: name }, use, ...more } as OpenField
}

export function engine(column: string, type: FieldType = 'text', zone?: string): EngineColumn {
  return { column, type, ...(zone && { zone }) } as EngineColumn
}
