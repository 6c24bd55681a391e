/** `stadttor serve`: opens the gateway and keeps it open until it is told to stop. */

import { type Running, type StartSetting, startGateway, type WorkerPlace } from '../app.ts'
import { loadCity } from './city.ts'
import { CommandError, exitCodes, type Terminal } from './terminal.ts'

export interface ServeOptions {
  readonly config: string
  readonly host?: string
  readonly port?: number
  readonly unapproved?: boolean
  readonly worker?: WorkerPlace
}

/** @throws CommandError when the configuration is invalid, the port is taken, or `--unapproved` is wanted beyond this machine */
export async function serve(terminal: Terminal, options: ServeOptions, env: StartSetting['env'] = process.env): Promise<Running> {
  const { config: folder, host, port, unapproved, worker } = options
  const gateway = await loadCity(terminal, folder, { ...(env && { env }), ...(unapproved && { unapproved }) })
  const setting: StartSetting = {
    folder,
    ...(host && { host }),
    ...(port !== undefined && { port }),
    ...(unapproved && { unapproved }),
    ...(worker && { worker }),
  }
  try {
    return await startGateway(gateway, setting)
  } catch (error) {
    throw asCommandError(error, port ?? gateway.server.port)
  }
}

/** Stops on Ctrl+C and on a supervisor's SIGTERM; a second signal does not wait for requests in flight. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130)
      stopping = true
      void stop().then(() => process.exit(0))
    })
  }
}

function asCommandError(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new CommandError(exitCodes.usage, {
      de: `Port ${port} ist schon belegt. Mit --port einen anderen nehmen.`,
      en: `Port ${port} is taken. Choose another with --port.`,
    })
  }
  if (code === 'EACCES') {
    return new CommandError(exitCodes.usage, {
      de: `Für Port ${port} fehlen die Rechte. Mit --port einen ab 1024 nehmen.`,
      en: `There are no rights to port ${port}. Choose one from 1024 with --port.`,
    })
  }
  if (code === 'NOT_LOOPBACK') {
    return new CommandError(exitCodes.usage, {
      de: 'Ohne Freigaben (--unapproved) darf nur dieser Rechner fragen: --host 127.0.0.1.',
      en: 'Without approvals (--unapproved) only this machine may ask: --host 127.0.0.1.',
    })
  }
  return error
}
