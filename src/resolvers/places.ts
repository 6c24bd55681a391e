/** Do the places of an answer lie in the city, and what happens to those that do not? */

import {
  type Answer,
  type Column,
  type Connector,
  type Dataset,
  type ExtentJudgement,
  extentWords,
  geometryTypes,
  misplaced,
  type ReadContext,
  type Row,
  type SourceRequest,
} from '../model/index.ts'
import type { House } from './asking.ts'
import { readTogether } from './together.ts'

/** An answer with the places that may leave the house. */
export interface PlacedAnswer extends Answer {
  /** How many of them lie far outside the city; absent: none. */
  readonly misplaced?: number
}

/**
 * Asks a source, and looks at every place of its answer.
 *
 * @throws GatewayError as `Connector.read` does
 */
export async function readPlaced(house: House, connector: Connector, request: SourceRequest, context: ReadContext): Promise<PlacedAnswer> {
  const answer = await readTogether(connector, request, context)
  const places = watchPlaces(house, request.dataset, request.kind === 'aggregate' ? request.groupBy : request.columns)
  const rows = places.look(answer.rows)
  const count = places.tell()
  return count > 0 ? { ...answer, rows, misplaced: count } : answer
}

/** Looks at the places of an answer, or of one batch of it after the other. */
export interface PlaceWatch {
  /** The rows as they may be served. */
  look(rows: readonly Row[]): readonly Row[]
  /** Tells the log what was found, and how many places lie far outside. */
  tell(): number
}

/**
 * A place that lies far outside of the city is served all the same (`flag`) or as null (`close`); either way it is counted, and the
 * operator's log says what has probably happened: swapped axes, a wrong reference system, a place of 0/0.
 *
 * @param columns by position in the rows
 */
export function watchPlaces(house: House, dataset: Dataset, columns: readonly Column[]): PlaceWatch {
  const { extent } = house
  const cells = columns.flatMap((column, at) => (isPlace(column) ? [at] : []))
  if (!extent || cells.length === 0) return { look: rows => rows, tell: () => 0 }
  const found = new Map(cells.map(cell => [cell, { places: 0, swapped: 0, zero: 0, elsewhere: 0 }]))
  const look = (row: Row): Row => {
    const wrong = cells.filter(cell => {
      const geometry = row[cell]
      const judgement = found.get(cell)!
      if (typeof geometry !== 'object' || geometry === null) return false
      judgement.places += 1
      const why = misplaced(geometry, extent)
      if (why) judgement[why] += 1
      return why !== undefined
    })
    return wrong.length > 0 && house.outside === 'close' ? without(row, wrong) : row
  }
  return {
    look: rows => rows.map(look),
    tell: () => {
      for (const [cell, judgement] of found) tell(house, dataset.id, columns[cell]!, judgement)
      return [...found.values()].reduce((sum, judgement) => sum + outsideOf(judgement), 0)
    },
  }
}

function tell({ outside, warn }: House, dataset: string, { column }: Column, judgement: ExtentJudgement): void {
  const words = extentWords(judgement)
  if (words) warn(words.en, { dataset, column, ...judgement, served: outside === 'close' ? 'as null' : 'as they are' })
}

function isPlace({ type }: Column): boolean {
  return geometryTypes.some(geometry => geometry === type)
}

function without(row: Row, cells: readonly number[]): Row {
  return row.map((cell, at) => (cells.includes(at) ? null : cell))
}

function outsideOf({ swapped, zero, elsewhere }: ExtentJudgement): number {
  return swapped + zero + elsewhere
}
