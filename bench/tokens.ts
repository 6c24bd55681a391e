/** Which ids and cursors does Stadttor give out for the rows that are asked for? */

import { rowsKnown, type Tokens } from './questions.ts'
import { species, years } from './town.ts'

type Ask = (body: unknown) => Promise<string>

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string; readonly nummer: string } }[]
  readonly pageInfo: { readonly endCursor: string }
}

/** They stay good for another start with the same configuration. */
export async function collectTokens(ask: Ask): Promise<Tokens> {
  const ids: string[] = []
  const cursors: string[] = []
  let after: string | null = null
  while (ids.length <= rowsKnown) {
    const query =
      'query($after: String) { baeume(first: 5000, after: $after) { edges { cursor node { id nummer } } pageInfo { endCursor } } }'
    const { baeume }: { baeume: Page } = await data(ask, { query, variables: { after } })
    for (const { cursor, node } of baeume.edges) {
      const row = Number(node.nummer.slice(2))
      ids[row] = node.id
      cursors[row] = cursor
    }
    after = baeume.pageInfo.endCursor
  }
  const seconds = new Map<string, string>()
  for (const art of species) {
    const asked = years.map(
      ab =>
        `y${ab}: baeume(first: 100, filter: { artDeutsch: { eq: ${JSON.stringify(art)} }, pflanzjahr: { gte: ${ab} } }, orderBy: [{ pflanzjahr: DESC }]) { pageInfo { endCursor } }`,
    )
    const found: Record<string, Page> = await data(ask, { query: `{ ${asked.join(' ')} }` })
    for (const ab of years) seconds.set(`${art} ${ab}`, found[`y${ab}`]!.pageInfo.endCursor)
  }
  return { ids, cursors, seconds }
}

async function data<T>(ask: Ask, body: unknown): Promise<T> {
  const answer = JSON.parse(await ask(body))
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data
}
