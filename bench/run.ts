/** `npm run bench`: what do the same questions cost here, and elsewhere? Prints, and writes RESULTS.md. */

import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeCity } from './city.ts'
import { countStatements } from './count.ts'
import { type Database, mariadbDatabase, postgresDatabase, sqliteDatabase } from './databases.ts'
import type { Load, Measured, Said } from './load.ts'
import { measureOverload } from './overload.ts'
import { type Running, startPeer } from './peer.ts'
import {
  drawsOf,
  jsonSpelling,
  plainSpelling,
  postgraphileSpelling,
  type QuestionName,
  questionNames,
  type Spelling,
  stadttorSpelling,
  type Tokens,
} from './questions.ts'
import { type Figures, type Kind, kinds, type Results, writeResults } from './results.ts'
import { collectTokens } from './tokens.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1.5' },
    // Of warm-up before each load.
    warm: { type: 'string', default: '2.5' },
    peers: { type: 'string', default: 'stadttor,apollo,mercurius,postgraphile,hive-gateway,limit-json,constant' },
    questions: { type: 'string', default: questionNames.join() },
    kinds: { type: 'string', default: [...kinds, 'overload'].join() },
    // For those who change something and look again: keeps the database, writes no results.
    draft: { type: 'boolean', default: false },
  },
})
const questions = options.questions.split(',') as QuestionName[]
const wantedKinds = options.kinds.split(',') as (Kind | 'overload')[]
const hotQuestions = (['one', 'page', 'latest', 'many'] as const).filter(question => questions.includes(question))
const equalQuestions = (['page', 'nested', 'groups'] as const).filter(question => questions.includes(question))
const runMs = Number(options.seconds) * 1000
const warmMs = Number(options.warm) * 1000
if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
  console.error('The peers are not installed: npm ci --prefix bench')
  process.exit(2)
}

const draft = options.draft ? 'stadttor_bench_draft' : undefined
const postgres = postgresDatabase(draft ?? `stadttor_bench_${process.pid}`)
/** Where the same questions are asked beside PostgreSQL, of those who can ask them there. */
const others = (
  [
    ['sqlite', () => sqliteDatabase(draft)],
    ['mariadb', () => mariadbDatabase(draft ?? `stadttor_bench_${process.pid}`)],
  ] as const
)
  .filter(([kind]) => wantedKinds.includes(kind))
  .map(([kind, make]) => ({ kind, database: make(), city: '' }))
for (const database of [postgres, ...others.map(({ database }) => database)]) await database.prepare()
console.error('the databases are filled')

const cold = ({ source }: Pick<Database, 'source'>) => writeCity({ source, freshFor: '0 s' })
const hot = ({ source }: Pick<Database, 'source'>) => writeCity({ source, freshFor: '10 min' })
const cities = { cold: cold(postgres), hot: hot(postgres) }
for (const other of others) other.city = cold(other.database)

const tokensOf = new Map<string, Tokens>()
const results: Results = {
  peers: [],
  figures: [],
  statements: new Map(),
  memory: [],
  seconds: runMs / 1000,
  warmSeconds: warmMs / 1000,
  rounds: Number(options.rounds),
}
const names = options.peers.split(',')
const gateways = names.filter(name => name !== 'constant')
const coldKinds = ['cold64', 'cold1', 'equal'] as const
/** What each is measured at: not all have a cache or know other databases, and Hive Gateway is here for what it shares of equal requests. */
const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  stadttor: kinds,
  apollo: kinds,
  mercurius: [...coldKinds, 'hot'],
  postgraphile: coldKinds,
  'hive-gateway': ['equal'],
  'limit-json': coldKinds,
  constant: ['hot'],
}
const isMeasured = (name: string, kind: Kind) => wantedKinds.includes(kind) && (kindsOf[name] ?? kinds).includes(kind)
const answers: Record<string, string> = {}

