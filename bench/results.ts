/** How are the figures of a run written down? Medians over the rounds, and ratios that are taken within a round. */

import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { type QuestionName, questionNames, titles } from './questions.ts'

export const kinds = ['cold64', 'cold1', 'hot', 'equal', 'sqlite', 'mariadb'] as const
export type Kind = (typeof kinds)[number]

export interface Figures {
  readonly peer: string
  readonly kind: Kind
  readonly question: QuestionName
  readonly rate: number
  readonly p50: number
  readonly p99: number
  readonly failed: number
  /** Microseconds of the peer's processes for one request. */
  readonly cpu: number
}

export interface Results {
  readonly peers: string[]
  readonly figures: Figures[]
  /** By peer and question. */
  readonly statements: Map<string, number>
  readonly memory: { peer: string; startMs: number; idle: number; now: number; most: number }[]
  readonly seconds: number
  /** Of warm-up before each load. */
  readonly warmSeconds: number
  readonly rounds: number
  /** A section of its own. */
  overload?: string
}

const headings: Readonly<Record<Kind, string>> = {
  cold64: 'Cold, 64 connections: nothing is kept, variables are drawn anew for each request',
  cold1: 'Cold, 1 connection',
  hot: 'Hot, 64 connections: the same question again, each with its own cache',
  equal: 'Equal requests in flight, 64 connections, nothing is kept',
  sqlite: 'Cold, 64 connections, SQLite instead of PostgreSQL',
  mariadb: 'Cold, 64 connections, MariaDB instead of PostgreSQL',
}

const handwritten = 'apollo'
const limit = 'limit-json'
const bare = 'limit: node:http, constant'

export function writeResults(results: Results): string {
  const { seconds, warmSeconds, rounds } = results
  const postgres = run('psql', ['--version'])
  const parts = [
    '# What the same questions cost',
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run bench\`: ${cpus()[0]?.model} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.versions.node}, ${postgres}. Client, peer and database share the machine.`,
    `Every figure is the median of ${rounds} rounds, all peers in turn, the order reversed in every other round, ${seconds} s a load after ${warmSeconds} s of the same; ratios are taken within a round. Before anything was timed all peers gave the same answers. "×" is requests per second against the hand-written Apollo gateway. CPU is the peer's alone, its children's too, without the database server's.`,
    ...kinds.flatMap(kind => (results.figures.some(figures => figures.kind === kind) ? [table(results, kind)] : [])),
    ...(results.statements.size > 0 ? [statements(results)] : []),
    ...(results.memory.length > 0 ? [memory(results)] : []),
    results.overload,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function table(results: Results, kind: Kind): string {
  const questions = questionNames.filter(name => results.figures.some(figures => figures.kind === kind && figures.question === name))
  const rows = results.peers
    .filter(peer => results.figures.some(figures => figures.kind === kind && figures.peer === peer))
    .flatMap(peer => [
      line(peer, 'requests/s', questions, question => {
        const ratio = ratioOf(results, kind, question, peer, handwritten)
        return `${short(median(of(results, kind, question, peer), 'rate'))}${ratio === undefined || peer === handwritten ? '' : ` (${ratio.toFixed(1)}×)`}`
      }),
      line('', 'p50 / p99 ms', questions, question => {
        const found = of(results, kind, question, peer)
        return `${median(found, 'p50').toFixed(1)} / ${median(found, 'p99').toFixed(1)}`
      }),
      line('', 'CPU µs', questions, question => short(median(of(results, kind, question, peer), 'cpu'))),
      ...[limit, bare]
        .filter(other => peer === 'stadttor' && ratioOf(results, kind, questions[0]!, peer, other) !== undefined)
        .map(other => line('', `× ${other}`, questions, question => `${ratioOf(results, kind, question, peer, other)?.toFixed(2)}×`)),
    ])
  const head = `| | | ${questions.map(question => titles[question]).join(' | ')} |\n|---|---|${questions.map(() => '--:').join('|')}|`
  return `## ${headings[kind]}\n\n${head}\n${rows.join('\n')}`
}

function statements({ statements, peers }: Results): string {
  const rows = peers
    .flatMap(peer => [peer, `${peer}, asked again`])
    .filter(peer => questionNames.some(question => statements.has(`${peer} ${question}`)))
  const head = `| | ${questionNames.map(question => titles[question]).join(' | ')} |\n|---|${questionNames.map(() => '--:').join('|')}|`
  const lines = rows.map(peer => `| ${peer} | ${questionNames.map(question => statements.get(`${peer} ${question}`) ?? '').join(' | ')} |`)
  return `## Statements that PostgreSQL ran for one request, counted on the wire\n\n${head}\n${lines.join('\n')}`
}

function memory({ memory, peers }: Results): string {
  const rows = peers.flatMap(peer => {
    const found = memory.filter(entry => entry.peer === peer)
    if (found.length === 0) return []
    const of = (pick: (entry: (typeof memory)[number]) => number) => Math.round(middle(found.map(pick)))
    return [
      `| ${peer} | ${of(entry => entry.startMs)} | ${of(entry => entry.idle)} | ${of(entry => entry.now)} | ${of(entry => entry.most)} |`,
    ]
  })
  return `## Start and memory\n\n| | start to first answer ms | at rest MB | after the load MB | most MB |\n|---|--:|--:|--:|--:|\n${rows.join('\n')}`
}

function line(peer: string, what: string, questions: readonly QuestionName[], cell: (question: QuestionName) => string): string {
  return `| ${peer} | ${what} | ${questions.map(cell).join(' | ')} |`
}

function of({ figures }: Results, kind: Kind, question: QuestionName, peer: string): readonly Figures[] {
  return figures.filter(found => found.kind === kind && found.question === question && found.peer === peer)
}

/** The nth figures of two peers come from one round. */
function ratioOf(results: Results, kind: Kind, question: QuestionName, peer: string, other: string): number | undefined {
  const [mine, theirs] = [of(results, kind, question, peer), of(results, kind, question, other)]
  const ratios = mine.map(({ rate }, round) => rate / (theirs[round]?.rate || Number.NaN))
  return theirs.length === 0 || ratios.some(Number.isNaN) ? undefined : middle(ratios)
}

function median(figures: readonly Figures[], what: 'rate' | 'p50' | 'p99' | 'cpu'): number {
  return middle(figures.map(found => found[what]))
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function short(number: number): string {
  return number >= 100 ? Math.round(number).toLocaleString('en') : number.toFixed(1)
}

function run(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'PostgreSQL of unknown version'
  }
}
