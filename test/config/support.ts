/** A small city in a temporary folder, for tests of its configuration. */

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { putEntry } from '../../src/config/files/store.ts'
import {
  type Approval,
  approve,
  type Configuration,
  type Gateway,
  type Mistake,
  type ReadOptions,
  readConfiguration,
  type SourceKindParser,
} from '../../src/config/index.ts'
import { type Capabilities, type FieldType, fieldTypes, geometryTypes, type Operator } from '../../src/model/index.ts'

const scalars: readonly FieldType[] = fieldTypes.filter(type => !geometryTypes.some(geometry => geometry === type))
const comparisons: readonly Operator[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn', 'isNull']

const all: Capabilities = {
  filter: Object.fromEntries(
    fieldTypes.map(type => [
      type,
      scalars.includes(type) ? [...comparisons, 'contains', 'startsWith'] : ['bbox', 'within', 'near', 'isNull'],
    ]),
  ),
  sort: scalars,
  group: scalars,
  aggregate: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max'],
  paging: 'keyset',
  written: 'there',
}

/** Databases can do everything, a drawer finds rows by whole numbers only. */
export const kinds: readonly SourceKindParser[] = [
  {
    kinds: ['oracle', 'sqlite'],
    connection: z.strictObject({
      connectString: z.string().regex(/^[^ ]+$/, 'ohne Leerzeichen | without blanks'),
      user: z.string().min(2).optional(),
      password: z.string().optional(),
      port: z.int().optional(),
      help: z.url().optional(),
    }),
    place: z.strictObject({ table: z.string() }),
    capabilities: () => all,
  },
  {
    kinds: ['drawer'],
    connection: z.strictObject({ folder: z.string() }),
    place: z.strictObject({ path: z.string() }),
    capabilities: () => ({ filter: { int: ['eq', 'in'] }, sort: [], group: [], aggregate: [], paging: 'offset' }),
  },
]

export const kindsFor: ReadOptions['kindsFor'] = async () => kinds

export type Files = Readonly<Record<string, string>>

export const gatewayFile = `city: { name: konstanz, title: Stadt Konstanz, operator: Stadt Konstanz }
secret: "0123456789abcdef0123456789abcdef"
audiences:
  internal: { title: { de: Verwaltung, en: Administration }, includes: [public] }
`

export const sourceFile = `id: gruen
kind: oracle
title: Grünflächen
connection: { connectString: db1 }
`

/** The smallest dataset; `more` are further lines. */
export function datasetFile(more = '', fields = '  art: { column: ART, type: text }'): string {
  return `id: baeume
title: Bäume
owner: Umwelt
licence: dl-de/by-2-0
names: { type: Baum, one: baum, many: baeume }
source: { use: gruen, table: V_BAUM }
key: [BAUM_ID]
fields:
${fields}
${more}`
}

export const city: Files = { 'gateway.yml': gatewayFile, 'sources/gruen.yml': sourceFile, 'datasets/umwelt/baeume.yml': datasetFile() }

/** 2 November 2026, noon. */
export const now = Date.UTC(2026, 10, 2, 11)

/** Writes the files to a folder of their own, which is gone after `use`; `-> target` makes a link. */
export async function inFolder<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'stadttor-config-'))
  try {
    for (const [file, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      if (content.startsWith('-> ')) await symlink(content.slice(3), join(folder, file))
      else await writeFile(join(folder, file), content)
    }
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function read(files: Files, more: Partial<ReadOptions> = {}): Promise<Configuration> {
  return inFolder(files, folder => readConfiguration({ folder, kindsFor, env: {}, now, ...more }))
}

/** The gateway of a configuration that has to be right. */
export async function gatewayOf(files: Files, more: Partial<ReadOptions> = {}): Promise<Gateway> {
  const found = await read(files, more)
  if (!found.ok) throw new Error(`not right: ${JSON.stringify(found.mistakes, null, 2)}`)
  return found.gateway
}

/** The mistakes of a configuration. */
export async function mistakesOf(files: Files, more: Partial<ReadOptions> = {}): Promise<readonly Mistake[]> {
  const found = await read(files, more)
  return found.ok ? [] : found.mistakes
}

/** `approvals.yml` with an approval of everything these files wish. */
export async function approvalsOf(files: Files, signature: Partial<Approval> = {}): Promise<string> {
  const { exposures } = await gatewayOf(files, { unapproved: true })
  const approvals = [...exposures.values()].map(exposure => approve(exposure, { by: 'DSB', record: 'A-1', on: '2026-01-01', ...signature }))
  return approvals.reduce((text, approval) => putEntry(text, 'approvals', 'dataset', approval.dataset, approval), '')
}

/** The gateway of files of which others were approved. */
export async function approvedGateway(
  approved: Files,
  wished: Files = approved,
  signature: Partial<Approval> = {},
  more: Partial<ReadOptions> = {},
): Promise<Gateway> {
  return gatewayOf({ ...wished, 'approvals.yml': await approvalsOf(approved, signature) }, more)
}

/** Names of the open fields of the trees, with their uses. */
export function openFields(gateway: Gateway, audience = 'public', dataset = 'baeume'): readonly string[] {
  const fields = gateway.models.get(audience)?.datasets.get(dataset)?.fields ?? []
  return fields.map(field => `${field.name}: ${[...field.use].join(' ')}`)
}
