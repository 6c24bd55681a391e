/** How does the server speak with one client? */

import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { Answer, named, procedureEnd } from './answer.ts'
import { ProtocolError, Reader } from './bytes.ts'
import { errors, SqlError } from './errors.ts'
import type { Call, Fault } from './faults.ts'
import { type Login, readLogin } from './login.ts'
import { kinds, type Message, PacketReader, packetsOf } from './packets.ts'
import { type Parameter, readParameter } from './parameters.ts'
import { askedEncryption, encryption, preloginAnswer } from './prelogin.ts'
import type { Event, Options } from './server.ts'
import { checkSettings, isSettings } from './settings.ts'
import { encrypted, encryptedAtOnce } from './tls.ts'
import {
  changes,
  changeToken,
  collationToken,
  columnsToken,
  done,
  doneToken,
  errorToken,
  infoToken,
  loginToken,
  type ResultSet,
  returnStatusToken,
  returnValueToken,
  routingToken,
  rowToken,
  transactionToken,
} from './tokens.ts'

/** Procedures that are called by number. */
const procedures: Readonly<Record<number, string>> = {
  10: 'sp_executesql',
  11: 'sp_prepare',
  12: 'sp_execute',
  13: 'sp_prepexec',
  15: 'sp_unprepare',
}
const byNumber = 0xffff
/** Parameters of one request, those of the procedure itself included. */
const mostParameters = 2_100

type Line = Socket | TLSSocket

export class Conversation {
  readonly #socket: Socket
  readonly #session: number
  readonly #options: () => Options
  readonly #tell: (event: Event) => void
  readonly #packets = new PacketReader()
  readonly #prepared = new Map<number, string>()
  #line: Line
  #login: Login | undefined
  #packetBytes = 4096
  #answering: Promise<void> = Promise.resolve()
  #cancelled = false
  #ended = false
  #transaction: Buffer | undefined
  #transactions = 0

  constructor(socket: Socket, session: number, options: () => Options, tell: (event: Event) => void) {
    this.#socket = socket
    this.#session = session
    this.#options = options
    this.#tell = tell
    socket.on('error', () => this.end())
    socket.on('close', () => this.end())
    const { encryption: mode, certificate } = options()
    this.#line = mode === 'strict' && certificate ? encryptedAtOnce(socket, certificate) : socket
    this.#listen()
  }

  end(): void {
    this.#ended = true
    this.#line.destroy()
    this.#socket.destroy()
  }