try {
  if (wantedKinds.some(kind => kind !== 'overload')) {
    await compareAnswers()
    for (let round = 0; round < results.rounds; round++) {
      const order = round % 2 === 0 ? names : names.toReversed()
      for (const name of order) await measurePeer(name)
      for (const other of others) for (const name of order) await measureOther(name, other)
    }
  }
  // A minute, unless told otherwise.
  if (wantedKinds.includes('overload')) results.overload = await measureOverload(cities.cold, runMs * 40)
  const text = writeResults(results)
  console.log(text)
  if (!options.draft) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text)
} finally {
  for (const path of [cities.cold, cities.hot, ...others.map(({ city }) => city)]) rmSync(path, { recursive: true, force: true })
  if (!draft) for (const database of [postgres, ...others.map(({ database }) => database)]) await database.remove()
}

async function spellingOf(name: string, peer: Running, city: string): Promise<Spelling> {
  if (name === 'postgraphile') return postgraphileSpelling
  if (name === 'limit-json') return jsonSpelling
  if (name !== 'stadttor') return plainSpelling
  const tokens = tokensOf.get(city) ?? (await collectTokens(peer.ask))
  tokensOf.set(city, tokens)
  return stadttorSpelling(tokens)
}

function start(name: string, { env }: Pick<Database, 'env'>, city: string, more: Record<string, string> = {}): Promise<Running> {
  const first = name === 'limit-json' ? { question: 'one', values: [1] } : { query: '{ __typename }' }
  return startPeer(name, { ...env, ...more }, city, first)
}

/** Everybody must say the same before anybody is timed; on the way each statement of PostgreSQL is counted. */
async function compareAnswers(): Promise<void> {
  const expected = new Map<string, string>()
  const counter = await countStatements(postgres.host, postgres.port)
  const counted = postgres.through(counter.port)
  const [city, kept] = [cold(counted), hot(counted)]
  for (const name of gateways) await compare(name, counted, city, expected, counter)
  for (const name of gateways.filter(name => isMeasured(name, 'hot'))) await countHot(name, counted, kept, counter)
  counter.close()
  for (const path of [city, kept]) rmSync(path, { recursive: true, force: true })
  for (const { kind, database, city } of others)
    for (const name of gateways.filter(name => isMeasured(name, kind))) await compare(name, database, city, expected)
}

/** What is asked a second time, word for word, where it may be kept. */
async function countHot(name: string, database: Pick<Database, 'env'>, city: string, counter: { statements: number }): Promise<void> {
  const peer = await start(name, database, city, { HOT: '1' })
  const spelling = await spellingOf(name, peer, city)
  for (const question of hotQuestions) {
    const body = spelling.body(question, drawsOf(question, 1)[0]!)
    const first = await peer.ask(body)
    counter.statements = 0
    if ((await peer.ask(body)) !== first) throw new Error(`${name} answers "${question}" otherwise the second time`)
    results.statements.set(`${name}, asked again ${question}`, counter.statements)
  }
  await peer.stop()
}

async function compare(
  name: string,
  database: Pick<Database, 'env'>,
  city: string,
  expected: Map<string, string>,
  counter?: { statements: number },
): Promise<void> {
  const peer = await start(name, database, city)
  const spelling = await spellingOf(name, peer, city)
  for (const question of questions) {
    for (const [at, draw] of drawsOf(question, 3).entries()) {
      if (counter) counter.statements = 0
      const text = await peer.ask(spelling.body(question, draw))
      // The first answer may have had to learn something about the source.
      if (counter && at > 0) results.statements.set(`${name} ${question}`, counter.statements)
      if (counter && name === 'stadttor' && at === 0) answers[question] = text
      const cells = JSON.stringify(cellsOf(spelling, question, text, name))
      const known = expected.get(`${question} ${at}`)
      if (known === undefined) expected.set(`${question} ${at}`, cells)
      else if (known !== cells)
        throw new Error(`${name} answers "${question}" ${draw} otherwise:\n${known.slice(0, 600)}\n${cells.slice(0, 600)}`)
    }
  }
  await peer.stop()
  console.error(`${name}: answers are as expected`)
}

function cellsOf(spelling: Spelling, question: QuestionName, text: string, name: string): unknown {
  try {
    return spelling.cells(question, JSON.parse(text))
  } catch (error) {
    throw new Error(`${name} answers "${question}" with ${text.slice(0, 500)}`, { cause: error })
  }
}

async function measurePeer(name: string): Promise<void> {
  if (name === 'constant') return measureConstant()
  if (coldKinds.some(kind => isMeasured(name, kind))) await measureCold(name)
  if (isMeasured(name, 'hot')) await measureHot(name)
}

