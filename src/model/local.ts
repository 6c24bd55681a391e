/** What does the gateway need to answer a request itself, over rows that are at hand? */

import type { Row } from './cell.ts'
import type { Column } from './field.ts'
import type { SourceRequest } from './request.ts'

/** Answers requests over rows with the meaning that every source has to keep; made by the connectors, which do the same for their sources. */
export interface LocalEngine {
  /** Every column that a request names anywhere, each once. */
  columnsNamed(request: SourceRequest): readonly Column[]
  /**
   * Filters, sorts, pages, groups and measures.
   *
   * @param columns what the cells of each row are; all that the request names
   * @param rows    every row that the request's condition could be true for
   * @returns       as `Answer.rows`
   */
  answer(request: SourceRequest, columns: readonly Column[], rows: readonly Row[]): readonly Row[]
}
