/** How does the server answer the calls of one client? */

import { description, loggedIn, noMoreRows, outcome, protocolAnswer, row, rowsFollow, status, typesAnswer } from './answers.ts'
import { bindTypeOf, commandOf, type Formats, textTypes, usualFormats } from './commands.ts'
import type { Connection } from './connection.ts'
import { Broken, OracleError } from './errors.ts'
import type { Fault } from './faults.ts'
import { Lobs } from './lobs.ts'
import { Login } from './login.ts'
import type { Message, Request } from './requests.ts'
import { asksForShape, attributeColumns, attributeRows, shapeAnswer } from './shape.ts'
import type { Prepared } from './sql/database.ts'
import type { Bind, BindShape, Execute } from './statements.ts'
import { type Cell, isLob } from './types.ts'

/** A statement that the client has a number for. */
interface Cursor {
  readonly sql: string
  shapes: readonly BindShape[]
  columns: Prepared['columns']
  rows: readonly (readonly Cell[])[]
  /** Place of the row that goes out next. */
  next: number
  /** How the client wants its columns, once it has said so. */
  defines: readonly BindShape[] | undefined
  fault: Fault
}

export class Dialogue {
  readonly #connection: Connection
  readonly #cursors = new Map<number, Cursor>()
  readonly #lobs = new Lobs()
  #login: Login | undefined
  #user = ''
  #readOnly: 'transaction' | 'session' | undefined
  #formats: Formats = usualFormats
  #lastCursor = 0
  /** The client has said its name. */
  greeted = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  shapesOf(cursor: number): readonly BindShape[] {
    return this.#cursors.get(cursor)?.shapes ?? []
  }

  fail(error: OracleError): void {
    this.#connection.answer(outcome(this.#fields, 0, 0, error))
  }

  async serve({ riders, request }: Message): Promise<void> {
    for (const rider of riders) {
      if (rider.is === 'close') for (const cursor of rider.cursors) this.#cursors.delete(cursor)
      else if (rider.is === 'free') this.#lobs.free(rider.locators)
      else this.#server.note({ is: 'module', session: this.#session, name: rider.module })
    }
    try {
      await this.#call(request)
    } catch (error) {
      if (!(error instanceof OracleError)) throw error
      this.fail(error)
    }
  }

