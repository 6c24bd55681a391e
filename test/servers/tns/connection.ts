/** How does a connection to the server begin, and how do packets become calls? */

import type { Socket } from 'node:net'
import { Reader, Unfinished } from './bytes.ts'
import { Dialogue } from './dialogue.ts'
import { Broken, OracleError } from './errors.ts'
import type { GreetingFault } from './faults.ts'
import {
  acceptPacket,
  dataFlag,
  dataPackets,
  Framer,
  marker,
  markerPacket,
  type Packet,
  packet,
  packetOf,
  readConnect,
  refusePacket,
} from './packets.ts'
import { type Message, readMessage } from './requests.ts'
import type { TnsServer } from './server.ts'
import { longestText } from './types.ts'

/** What modern servers say behind everything else. */
const endOfAnswer = Buffer.from([29])

export class Connection {
  readonly server: TnsServer
  readonly id: number
  readonly #socket: Socket
  readonly #framer = new Framer()
  readonly #dialogue = new Dialogue(this)
  /** Bytes of a packet at most. */
  #unit = 8192
  #connectText = ''
  #connectLength = 0
  #accepted = false
  #waiting: Buffer = Buffer.alloc(0)
  #busy: Promise<void> = Promise.resolve()
  #breaking = new AbortController()
  #closed = false

  constructor(server: TnsServer, socket: Socket, id: number) {
    this.server = server
    this.id = id
    this.#socket = socket
    socket.on('data', chunk => this.#receive(chunk))
    socket.on('error', () => this.close())
    socket.on('close', () => this.close())
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#breaking.abort(new Broken())
    this.#socket.destroy()
    this.server.ended(this)
  }

  /** Ends the connection after what was written has gone out. */
  end(): void {
    this.#socket.end(() => this.close())
  }

  /** What the client wrote behind the address. */
  get service(): string {
    return /\((?:SERVICE_NAME|SID)=([^)]*)\)/i.exec(this.#connectText)?.[1] ?? ''
  }

  /** A whole answer. */
  answer(...messages: readonly Buffer[]): void {
    const modern = this.server.release.modern && this.#dialogue.greeted
    const whole = Buffer.concat(modern ? [...messages, endOfAnswer] : messages)
    for (const one of dataPackets(whole, this.#unit, modern)) this.#write(one)
  }

  /** A part of an answer. */
  part(...messages: readonly Buffer[]): void {
    for (const one of dataPackets(Buffer.concat(messages), this.#unit, false)) this.#write(one)
  }

  /** In place of an answer: bytes that mean nothing, in a packet or instead of one. */
  babble(): void {
    this.#write(this.#accepted ? packetOf(packet.data, nonsense, true) : nonsense)
  }

  /** A wait that a break ends. */
  async pause(ms: number): Promise<void> {
    const { signal } = this.#breaking
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    const stop = (): void => reject(new Broken())
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    try {
      await promise
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }

  #write(bytes: Buffer): void {
    if (!this.#closed) this.#socket.write(bytes)
  }

  /** Messages that the stand-in does not know, and its own mistakes, end the connection and fail the test. */
  #trouble(error: unknown): void {
    if (!this.#closed) this.server.troubles.push(error)
    this.close()
  }

  #receive(chunk: Buffer): void {
    try {
      for (const one of this.#framer.push(chunk)) this.#packet(one)
    } catch (error) {
      this.#trouble(error)
    }
  }

  #packet({ type, bytes }: Packet): void {
    if (type === packet.connect) this.#connect(bytes)
    else if (type === packet.marker) this.#marker(bytes[10]!)
    else if (type === packet.data) this.#data(bytes)
    else throw new Error(`a packet of type ${type} is unknown here`)
  }

  #connect(bytes: Buffer): void {
    const { length, text, unit } = readConnect(bytes)
    this.#unit = Math.min(Math.max(unit, 512), 65_535)
    this.#connectLength = length
    this.#connectText = ''
    // The text follows in a packet of its own when it is long.
    this.#connectMore(text)
  }

  #connectMore(text: string): void {
    this.#connectText += text
    if (this.#connectText.length >= this.#connectLength) this.#greet(this.server.greet(this.service) ?? {})
  }

  #greet(fault: GreetingFault): void {
    if (fault.drop) this.close()
    else if (fault.garbage === 'connect') this.babble()
    else if (fault.refuse !== undefined) {
      this.#write(refusePacket(fault.refuse))
      this.#socket.end()
    } else if (fault.hang !== 'connect') this.#accept()
  }

  #accept(): void {
    const { network, modern } = this.server.release
    this.#accepted = true
    this.#framer.large = network >= 315
    this.#write(acceptPacket({ version: network, unit: this.#unit, modern }))
  }

  /** Break, then reset from both sides, then the error that tells how the call ended. */
  #marker(reason: number): void {
    if (reason !== marker.reset) {
      this.server.note({ is: 'break', session: this.id })
      this.#waiting = Buffer.alloc(0)
      this.#breaking.abort(new Broken())
      this.#write(markerPacket(marker.break))
      return
    }
    this.#write(markerPacket(marker.reset))
    this.#queue(async () => {
      this.#breaking = new AbortController()
      this.#dialogue.fail(new OracleError(1013, 'user requested cancel of current operation'))
    })
  }

  #data(bytes: Buffer): void {
    const content = bytes.subarray(10)
    if ((bytes.readUInt16BE(8) & dataFlag.last) !== 0) this.#socket.end()
    else if (!this.#accepted) this.#connectMore(content.toString('latin1'))
    else {
      this.#waiting = Buffer.concat([this.#waiting, content])
      this.#read()
    }
  }

  #read(): void {
    const { fields } = this.server.release
    const known = { fields, longestText, shapesOf: (cursor: number) => this.#dialogue.shapesOf(cursor) }
    while (this.#waiting.length > 0) {
      const reader = new Reader(this.#waiting)
      let message: Message
      try {
        message = readMessage(reader, known)
      } catch (error) {
        if (error instanceof Unfinished) return
        throw error
      }
      this.#waiting = this.#waiting.subarray(this.#waiting.length - reader.left)
      this.#queue(() => this.#dialogue.serve(message))
    }
  }

  /** One call after the other, as the client waits for each. */
  #queue(work: () => Promise<void>): void {
    this.#busy = this.#busy.then(work).catch(error => {
      if (!(error instanceof Broken)) this.#trouble(error)
    })
  }
}

/** As the header of a packet: far too long, and of no type. */
const nonsense = Buffer.concat([Buffer.from([0xff, 0xfe, 0xfd, 0x01]), Buffer.alloc(60, 0xa5)])
