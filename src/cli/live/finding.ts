/** What can differ between a dataset file and its source, and how bad is it? */

import type { Text } from '../../model/index.ts'

/**
 * `drift`: something will not be answered as it was promised. `unreachable`: nobody knows. `warning`: works, but not well, or is more than
 * it should be. `note`: to know, not to do.
 */
export type Level = 'drift' | 'unreachable' | 'warning' | 'note'

/** Codes are never renamed and never reused; docs/how-to/operate.md says what to do about each. */
export const findingCodes = {
  DATASET_GONE: 'drift',
  COLUMN_GONE: 'drift',
  COLUMN_RENAMED: 'drift',
  COLUMN_RETYPED: 'drift',
  COLUMN_REFUSED: 'drift',
  KEY_NULLABLE: 'drift',
  ACCOUNT_WRITES: 'drift',
  PLACES_OUTSIDE: 'drift',
  SMALL_OUTGROWN: 'drift',
  SOURCE_UNREACHABLE: 'unreachable',
  INDEX_MISSING: 'warning',
  COLUMN_UNSEEN: 'warning',
  ACCOUNT_ALLOWED: 'warning',
  ACCOUNT_SPARE: 'warning',
  ACCOUNT_READS_MORE: 'warning',
  SOME_PLACES_OUTSIDE: 'warning',
  COLUMNS_CLOSED: 'note',
  STATEMENT_LIMIT: 'note',
  NOT_COMPARED: 'note',
} as const satisfies Record<string, Level>

export type FindingCode = keyof typeof findingCodes

export interface Finding {
  readonly code: FindingCode
  readonly level: Level
  readonly source: string
  readonly dataset?: string
  /** Name of a field, or a column that no field serves. */
  readonly field?: string
  readonly message: Text
}

export function finding(code: FindingCode, where: Pick<Finding, 'source' | 'dataset' | 'field'>, message: Text): Finding {
  return { code, level: findingCodes[code], ...where, message }
}

/** By dataset and field; what is said of a source as a whole comes last. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ source, dataset, field }: Finding): string => `${dataset === undefined ? '1' : `0${dataset}`}\0${source}\0${field ?? ''}`
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
