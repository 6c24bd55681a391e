/** Which servers do the tests talk to? Those that answer; for the others one is started for this run, where its program is installed. */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import * as net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import pg from 'pg'

const run = promisify(execFile)

/** A kind of server: the variables that tell the suites where it is, and how one is had. */
interface Server {
  readonly name: string
  /** Rejects when none answers there, or not to the tests' user. */
  readonly ask: () => Promise<unknown>
  /** The program that has to be installed; undefined when it is not. */
  readonly program: () => string | undefined
  /** Makes an empty server in a folder. */
  readonly prepare?: (program: string, folder: string) => Promise<unknown>
  readonly start: (program: string, folder: string, port: number) => readonly string[]
  /** What the suites find in their environment from then on. */
  readonly environment: (port: number) => Readonly<Record<string, string>>
  /** Whom the server runs as when the tests run as root. */
  readonly user: string
}

const env = process.env

const servers: readonly Server[] = [
  {
    name: 'PostgreSQL',
    user: 'postgres',
    ask: async () => {
      const client = new pg.Client({
        host: env.PGHOST ?? '127.0.0.1',
        port: Number(env.PGPORT ?? 5432),
        user: env.PGUSER ?? 'postgres',
        password: env.PGPASSWORD ?? '',
        database: 'postgres',
        connectionTimeoutMillis: 3000,
      })
      await client.connect()
      await client.end()
    },
    program: () => {
      const folder = '/usr/lib/postgresql'
      const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : []
      return versions.map(version => `${folder}/${version}/bin/postgres`).find(existsSync)
    },
    prepare: (program, folder) =>
      as('postgres', program.replace(/postgres$/, 'initdb'), [
        ...['-D', join(folder, 'data'), '-U', 'postgres', '--auth=trust'],
        ...['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
      ]),
    start: (_program, folder, port) => [
      ...['-D', join(folder, 'data'), '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=200'],
    ],
    environment: port => ({ PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: 'postgres', PGPASSWORD: '' }),
  },
  {
    name: 'MariaDB',
    user: 'mysql',
    ask: async () => {
      const connection = await mysql.createConnection({
        host: env.MARIADB_HOST ?? '127.0.0.1',
        port: Number(env.MARIADB_PORT ?? 3306),
        user: env.MARIADB_USER ?? 'root',
        password: env.MARIADB_PASSWORD ?? '',
        connectTimeout: 3000,
      })
      await connection.end()
    },
    program: () => ['/usr/sbin/mariadbd', '/usr/bin/mariadbd'].find(existsSync),
    prepare: (_program, folder) =>
      as('mysql', '/usr/bin/mariadb-install-db', [
        ...['--no-defaults', `--datadir=${join(folder, 'data')}`],
        ...['--auth-root-authentication-method=normal', '--skip-test-db'],
      ]),
    start: (_program, folder, port) => [
      ...['--no-defaults', `--datadir=${join(folder, 'data')}`, `--socket=${join(folder, 'socket')}`],
      ...[`--port=${port}`, '--bind-address=127.0.0.1', '--character-set-server=utf8mb4'],
    ],
    environment: port => ({ MARIADB_HOST: '127.0.0.1', MARIADB_PORT: String(port), MARIADB_USER: 'root', MARIADB_PASSWORD: '' }),
  },
  {
    name: 'Redis',
    user: 'redis',
    ask: async () => {
      const { hostname, port } = new URL(env.REDIS_URL ?? 'redis://127.0.0.1:6379')
      const socket = net.connect({ host: hostname, port: Number(port || 6379), timeout: 3000 })
      try {
        await Promise.race([once(socket, 'connect'), once(socket, 'timeout').then(() => Promise.reject(new Error('time-out')))])
      } finally {
        socket.destroy()
      }
    },
    program: () => ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find(existsSync),
    start: (_program, folder, port) => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    environment: port => ({ REDIS_URL: `redis://127.0.0.1:${port}` }),
  },
]

const ends: (() => Promise<void>)[] = []

/** Jest calls this once, before the first suite; the suites inherit what it puts into the environment. */
export default async function setup(): Promise<void> {
  await Promise.all(servers.map(server => server.ask().catch(() => provide(server))))
  Object.assign(globalThis, { endServers: () => Promise.all(ends.map(end => end())) })
}

/** Starts one of its own; a server that is not installed is left to the suites, which say so. */
async function provide(server: Server): Promise<void> {
  const program = server.program()
  if (!program) return
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-server-'))
  const port = await freePort()
  if (isRoot) await run('chown', [server.user, folder])
  await server.prepare?.(program, folder)
  const [command, arguments_] = commandFor(server.user, program, server.start(program, folder, port))
  const child = spawn(command, arguments_, { stdio: 'ignore' })
  const gone = once(child, 'exit')
  ends.push(async () => {
    child.kill('SIGTERM')
    await Promise.race([gone, sleep(5000, undefined, { ref: false })])
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  Object.assign(env, server.environment(port))
  for (let tries = 0; ; tries++) {
    const answered = await server.ask().then(
      () => true,
      () => false,
    )
    if (answered) return
    if (tries === 150 || child.exitCode !== null) throw new Error(`${server.name} was started for the tests and does not answer`)
    await sleep(200)
  }
}

const isRoot = process.getuid?.() === 0

/** Database servers refuse to run as root. */
function commandFor(user: string, program: string, given: readonly string[]): [string, string[]] {
  return isRoot ? ['setpriv', ['--reuid', user, '--regid', user, '--init-groups', program, ...given]] : [program, [...given]]
}

async function as(user: string, program: string, given: readonly string[]): Promise<void> {
  await run(...commandFor(user, program, given), { cwd: '/' })
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
