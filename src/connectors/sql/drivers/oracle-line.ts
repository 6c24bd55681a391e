/** How do we hold the line of a driver that does not show its socket? */

import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/**
 * The sockets that a piece of work opens, so that they can be cut whatever state the driver believes to be in. oracledb has no way to
 * give up an attempt to connect, and none to end a connection but a goodbye that the server has to answer. Node tells of every socket
 * that is made, and knows on whose behalf.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html "net.client.socket"
 */
export class Line {
  readonly #sockets = new Set<Socket>()
  #cut: Error | undefined

  /** Holds every socket that the work opens. */
  during<T>(work: () => Promise<T>): Promise<T> {
    listen()
    return lines.run(this, work)
  }

  /** Cuts what is open, and whatever the driver opens on its next attempt. */
  cut(reason = new Error('the connection was cut by us')): void {
    this.#cut ??= reason
    // With a reason, because a driver that waits for a connection hears of errors only.
    for (const socket of this.#sockets) socket.destroy(this.#cut)
  }

  /** Bytes that have arrived so far. */
  get bytes(): number {
    return [...this.#sockets].reduce((sum, socket) => sum + socket.bytesRead, 0)
  }

  /** The last socket is gone. */
  get closed(): boolean {
    return [...this.#sockets].every(socket => socket.destroyed)
  }

  take(socket: Socket): void {
    this.#sockets.add(socket)
    if (this.#cut) socket.destroy(this.#cut)
  }
}

const lines = new AsyncLocalStorage<Line>()
let listening = false

function listen(): void {
  if (listening) return
  listening = true
  subscribe('net.client.socket', message => lines.getStore()?.take((message as { readonly socket: Socket }).socket))
}
