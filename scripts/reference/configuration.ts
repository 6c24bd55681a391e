/** Which keys may stand in which file of a configuration? From the definitions that parse the files. */

import { configurationSchemas } from '../../src/config/index.ts'
import { connectorModules } from '../../src/connectors/index.ts'
import { fieldTypes } from '../../src/model/index.ts'
import { outputTypes } from '../../src/schema/index.ts'
import { type Form, formHead, rowsOf } from './forms.ts'
import { code, generated, table } from './markdown.ts'

/** `docs/reference/configuration.md` */
export async function writeConfiguration(): Promise<string> {
  const { gateway, source, dataset, approvals, keys } = configurationSchemas(await connectorModules()) as Readonly<Record<string, Form>>
  return `${generated}
# Configuration

A folder with these files:

\`\`\`text
gateway.yml                      the city and its limits
sources/<system>.yml             one source system each, owned by IT
datasets/<department>/<id>.yml   one dataset each, owned by its department
approvals.yml                    written by "stadttor approve"
keys.yml                         written by "stadttor key create"
\`\`\`

- Plain YAML 1.2 in UTF-8: no anchors, no merge keys, no tags. An unknown key is a mistake, and all mistakes are told at once.
- In \`gateway.yml\` and \`sources/\` any text or number may be \`\${NAME}\`, taken from the environment, or
  \`\${file:/run/secrets/x}\`, taken from a file. Nowhere else.
- Editors complete and check the files with the schemas in [config/schema](../../config/schema); a first line such as
  \`# yaml-language-server: $schema=…/config/schema/dataset.schema.json\` names the schema.
- A *duration* is \`500 ms\`, \`60 s\`, \`10 min\`, \`2 h\` or \`2 d\`; a *size* \`100 kB\` or \`64 MB\`; an *id* has small letters,
  digits, \`-\` and \`_\`.
- \`NAME\` in a key stands for a name of your own, \`[]\` for each entry of a list. Groups without required keys may be left out.

## gateway.yml

${formTable(gateway!)}

## Sources

${formTable(withoutConnection(source!))}

${alike(variants(source!).map(variant => [kindsOf(variant), formTable(variant.properties?.connection ?? {})]))
  .map(([kinds, rows]) => `### connection of ${kinds}\n\n${rows}`)
  .join('\n\n')}

## Datasets

${table(formHead, rowsOf(dataset!, '', ['source']))}

${alike(places(dataset!).map(place => [kindsIn(place.title ?? ''), table(formHead, rowsOf(place, 'source.'))]))
  .map(([kinds, rows]) => `### source of a dataset from ${kinds}\n\n${rows}`)
  .join('\n\n')}

### Types

${table(
  ['`type`', 'GraphQL'],
  fieldTypes.map(type => [code(type), code(outputTypes[type])]),
)}

A whole number with \`scale\` is served as \`Decimal\`. \`code\` is served as its label, in the language of the caller.

## approvals.yml

Written by \`stadttor approve\`. An entry that was changed afterwards is void and closes its dataset.

${table(formHead, rowsOf(approvals!, '', ['exposure']))}

## keys.yml

Written by \`stadttor key create\`. To take a key back, delete its entry and restart.

${formTable(keys!)}
`
}

function formTable(form: Form): string {
  return table(formHead, rowsOf(form))
}

/** A source file for each form of \`connection\`. */
function variants(source: Form): readonly Form[] {
  return source.oneOf ?? source.anyOf ?? [source]
}

/** What all kinds of sources have in common. */
function withoutConnection(source: Form): Form {
  const [first = {}] = variants(source)
  const { connection: _, ...properties } = first.properties ?? {}
  const kinds = variants(source).flatMap(variant => variant.properties?.kind?.enum ?? [])
  const own: Form = { type: 'object', description: 'How the source is reached; what stands here depends on its kind' }
  return { ...first, properties: { ...properties, kind: { description: 'Kind of source', enum: kinds }, connection: own } }
}

/** What stands beside \`use\`, for each kind of source. */
function places(dataset: Form): readonly Form[] {
  return dataset.properties?.source?.anyOf ?? []
}

/** Kinds with the same table stand together. */
function alike(tables: readonly (readonly [kinds: string, rows: string])[]): readonly (readonly [string, string])[] {
  const kindsByRows = Map.groupBy(tables, ([, rows]) => rows)
  return [...kindsByRows].map(([rows, same]) => [same.map(([kinds]) => kinds).join(', '), rows])
}

function kindsOf(variant: Form): string {
  return kindsIn((variant.properties?.kind?.enum ?? []).join(', '))
}

function kindsIn(list: string): string {
  return list.split(', ').map(code).join(', ')
}
