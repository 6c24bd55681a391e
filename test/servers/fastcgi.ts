/** How is a CGI program kept alive between questions? By FastCGI: a process starts once and answers many. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as net from 'node:net'

export interface FastCgi {
  /**
   * Asks the program.
   *
   * @returns what it writes: headers and body; empty when it died of the question
   */
  ask(parameters: Readonly<Record<string, string>>, body: Buffer): Promise<Buffer>
  stop(): Promise<void>
}

interface Worker {
  readonly end: () => void
  readonly port: number
}

/** Record types, FastCGI specification 1.0, 8. */
const record = { begin: 1, end: 3, parameters: 4, input: 5, output: 6 } as const

/** Some processes of a program, each answering one question at a time. One that dies is replaced. */
export async function startFastCgi(program: string, processes: number, environment: Readonly<Record<string, string>>): Promise<FastCgi> {
  const free: Promise<Worker>[] = Array.from({ length: processes }, () => startWorker(program, environment))
  const busy = new Set<Worker>()
  const waiting: ((worker: Promise<Worker>) => void)[] = []
  let stopped = false
  const giveBack = (worker: Promise<Worker>): void => {
    const next = waiting.shift()
    if (next) next(worker)
    else free.push(worker)
  }
  const take = (): Promise<Worker> => free.shift() ?? new Promise(resolve => waiting.push(worker => resolve(worker)))
  return {
    async ask(parameters, body) {
      const worker = await take()
      busy.add(worker)
      const answer = await talk(worker, parameters, body)
      busy.delete(worker)
      // One that says nothing at all has died of the question.
      if (answer.length === 0) worker.end()
      if (!stopped) giveBack(answer.length === 0 ? startWorker(program, environment) : Promise.resolve(worker))
      else worker.end()
      return answer
    },
    async stop() {
      stopped = true
      for (const worker of [...busy, ...(await Promise.all(free))]) worker.end()
    },
  }
}

/** Ends the program as soon as whoever started it is gone: the pipe at 3 is then closed, however the end came. */
const guard = 'exec 4<&0; "$0" <&4 3<&- 4<&- & program=$!; exec 4<&-; cat <&3 >/dev/null; kill -9 $program'

/** The program finds a listening socket as its standard input; that is what tells it to speak FastCGI. */
async function startWorker(program: string, environment: Readonly<Record<string, string>>): Promise<Worker> {
  const socket = net.createServer().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address() as net.AddressInfo
  const { fd } = (socket as unknown as { readonly _handle: { readonly fd: number } })._handle
  const child = spawn('/bin/sh', ['-c', guard, program], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: [fd, 'ignore', 'ignore', 'pipe'],
  })
  await once(child, 'spawn')
  // The process has its own copy; ours must not take questions away from it.
  socket.close()
  return { end: () => (child.stdio[3] as net.Socket).destroy(), port }
}

async function talk({ port }: Worker, parameters: Readonly<Record<string, string>>, body: Buffer): Promise<Buffer> {
  const socket = net.connect(port, '127.0.0.1')
  const pairs = Buffer.concat(Object.entries(parameters).map(([name, value]) => pair(name, value)))
  const begin = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])
  socket.write(Buffer.concat([written(record.begin, begin), ...stream(record.parameters, pairs), ...stream(record.input, body)]))
  const pieces: Buffer[] = []
  socket.on('data', piece => pieces.push(piece)).on('error', () => {})
  await once(socket, 'close')
  return outputOf(Buffer.concat(pieces))
}

function outputOf(bytes: Buffer): Buffer {
  const output: Buffer[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const [length, padding] = [bytes.readUInt16BE(at + 4), bytes[at + 6]!]
    if (bytes[at + 1] === record.output) output.push(bytes.subarray(at + 8, at + 8 + length))
    if (bytes[at + 1] === record.end) return Buffer.concat(output)
    at += 8 + length + padding
  }
  return Buffer.alloc(0)
}

/** Content in records of at most 64 KB, and an empty one as its end. */
function stream(type: number, content: Buffer): Buffer[] {
  const size = 65_528
  const parts = Array.from({ length: Math.ceil(content.length / size) }, (_, at) => content.subarray(at * size, (at + 1) * size))
  return [...parts, Buffer.alloc(0)].map(part => written(type, part))
}

function written(type: number, content: Buffer): Buffer {
  const header = Buffer.from([1, type, 0, 1, 0, 0, 0, 0])
  header.writeUInt16BE(content.length, 4)
  return Buffer.concat([header, content])
}

function pair(name: string, value: string): Buffer {
  return Buffer.concat([lengthOf(name), lengthOf(value), Buffer.from(name), Buffer.from(value)])
}

function lengthOf(text: string): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE((Buffer.byteLength(text) | 0x80000000) >>> 0)
  return bytes
}
