/** How do tests get a real ArcGIS-style server? Koop from npm, in a process of its own. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { featureCollection, stored, type TownColumn, type TownTable } from '../contract/town.ts'

const folder = resolve(import.meta.dirname, 'koop')

export interface KoopServer {
  /** Address of the FeatureServer; layers are numbered as they were given. */
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Makes sure that Koop is installed. It brings 800 packages and a native part along, so it is no dependency of the project:
 * it is installed beside this file when it is first needed.
 *
 * @returns why there is no Koop; `undefined` when it is there. Under CI a missing Koop is an error
 */
export async function koopMissing(): Promise<string | undefined> {
  if (isInstalled()) return undefined
  const reason = await install()
  if (reason !== undefined && process.env.CI) throw new Error(reason)
  return reason
}

/** Starts Koop with tables of the town as layers 0, 1, 2 …; geometry in WGS 84, as Koop wants it. */
export async function startKoop(tables: readonly TownTable[]): Promise<KoopServer> {
  const data = mkdtempSync(join(tmpdir(), 'stadttor-koop-'))
  const file = join(data, 'layers.json')
  writeFileSync(file, JSON.stringify(tables.map(layerOf)))
  const child = spawn(process.execPath, ['--no-warnings', join(folder, 'serve.ts'), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: '' },
  })
  const url = await address(child)
  return {
    url,
    close: async () => {
      const ended = once(child, 'exit')
      child.stdin?.end()
      await ended
      rmSync(data, { recursive: true })
    },
  }
}

async function address(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('{"url"')) return (JSON.parse(line) as { url: string }).url
  }
  throw new Error('Koop did not start')
}

/** A table as ArcGIS services keep one: numbers of rows, booleans as 0 and 1, dates as instants, wall clocks as if they were UTC. */
function layerOf(table: TownTable, id: number): object {
  const { type, features } = featureCollection(table, (cell, column) => {
    const text = stored(cell, column)
    if (text === null) return null
    switch (column.type) {
      case 'int':
      case 'decimal':
      case 'float':
        return Number(text)
      case 'boolean':
        return text === 'true' ? 1 : 0
      case 'date':
        return `${text}T00:00:00.000Z`
      case 'datetime':
        return new Date(text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`).toISOString()
      default:
        return text
    }
  })
  const scalar = table.columns.filter(column => column.type !== 'point' && column.type !== 'polygon')
  return {
    type,
    features: features.map((feature, at) => ({ ...feature, properties: { OBJECTID: at + 1, ...feature.properties } })),
    metadata: {
      id,
      name: table.name,
      idField: 'OBJECTID',
      // So small that trees come in pages.
      maxRecordCount: table.name === 'trees' ? 20 : 1000,
      geometryType:
        table.columns.find(column => column.type === 'point' || column.type === 'polygon')?.type === 'polygon' ? 'Polygon' : 'Point',
      fields: [{ name: 'OBJECTID', type: 'Integer' }, ...scalar.map(fieldOf)],
    },
  }
}

function fieldOf({ column, type }: TownColumn): object {
  const types: Partial<Record<TownColumn['type'], string>> = {
    int: 'Double',
    decimal: 'Double',
    float: 'Double',
    boolean: 'SmallInteger',
    date: 'Date',
    datetime: 'Date',
  }
  return { name: column, type: types[type] ?? 'String', nullable: true }
}

function isInstalled(): boolean {
  return existsSync(join(folder, 'node_modules', '@koopjs', 'koop-core', 'package.json')) && !existsSync(lock)
}

const lock = join(folder, '.installing')

async function install(): Promise<string | undefined> {
  // A lock that old was left behind.
  if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 600_000) rmdirSync(lock)
  try {
    mkdirSync(lock)
  } catch {
    // Another test file is at it.
    for (let second = 0; second < 300 && existsSync(lock); second++) await setTimeout(1000)
    return isInstalled() ? undefined : 'Koop could not be installed'
  }
  process.stderr.write('Installing Koop for the tests of ArcGIS services (once, about a minute) …\n')
  try {
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8', timeout: 280_000 })
    return npm.status === 0
      ? undefined
      : `Koop cannot be installed here: npm ci ended with ${npm.status ?? npm.signal}; its part farmhash may need a compiler`
  } finally {
    rmdirSync(lock)
  }
}