  #listen(): void {
    this.#line.on('error', () => this.end())
    this.#line.on('data', (chunk: Buffer) => this.#hear(chunk))
  }

  #hear(chunk: Buffer): void {
    try {
      for (const message of this.#packets.push(chunk)) this.#take(message)
    } catch {
      this.end()
    }
  }

  #take(message: Message): void {
    if (message.kind === kinds.attention) {
      this.#cancelled = true
      this.#tell({ what: 'cancelled', session: this.#session })
      // Two answers: the end of what was interrupted, and the word that it was heard.
      this.#answering = this.#answering.then(() => this.#send(doneToken('statement', done.attention)))
      return
    }
    this.#answering = this.#answering.then(async () => {
      if (this.#ended) return
      this.#cancelled = false
      await this.#answer(message)
    })
    this.#answering = this.#answering.catch(() => this.end())
  }

  async #answer({ kind, body, ignored, resets }: Message): Promise<void> {
    if (kind === kinds.prelogin) return this.#prelogin(body)
    if (kind === kinds.login) return this.#logIn(readLogin(body))
    if (!this.#login) return this.end()
    if (ignored) return this.#send(doneToken('statement', done.error))
    const start = resets ? changeToken(changes.reset, '') : Buffer.alloc(0)
    if (resets) {
      this.#prepared.clear()
      this.#transaction = undefined
      this.#tell({ what: 'reset', session: this.#session })
    }
    const from = new Reader(body)
    from.bytes(from.u32() - 4)
    switch (kind) {
      case kinds.batch:
        return this.#batch(body.subarray(body.readUInt32LE(0)).toString('utf16le'), start)
      case kinds.rpc:
        return this.#procedure(from, start)
      case kinds.transaction:
        return this.#transact(from, start)
      default:
        throw new ProtocolError(`a message of kind ${kind}`)
    }
  }

  // ---- before the login ----

  async #prelogin(body: Buffer): Promise<void> {
    const { encryption: mode = 'off', certificate } = this.#options()
    const asked = askedEncryption(body)
    const wanted = mode === 'required' && certificate !== undefined
    const said = !wanted ? encryption.notSupported : asked === encryption.on ? encryption.on : encryption.required
    await this.#send(preloginAnswer(said))
    if (!wanted || !certificate) return
    this.#line = encrypted(this.#socket, certificate)
    this.#listen()
  }

  async #logIn(login: Login): Promise<void> {
    const { user, password, databases, loginFault, route } = this.#options()
    this.#tell({ what: 'login', session: this.#session, login, encrypted: this.#line !== this.#socket })
    const fault = loginFault?.(login)
    if (fault === 'hang') return
    if (fault === 'drop') return this.end()
    if (fault === 'garbage') return this.#send(Buffer.alloc(200, 0xa5))
    if (fault instanceof SqlError) return this.#refuse(fault)
    if (user !== undefined && (login.user !== user || login.password !== password)) return this.#refuse(errors.loginFailed(login.user))
    if (databases && !databases.includes(login.database))
      return this.#refuse(errors.noDatabase(login.database), errors.loginFailed(login.user))
    this.#login = login
    this.#packetBytes = login.packetSize
    await this.#send(
      changeToken(changes.database, login.database, 'master'),
      infoToken(5701, `Changed database context to '${login.database}'.`),
      collationToken(),
      changeToken(changes.packetSize, String(login.packetSize), '4096'),
      loginToken(),
      route ? routingToken(route.host, route.port) : Buffer.alloc(0),
      doneToken('statement', done.final),
    )
  }

  async #refuse(...why: readonly SqlError[]): Promise<void> {
    await this.#send(...why.map(errorToken), doneToken('statement', done.error))
    this.#line.end()
  }

  // ---- requests ----

  async #batch(text: string, start: Buffer): Promise<void> {
    if (!isSettings(text)) return this.#execute({ text, parameters: [], by: 'batch' }, 'statement', start)
    this.#tell({ what: 'settings', session: this.#session, text })
    try {
      checkSettings(text)
      await this.#send(start, doneToken('statement', done.final))
    } catch (error) {
      await this.#send(start, errorToken(error as SqlError), doneToken('statement', done.error))
    }
  }

  async #procedure(from: Reader, start: Buffer): Promise<void> {
    const length = from.u16()
    const name = length === byNumber ? (procedures[from.u16()] ?? '') : from.text(length).toLowerCase()
    from.u16()
    const parameters: Parameter[] = []
    while (!from.atEnd) parameters.push(readParameter(from))
    if (parameters.length > mostParameters) return this.#fail(start, errors.tooManyParameters())
    const text = (at: number): string => String(parameters[at]?.value ?? '')
    switch (name) {
      case 'sp_executesql':
        return this.#execute({ text: text(0), parameters: named(text(1), parameters.slice(2)), by: name }, 'inProcedure', start)
      case 'sp_describe_first_result_set':
        return this.#execute({ text: text(0), parameters: [], by: name }, 'inProcedure', start)
      case 'sp_prepare':
        return this.#send(start, this.#keep(parameters, text(2)), returnStatusToken(0), doneToken('procedure', done.final))
      case 'sp_prepexec':
        return this.#execute(
          { text: text(2), parameters: named(text(1), parameters.slice(3)), by: name },
          'inProcedure',
          start,
          this.#keep(parameters, text(2)),
        )
      case 'sp_execute': {
        const handle = Number(parameters[0]?.value)
        const prepared = this.#prepared.get(handle)
        if (prepared === undefined) return this.#fail(start, errors.noHandle(handle))
        return this.#execute({ text: prepared, parameters: parameters.slice(1), by: name }, 'inProcedure', start)
      }
      case 'sp_unprepare':
        this.#prepared.delete(Number(parameters[0]?.value))
        return this.#send(start, returnStatusToken(0), doneToken('procedure', done.final))
      default:
        return this.#fail(start, errors.unknownProcedure(name))
    }
  }

  /** Remembers a prepared statement and hands its number back. */
  #keep(parameters: readonly Parameter[], text: string): Buffer {
    const handle = this.#prepared.size + 1
    this.#prepared.set(handle, text)
    return returnValueToken(parameters[0]?.name ?? '@handle', handle)
  }

  #fail(start: Buffer, error: SqlError): Promise<void> {
    return this.#send(start, errorToken(error), doneToken('procedure', done.error))
  }

  async #transact(from: Reader, start: Buffer): Promise<void> {
    const kind = ({ 5: 'begin', 7: 'commit', 8: 'rollback', 9: 'save' } as const)[from.u16()]
    if (kind === undefined) throw new ProtocolError('an unknown request about a transaction')
    this.#tell({ what: 'transaction', session: this.#session, kind })
    const none = Buffer.alloc(0)
    const before = this.#transaction ?? none
    if (kind === 'begin') {
      const number = Buffer.alloc(8)
      number.writeUInt32LE(++this.#transactions)
      this.#transaction = number
      return this.#send(start, transactionToken(changes.began, number, none), doneToken('statement', done.final))
    }
    if (kind === 'save') return this.#send(start, doneToken('statement', done.final))
    this.#transaction = undefined
    const change = kind === 'commit' ? changes.committed : changes.rolledBack
    return this.#send(start, transactionToken(change, none, before), doneToken('statement', done.final))
  }

  // ---- answers ----

  /**
   * @param step  the token behind the rows
   * @param value what a procedure hands back behind them
   */
  async #execute(
    { text, parameters, by }: Pick<Call, 'text' | 'parameters' | 'by'>,
    step: 'statement' | 'inProcedure',
    start: Buffer,
    value: Buffer = Buffer.alloc(0),
  ): Promise<void> {
    const call: Call = { text, parameters, by, session: this.#session, login: this.#login! }
    this.#tell({ what: 'call', session: this.#session, call })
    const fault = this.#options().fault?.(call)
    if (fault?.does === 'wait') await this.#wait(fault.ms)
    if (fault?.does === 'hang') await this.#wait(Number.POSITIVE_INFINITY, fault.deaf)
    if (fault?.does === 'drop' && fault.afterRows === undefined) return this.end()
    const end = step === 'statement' ? 'statement' : 'procedure'
    if (this.#cancelled) return this.#send(doneToken(end, done.error))
    const answer = new Answer((bytes, before) => this.#sendPart(bytes, before))
    answer.add(start)
    try {
      if (fault?.does === 'error' && fault.afterRows === undefined) throw fault.error
      const result = this.#options().backend.run(call)
      const rows = await this.#rows(result, fault, answer)
      if (rows === 'gone') return
      if (rows === 'cancelled') return await this.#finish(answer, doneToken(end, done.error), fault)
      const behind = step === 'statement' ? [doneToken(step, done.count, rows)] : procedureEnd(rows, value)
      await this.#finish(answer, Buffer.concat(behind), fault)
    } catch (error) {
      const list = (error instanceof AggregateError ? error.errors : [error]) as SqlError[]
      if (!list.every(one => one instanceof SqlError)) throw error
      await this.#finish(answer, Buffer.concat([...list.map(errorToken), doneToken(end, done.error)]), fault)
      if (list.some(one => one.class >= 20)) this.end()
    }
  }

  async #rows({ columns, rows }: ResultSet, fault: Fault | undefined, answer: Answer): Promise<number | 'gone' | 'cancelled'> {
    answer.add(columnsToken(columns))
    const last = fault !== undefined && 'afterRows' in fault ? fault.afterRows : undefined
    let count = 0
    for (const row of rows) {
      if (this.#ended) return 'gone'
      if (this.#cancelled) return 'cancelled'
      const token = rowToken(columns, row)
      if (fault && count === last) return this.#breakOff(fault, answer, token)
      answer.add(token)
      count++
      if (fault?.does === 'drip') {
        await answer.flush()
        await this.#wait(fault.ms)
      }
      // Between two portions the client may say something.
      if (fault?.does !== 'mangle' && answer.size > 30_000) await answer.flush()
    }
    return count
  }

  async #breakOff(fault: Fault, answer: Answer, row: Buffer): Promise<'gone'> {
    if (fault.does === 'error') throw fault.error
    if (fault.does === 'dropInRow') answer.add(row.subarray(0, Math.ceil(row.length / 2)))
    if (fault.does === 'endEarly') await this.#send(answer.take())
    else {
      await answer.flush()
      // What was written is on its way before the line is cut.
      this.#socket.end()
      await sleep(20)
      this.end()
    }
    return 'gone'
  }

  async #finish(answer: Answer, end: Buffer, fault: Fault | undefined): Promise<void> {
    const bytes = Buffer.concat([answer.take(), end])
    await this.#sendWhole(fault?.does === 'mangle' ? fault.change(bytes) : bytes, answer.packets)
  }

  async #wait(ms: number, deaf = false): Promise<void> {
    const until = Date.now() + ms
    while (!this.#ended && (deaf || !this.#cancelled) && Date.now() < until) await sleep(Math.min(10, Math.max(until - Date.now(), 1)))
  }

  #send(...tokens: readonly Buffer[]): Promise<void> {
    return this.#sendWhole(Buffer.concat(tokens), 0)
  }

  #sendWhole(bytes: Buffer, packetsBefore: number): Promise<void> {
    return this.#write(packetsOf(kinds.answer, bytes, { size: this.#packetBytes, first: packetsBefore + 1 }))
  }

  async #sendPart(bytes: Buffer, packetsBefore: number): Promise<number> {
    const packets = packetsOf(kinds.answer, bytes, { size: this.#packetBytes, first: packetsBefore + 1, ends: false })
    await this.#write(packets)
    return packets.length
  }

  /** Resolves when the line takes more; a client that does not read is waited for. */
  async #write(packets: readonly Buffer[]): Promise<void> {
    if (this.#ended || this.#line.write(Buffer.concat(packets))) return
    await new Promise<void>(resolve => {
      const go = (): void => {
        this.#line.off('drain', go)
        this.#line.off('close', go)
        resolve()
      }
      this.#line.on('drain', go)
      this.#line.on('close', go)
    })
  }
}
