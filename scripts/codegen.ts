/** Which types do the resolvers of the fixed part of the schema get? `codegen.yml` says it; here it is run without writing. */

import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** Path from the top of the repository → content, as `codegen.yml` has it. */
export async function resolverTypes(): Promise<ReadonlyMap<string, string>> {
  // Loaded on use: it is large, and most who import the generators want others.
  const { generate, loadContext } = await import('@graphql-codegen/cli')
  const context = await loadContext(resolve(root, 'codegen.yml'))
  context.cwd = root
  context.updateConfig({ silent: true })
  const files: readonly { readonly filename: string; readonly content: string }[] = await generate(context, false)
  return new Map(files.map(({ filename, content }) => [filename, content]))
}
