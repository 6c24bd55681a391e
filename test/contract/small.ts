/** How does a source look whose every dataset is small? The whole road over it, behind the contract of connectors. */

import { type Connector, localCapabilities } from '../../src/model/index.ts'
import type { Faulty, Opened, Wish } from './connector.ts'
import { roadOver } from './road.ts'
import type { TownDataset, TownDatasets } from './town.ts'

/** The same source, asked for nothing but whole tables. */
export function asSmall(open: (wish: Wish) => Promise<Opened>): (wish: Wish) => Promise<Opened> {
  return async wish => {
    const opened = await open(wish)
    const { faults = {} } = opened
    const datasets = Object.fromEntries(Object.entries(opened.datasets).map(([name, from]) => [name, smallDataset(from)])) as TownDatasets
    return {
      ...opened,
      datasets,
      connector: overSnapshots(opened.connector, datasets),
      faults: Object.fromEntries(Object.entries(faults).map(([name, make]) => [name, async () => faulty(await make(), datasets)])),
    }
  }
}

function faulty(bad: Faulty, datasets: TownDatasets): Faulty {
  return {
    ...bad,
    connector: overSnapshots(bad.connector, datasets),
    ...(bad.dataset && { dataset: smallDataset(bad.dataset) }),
  }
}

function smallDataset(from: TownDataset): TownDataset {
  // Whole numbers of more than 32 bits are left out on the road, for every dataset.
  const large = from.table.columns.filter(
    ({ type }, at) => type === 'int' && from.table.rows.some(row => Math.abs(Number(row[at])) >= 2 ** 31),
  )
  const fields = Object.fromEntries(Object.entries(from.fields).filter(([, field]) => large.every(({ column }) => column !== field.column)))
  // Nothing is kept, so that every question of the suite reaches the source.
  const dataset = { ...from.dataset, fields: Object.values(fields), small: { rows: 10_000 }, can: localCapabilities, freshForSeconds: 0 }
  return { ...from, fields, dataset }
}

function overSnapshots(source: Connector, datasets: TownDatasets): Connector {
  const { read } = roadOver(strict(source), datasets)
  return { capabilities: localCapabilities, read, close: () => source.close() }
}

/** A source that can do nothing but hand out rows; what it is asked beyond is a defect. */
function strict(source: Connector): Connector {
  return {
    capabilities: { filter: {}, sort: [], group: [], aggregate: [], paging: 'offset' },
    async read(request, context) {
      if (request.kind !== 'rows' || request.where || request.position || request.orderBy.length > 0)
        throw new Error('an incapable source was asked for more than rows')
      return source.read(request, context)
    },
    close: () => source.close(),
  }
}