async function measureCold(name: string): Promise<void> {
  const peer = await start(name, postgres, cities.cold)
  const idle = peer.memory().now
  const spelling = await spellingOf(name, peer, cities.cold)
  await load(name, 'cold64', questions, peer, spelling, 64, 2_000)
  await load(name, 'cold1', questions, peer, spelling, 1, 2_000)
  await load(name, 'equal', equalQuestions, peer, spelling, 64, 1)
  results.memory.push({ peer: name, startMs: peer.startMs, idle, ...peer.memory() })
  await peer.stop()
}

async function measureHot(name: string): Promise<void> {
  const peer = await start(name, postgres, cities.hot, { HOT: '1' })
  const spelling = await spellingOf(name, peer, cities.hot)
  await load(name, 'hot', hotQuestions, peer, spelling, 64, 1)
  await peer.stop()
}

async function measureOther(name: string, { kind, database, city }: (typeof others)[number]): Promise<void> {
  if (!isMeasured(name, kind)) return
  const peer = await start(name, database, city)
  const spelling = await spellingOf(name, peer, city)
  await load(name, kind, questions, peer, spelling, 64, 2_000)
  await peer.stop()
}

async function measureConstant(): Promise<void> {
  if (!isMeasured('constant', 'hot')) return
  const path = join(tmpdir(), `stadttor-bench-answers-${process.pid}.json`)
  writeFileSync(path, JSON.stringify({ ...answers, graphql: '{}' }))
  for (const [name, env] of [
    ['limit: Fastify, constant', {}],
    ['limit: node:http, constant', { BARE: '1' }],
  ] as const) {
    const peer = await startPeer('limit-constant', { ANSWERS: path, ...env }, '', {})
    for (const question of hotQuestions) await one(name, 'hot', question, peer, 64, ['{}'], `/${question}`)
    await peer.stop()
  }
  rmSync(path)
}

async function load(
  name: string,
  kind: Kind,
  asked: readonly QuestionName[],
  peer: Running,
  spelling: Spelling,
  at: number,
  draws: number,
) {
  if (!isMeasured(name, kind)) return
  for (const question of asked) {
    const bodies = drawsOf(question, draws).map(draw => JSON.stringify(spelling.body(question, draw)))
    await one(name, kind, question, peer, at, bodies, '/graphql')
  }
}

/** Warmed by the same first: code is compiled while it runs, for seconds, and the first figures would be of code that is half compiled. */
async function one(name: string, kind: Kind, question: QuestionName, peer: Running, at: number, bodies: string[], path: string) {
  const measured = await measureLoad(peer, { bodies, path, connections: at, warmMs, runMs })
  if (measured.failed > 0) console.error(`${name} ${kind} ${question}: ${measured.failed} failed`)
  results.figures.push({ peer: name, kind, question, ...measured } satisfies Figures)
  if (!results.peers.includes(name)) results.peers.push(name)
  console.error(`${name} ${kind} ${question}: ${measured.rate.toFixed(1)}/s, ${measured.cpu.toFixed(0)} µs CPU`)
}

/** @returns also the CPU of the peer for one request, in microseconds */
async function measureLoad(peer: Running, load: Omit<Load, 'port'>): Promise<Measured & { readonly cpu: number }> {
  const child = fork(join(import.meta.dirname, 'load.ts'))
  const [begun, ended] = [said(child, 'begun'), said(child, 'ended')]
  const measuring = said<Measured>(child)
  child.send({ port: peer.port, ...load } satisfies Load)
  await begun
  const before = peer.cpu()
  await ended
  const used = peer.cpu() - before
  const measured = await measuring
  child.kill()
  return { ...measured, cpu: (used / Math.max(1, measured.requests)) * 1e6 }
}

/** What the client says next: this word, or what it measured. */
function said<T extends Said>(child: ChildProcess, word?: 'begun' | 'ended'): Promise<T> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown): void => {
      if (word === undefined ? typeof message === 'string' : message !== word) return
      child.off('message', hear)
      resolve(message as T)
    }
    child.on('message', hear)
    child.once('error', reject)
  })
}
