/**
 * What does SQL Server look like from outside? A server of our own for tests, which speaks TDS 7.4 as published in MS-TDS.
 *
 * It is a stand-in: it has been written from the specification and tried with the driver, never beside a real SQL Server. Statements are
 * answered by whatever backend it is given.
 */

import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { Certificate } from './certificate.ts'
import { Conversation } from './conversation.ts'
import type { Call, Fault, LoginFault } from './faults.ts'
import type { Login } from './login.ts'
import type { ResultSet } from './tokens.ts'

/** What answers statements. */
export interface Backend {
  /** @throws SqlError, or a list of them as AggregateError */
  run(call: Call): ResultSet
}

export interface Options {
  readonly backend: Backend
  readonly user?: string
  readonly password?: string
  readonly databases?: readonly string[]
  /** `off`: the server says that it cannot encrypt. `strict`: TDS 8. Default: off. */
  readonly encryption?: 'off' | 'required' | 'strict'
  /** Needed for encryption. */
  readonly certificate?: Certificate
  readonly fault?: (call: Call) => Fault | undefined
  readonly loginFault?: (login: Login) => LoginFault | undefined
  /** Where clients are sent on to after their login. */
  readonly route?: { readonly host: string; readonly port: number }
}

/** What happened, in order. */
export type Event =
  | { readonly what: 'connected' | 'cancelled' | 'reset' | 'closed'; readonly session: number }
  | { readonly what: 'login'; readonly session: number; readonly login: Login; readonly encrypted: boolean }
  | { readonly what: 'settings'; readonly session: number; readonly text: string }
  | { readonly what: 'call'; readonly session: number; readonly call: Call }
  | { readonly what: 'transaction'; readonly session: number; readonly kind: 'begin' | 'commit' | 'rollback' | 'save' }

export class TdsServer {
  /** May be changed while the server runs. */
  options: Options
  readonly events: Event[] = []
  readonly #server: Server
  readonly #open = new Set<Conversation>()
  #next = 51

  constructor(options: Options) {
    this.options = options
    this.#server = createServer({ noDelay: true }, socket => this.#welcome(socket))
  }

  /** @returns the port */
  async listen(): Promise<number> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const conversation of this.#open) conversation.end()
    await new Promise(resolve => this.#server.close(resolve))
  }

  /** Connections at the moment. */
  get connections(): number {
    return this.#open.size
  }

  /** Statements that arrived, in order; not the settings of sessions. */
  get calls(): readonly Call[] {
    return this.events.flatMap(event => (event.what === 'call' ? [event.call] : []))
  }

  /** Settings that a session has made for itself, one in a line. */
  get settings(): string {
    return this.events.flatMap(event => (event.what === 'settings' ? [event.text] : [])).join('\n')
  }

  count(what: Event['what']): number {
    return this.events.filter(event => event.what === what).length
  }

  /** Cuts every line. */
  cut(): void {
    for (const conversation of this.#open) conversation.end()
  }

  #welcome(socket: Socket): void {
    const session = this.#next++
    const conversation = new Conversation(
      socket,
      session,
      () => this.options,
      event => void this.events.push(event),
    )
    this.#open.add(conversation)
    this.events.push({ what: 'connected', session })
    socket.on('close', () => {
      this.#open.delete(conversation)
      this.events.push({ what: 'closed', session })
    })
  }
}
