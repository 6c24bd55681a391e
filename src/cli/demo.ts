/** `stadttor demo`: the demo city with all its source systems, and the gateway in front of it. */

import { fileURLToPath } from 'node:url'
import type { Running } from '../app.ts'
import { showcase, startDemoCity } from '../demo/index.ts'
import { serve } from './serve.ts'
import { painted, type Terminal } from './terminal.ts'

/** The demo city's configuration: an ordinary one, to read and to copy. */
export const demoConfig = fileURLToPath(new URL('../../config', import.meta.url))

export interface DemoOptions {
  readonly port?: number
  /** Where the source systems' databases are kept between runs. */
  readonly folder: string
}

/** Prints the address, three queries to paste, and how to stop. */
export async function demo(terminal: Terminal, options: DemoOptions): Promise<{ running: Running; stop(): Promise<void> }> {
  const german = terminal.language === 'de'
  terminal.say(german ? 'Die Demo-Stadt wird gebaut …' : 'Building the demo city …')
  const city = await startDemoCity(options.folder)
  try {
    const running = await serve(
      terminal,
      { config: demoConfig, ...(options.port !== undefined && { port: options.port }) },
      { ...process.env, ...city.env },
    )
    terminal.say(welcome(terminal, running))
    return {
      running,
      async stop() {
        await running.stop()
        await city.stop()
      },
    }
  } catch (error) {
    await city.stop()
    throw error
  }
}

function welcome(terminal: Terminal, { url, metricsUrl }: Running): string {
  const german = terminal.language === 'de'
  const queries = showcase.map(
    ({ title, query }) => `${painted(terminal, 'bold', title[terminal.language])}\n${painted(terminal, 'dim', curl(url, query))}`,
  )
  return [
    '',
    painted(terminal, 'bold', german ? `Stadttor läuft: ${url}` : `Stadttor is running: ${url}`),
    german ? `GraphQL: ${url}/graphql   Schema: ${url}/schema.graphql` : `GraphQL: ${url}/graphql   schema: ${url}/schema.graphql`,
    ...(metricsUrl ? [german ? `Messwerte: ${metricsUrl}` : `Metrics: ${metricsUrl}`] : []),
    '',
    ...queries.flatMap(query => [query, '']),
    german ? 'Beenden mit Strg + C.' : 'Stop with Ctrl + C.',
  ].join('\n')
}

/** A line that a shell runs as it is. */
function curl(url: string, query: string): string {
  const compact = query.trim().replace(/\s+/g, ' ').replaceAll("'", "'\\''")
  return `curl -sG ${url}/graphql --data-urlencode 'query=${compact}'`
}
