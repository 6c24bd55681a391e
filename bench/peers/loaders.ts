/** The plain schema with a DataLoader for what hangs on rows: Apollo Server and Yoga share it. */

import { makeExecutableSchema } from '@graphql-tools/schema'
import DataLoader from 'dataloader'
import { districtsById, iso, latestReadings, page, query, type ReadingArguments, streetsById, type Tree, typeDefs } from './plain.ts'

export interface Context {
  readonly streets: DataLoader<number, unknown>
  readonly districts: DataLoader<number, unknown>
  /** One loader for each set of arguments. */
  readonly readings: Map<string, DataLoader<number, unknown[]>>
}

/** Of one request. */
export const context = async (): Promise<Context> => ({
  streets: new DataLoader(streetsById),
  districts: new DataLoader(districtsById),
  readings: new Map(),
})

const resolvers = {
  Query: query,
  BaumSeite: page,
  Baum: {
    geaendertAm: ({ geaendertAm }: Tree) => iso(geaendertAm),
    strasse: ({ strasseId }: Tree, _: unknown, { streets }: Context) => streets.load(strasseId),
    stadtteil: ({ stadtteilId }: Tree, _: unknown, { districts }: Context) => districts.load(stadtteilId),
  },
  Parkhaus: {
    belegungen: ({ id }: { id: number }, args: ReadingArguments, { readings }: Context) => {
      const key = JSON.stringify(args)
      if (!readings.has(key)) readings.set(key, new DataLoader(ids => latestReadings(ids, args)))
      return readings.get(key)!.load(id)
    },
  },
  Belegung: { zeit: ({ zeit }: { zeit: Date | string }) => iso(zeit) },
}

export const schema = makeExecutableSchema({ typeDefs, resolvers })
