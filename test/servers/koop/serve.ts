/** A Koop server over layers in a file: `node serve.ts layers.json`. Prints its address as one line of JSON. */

import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'

process.env.NODE_CONFIG_DIR = import.meta.dirname
process.env.SUPPRESS_NO_CONFIG_WARNING = '1'

interface Request {
  readonly params: { readonly layer?: string }
}

const load = createRequire(import.meta.url)
const Koop = load('@koopjs/koop-core')
// The engine below Koop remembers lists by their text, and answers IN ('1', '2') with the numbers of an earlier IN (1, 2).
load('alasql').options.cache = false

const layers: readonly { readonly metadata: { readonly id: number } }[] = JSON.parse(readFileSync(process.argv[2]!, 'utf8'))

class Model {
  async getData({ params: { layer } }: Request): Promise<object> {
    if (layer === undefined) return { layers }
    const found = layers.find(({ metadata }) => String(metadata.id) === layer)
    if (found) return { ...found, ttl: 0 }
    throw Object.assign(new Error('Layer not found'), { code: 404 })
  }
}

const koop = new Koop({ logLevel: 'error', disableCompression: true })
koop.register({ type: 'provider', name: 'stadt', version: '1.0.0', hosts: false, disableIdParam: true, Model })
const server: Server = koop.server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/stadt/rest/services/FeatureServer` })}\n`)
})

// Ends with whoever started it, also when that one is killed.
process.stdin.on('end', () => process.exit(0)).resume()