  get #server(): Connection['server'] {
    return this.#connection.server
  }

  get #session(): number {
    return this.#connection.id
  }

  get #fields(): number {
    return this.#server.release.fields
  }

  #call(request: Request): Promise<void> | void {
    const answer = (...messages: readonly Buffer[]): void => this.#connection.answer(...messages)
    switch (request.is) {
      case 'protocol':
        answer(protocolAnswer(this.#server.release))
        break
      case 'types':
        answer(typesAnswer())
        break
      case 'challenge':
        this.#challenge(request)
        break
      case 'proof':
        this.#proof(request.said)
        break
      case 'execute':
        return this.#execute(request)
      case 'again':
        return this.#perform(request.cursor, request.binds, { rows: request.fetch ? request.rows : 0, describes: false, runs: true })
      case 'fetch':
        this.#server.note({ is: 'fetch', session: this.#session, rows: request.rows })
        return this.#rows(request.cursor, request.rows, [])
      case 'lob':
        answer(this.#lobs.answer(request), outcome(this.#fields, 0, 0))
        break
      case 'commit':
      case 'rollback':
        if (this.#readOnly === 'transaction') this.#readOnly = undefined
        this.#server.note({ is: request.is, session: this.#session })
        answer(status())
        break
      case 'logoff':
        this.#server.note({ is: 'logoff', session: this.#session })
        answer(status())
        break
      case 'ping':
        answer(status())
    }
  }

  // ---- login ----

  #challenge({ user, said, fast }: Extract<Request, { is: 'challenge' }>): void {
    const fault = this.#server.greet(this.#connection.service) ?? {}
    if (fault.hang === 'login') return
    if (fault.garbage === 'login') {
      this.#connection.babble()
      return
    }
    this.#user = user.toUpperCase()
    this.#server.note({ is: 'greeting', session: this.#session, user: this.#user, program: said.get('AUTH_PROGRAM_NM') ?? '' })
    this.#login = new Login(this.#server.passwordOf(this.#user), fault.oldVerifier ? '10g' : '12c')
    this.greeted = true
    const before = fast ? [protocolAnswer(this.#server.release), typesAnswer()] : []
    this.#connection.answer(...before, this.#login.challenge(), status())
  }

  #proof(said: ReadonlyMap<string, string>): void {
    const { login: refusal } = this.#server.greet(this.#connection.service) ?? {}
    if (refusal) throw refusal
    const proof = this.#login?.answer(said)
    if (proof === undefined) throw new OracleError(1017, 'invalid username/password; logon denied')
    this.#server.note({ is: 'login', session: this.#session, user: this.#user })
    this.#connection.answer(loggedIn(this.#server.release, proof, this.#connection.service), status())
  }

  // ---- statements ----

  #execute({ sql, cursor, shapes, defines, binds, rows, fetch, run, describe }: Execute): Promise<void> | void {
    if (sql !== undefined && asksForShape(sql)) return this.#shape()
    const id = sql === undefined ? cursor : ++this.#lastCursor
    if (sql !== undefined) this.#cursors.set(id, { ...newCursor, sql, shapes })
    const known = this.#known(id)
    if (shapes.length > 0) known.shapes = shapes
    if (defines) known.defines = defines
    if (defines || (!run && !describe)) return this.#rows(id, rows, [])
    return this.#perform(id, binds, { rows: fetch ? rows : 0, describes: sql !== undefined, runs: run })
  }

  #known(id: number): Cursor {
    const cursor = this.#cursors.get(id)
    if (!cursor) throw new OracleError(1001, 'invalid cursor')
    return cursor
  }

  /**
   * @param plan.rows      so many rows go out with the answer
   * @param plan.describes the client has not seen the columns yet
   * @param plan.runs      false: it wants to see the columns and nothing else
   */
  async #perform(id: number, binds: readonly Bind[], plan: { rows: number; describes: boolean; runs: boolean }): Promise<void> {
    const cursor = this.#known(id)
    const values = binds.map(bind => this.#valueOf(bind))
    this.#server.note({
      is: 'statement',
      session: this.#session,
      sql: cursor.sql,
      values,
      runs: plan.runs,
      readOnly: this.#readOnly !== undefined,
    })
    if (this.#commanded(cursor.sql)) return this.#connection.answer(outcome(this.#fields, id, 0))
    cursor.fault = this.#server.disturb(cursor.sql) ?? {}
    await this.#misbehave(cursor.fault)
    const prepared = this.#prepared(cursor, plan.runs)
    cursor.columns = prepared.columns
    cursor.next = 0
    const told = plan.describes ? [description(cursor.columns, this.#fields)] : []
    if (plan.runs) cursor.rows = prepared.run(values)
    // Before the client has said how it wants large objects, no row goes out.
    const undecided = cursor.defines === undefined && cursor.columns.some(({ type }) => isLob(type))
    if (!plan.runs || plan.rows === 0 || undecided) return this.#connection.answer(...told, outcome(this.#fields, id, 0))
    await this.#rows(id, plan.rows, told)
  }

  #prepared({ sql, shapes }: Cursor, runs: boolean): Prepared {
    return this.#server.database.prepare(sql, {
      schema: this.#user,
      binds: runs ? shapes.map(bindTypeOf) : undefined,
      formats: this.#formats,
    })
  }

  #commanded(sql: string): boolean {
    const command = commandOf(sql, this.#readOnly)
    if (command.is === 'readOnly') this.#readOnly = 'transaction'
    if (command.is === 'settings') {
      if ('READ_ONLY' in command.settings && !this.#server.release.modern) throw new OracleError(2248, 'invalid option for ALTER SESSION')
      if (command.settings.READ_ONLY === 'TRUE') this.#readOnly = 'session'
      const { NLS_DATE_FORMAT: date, NLS_TIMESTAMP_FORMAT: timestamp } = command.settings
      this.#formats = { date: date ?? this.#formats.date, timestamp: timestamp ?? this.#formats.timestamp }
      this.#server.note({ is: 'settings', session: this.#session, settings: command.settings })
    }
    return command.is !== 'select'
  }

  #valueOf({ type, bytes }: Bind): Cell {
    if (bytes === undefined) return null
    const lob = this.#lobs.bound(type, bytes)
    return lob ?? (textTypes.has(type) ? String(bytes) : Buffer.from(bytes))
  }

  async #rows(id: number, count: number, told: readonly Buffer[]): Promise<void> {
    const cursor = this.#known(id)
    const { columns, rows, fault } = cursor
    const end = Math.min(cursor.next + Math.min(count, this.#server.rowsAtOnce), rows.length)
    const forms = columns.map(({ type }, at) => this.#lobs.formOf(type, cursor.defines?.[at]))
    const parts = [...told, rowsFollow(count)]
    let before: readonly Cell[] | undefined
    for (; cursor.next < end; cursor.next++) {
      if (fault.after?.rows === cursor.next) return this.#breakOff(parts, fault.after.what)
      if (fault.dripMs !== undefined) {
        this.#connection.part(...parts.splice(0))
        await this.#connection.pause(fault.dripMs)
      }
      const cells = rows[cursor.next]!
      parts.push(row(columns, cells, before, forms))
      before = cells
      this.#server.rowsSent++
    }
    this.#connection.answer(...parts, outcome(this.#fields, id, cursor.next, cursor.next >= rows.length ? noMoreRows : undefined))
  }

  #shape(): void {
    const id = ++this.#lastCursor
    this.#cursors.set(id, { ...newCursor, columns: attributeColumns, rows: attributeRows })
    this.#server.note({ is: 'shape', session: this.#session })
    this.#connection.answer(shapeAnswer(id, this.#fields), outcome(this.#fields, 0, 0))
  }

  // ---- faults ----

  async #misbehave({ delayMs, hang, deaf, error, drop, garbage }: Fault): Promise<void> {
    if (deaf) await forever
    if (hang) await this.#connection.pause(longest)
    if (delayMs !== undefined) await this.#connection.pause(delayMs)
    if (drop) this.#connection.close()
    if (garbage) this.#connection.babble()
    if (drop || garbage) throw new Broken()
    if (error) throw error
  }

  async #breakOff(parts: readonly Buffer[], what: NonNullable<Fault['after']>['what']): Promise<void> {
    if (what instanceof OracleError) return this.#connection.answer(...parts, outcome(this.#fields, 0, 0, what))
    this.#connection.part(...parts)
    if (what === 'hang') await this.#connection.pause(longest)
    else if (what === 'garbage') this.#connection.babble()
    else this.#connection.end()
  }
}

const newCursor: Cursor = { sql: '', shapes: [], columns: [], rows: [], next: 0, defines: undefined, fault: {} }

const longest = 2 ** 31 - 1
const forever = new Promise<never>(() => {})
