/** What would the files of a source and of the gateway itself look like? */

import type { Language, Text } from '../../model/index.ts'
import { inline } from './yaml.ts'

export interface SourceWish {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly owner?: string
  /** Secrets only as `${NAME}`. */
  readonly connection: Readonly<Record<string, unknown>>
}

/** The text of a source file. */
export function draftSource({ id, kind, title, owner, connection }: SourceWish): string {
  const entries = Object.entries(connection)
  return [
    `id: ${id}`,
    `kind: ${kind}`,
    `title: ${inline(title)}`,
    ...(owner ? [`owner: ${inline(owner)}`] : []),
    ...(entries.length > 0 ? ['connection:', ...entries.map(([key, value]) => `  ${key}: ${connected(value)}`)] : ['connection: {}']),
    '',
  ].join('\n')
}

/** References to secrets keep their `${…}`, which `inline` takes apart. */
function connected(value: unknown): string {
  return typeof value === 'string' && /\$\{[^{}\n]+\}/.test(value) ? JSON.stringify(value) : inline(value)
}

export interface GatewayWish {
  /** Short name, an id. */
  readonly name: string
  readonly title: string
  readonly operator: string
  readonly contact?: string
}

/** The text of `gateway.yml`. */
export function draftGateway({ name, title, operator, contact }: GatewayWish, language: Language): string {
  return [
    'city:',
    `  name: ${name}`,
    `  title: ${inline(title)}`,
    `  operator: ${inline(operator)}`,
    ...(contact ? [`  contact: ${inline(contact)}`] : []),
    `  #extent: [9.07, 47.64, 9.24, 47.78]   # ${words.extent[language]}`,
    `language: ${language}`,
    `#secret: \${STADTTOR_SECRET}   # ${words.secret[language]}`,
    '',
  ].join('\n')
}

const words = {
  extent: { de: 'Gebiet der Stadt in Grad: West, Süd, Ost, Nord', en: 'where the city lies in degrees: west, south, east, north' },
  secret: {
    de: 'vor dem Betrieb setzen, mindestens 32 Zeichen: openssl rand -base64 32',
    en: 'set it before you go live, at least 32 characters: openssl rand -base64 32',
  },
} as const satisfies Record<string, Text>
