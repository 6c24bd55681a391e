/**
 * Which files of the repository are made from the code, and are they fresh? `npm run generate` writes them, `-- --check` compares,
 * `-- contract` runs the contract of connectors first, against whatever sources this machine has, and writes down what it shows.
 */

import { spawnSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { configurationSchemas } from '../src/config/index.ts'
import { connectorModules } from '../src/connectors/index.ts'
import { resolverTypes } from './codegen.ts'
import { referencePages } from './reference.ts'

/** A generator makes whole files: path from the top of the repository → content. */
type Generator = () => Promise<ReadonlyMap<string, string>> | ReadonlyMap<string, string>

/** One line for each kind of generated file. */
const generators: readonly Generator[] = [editorSchemas, referencePages, resolverTypes]

const root = resolve(import.meta.dirname, '..')

/** Every generated file as it should be: path from the top of the repository → content. */
export async function generateFiles(): Promise<ReadonlyMap<string, string>> {
  const made = await Promise.all(generators.map(generate => generate()))
  return new Map(made.flatMap(files => [...files]))
}

/** Paths of generated files that are missing or differ from what the code makes. */
export async function staleFiles(): Promise<readonly string[]> {
  const files = await generateFiles()
  const compared = await Promise.all([...files].map(async ([file, content]) => ((await contentOf(file)) === content ? [] : [file])))
  return compared.flat()
}

/** JSON Schemas for completion in editors. */
async function editorSchemas(): Promise<ReadonlyMap<string, string>> {
  const schemas = Object.entries(configurationSchemas(await connectorModules()))
  return new Map(schemas.map(([name, schema]) => [`config/schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`]))
}

function contentOf(file: string): Promise<string | undefined> {
  return readFile(resolve(root, file), 'utf8').catch(() => undefined)
}

async function main(check: boolean): Promise<void> {
  if (check) {
    const stale = await staleFiles()
    for (const file of stale) console.error(`stale: ${file}`)
    if (stale.length > 0) console.error('Run "npm run generate" and commit the result.')
    process.exitCode = stale.length > 0 ? 1 : 0
    return
  }
  for (const [file, content] of await generateFiles()) {
    if ((await contentOf(file)) === content) continue
    await mkdir(dirname(resolve(root, file)), { recursive: true })
    await writeFile(resolve(root, file), content)
    console.error(`written: ${file}`)
  }
}

/** Suites that write down what they have shown. */
const contractSuites = ['test/contract', 'test/connectors/sql/mssql-faults.test.ts', 'test/connectors/sql/oracle-faults.test.ts']

/** @returns true when every promise was kept */
function runContract(): boolean {
  const jest = ['--experimental-vm-modules', '--no-warnings', resolve(root, 'node_modules/jest/bin/jest.js'), '--runInBand']
  const env = { ...process.env, CONTRACT_SHOWN: 'write' }
  return spawnSync(process.execPath, [...jest, ...contractSuites], { cwd: root, env, stdio: 'inherit' }).status === 0
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('contract') && !runContract()) process.exitCode = 1
  else await main(process.argv.includes('--check'))
}
