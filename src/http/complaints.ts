/** What graphql-js complains about, in German as well. */

import type { Text } from '../model/index.ts'

/** The complaint's own words → German; `$1` is what the caller wrote, and suggestions name open things only. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^Unknown argument "(.+?)" on field "(.+?)"\.(.*)$/s, 'Das Argument „$1“ gibt es bei „$2“ nicht.$3'],
  [/^Field "(.+?)" is not defined by type "(.+?)"\.(.*)$/s, '„$1“ gibt es in „$2“ nicht.$3'],
  [
    /^Field "(.+?)" must not have a selection since type "(.+?)" has no subfields\.$/,
    '„$1“ ist ein einzelner Wert und hat keine Unterfelder.',
  ],
  [/^Field "(.+?)" of type "(.+?)" must have a selection of subfields\.(.*)$/s, '„$1“ braucht Unterfelder in geschweiften Klammern.$3'],
  [/^Value "(.+?)" does not exist in "(.+?)" enum\.(.*)$/s, 'Den Wert „$1“ gibt es in „$2“ nicht.$3'],
  [/^Field "(.+?)" of required type "(.+?)" was not provided\.$/, '„$1“ fehlt (Typ $2).'],
  [/^Field "(.+?)" argument "(.+?)" of type "(.+?)" is required, but it was not provided\.$/, 'Bei „$1“ fehlt das Argument „$2“ (Typ $3).'],
  [/^Unknown type "(.+?)"\.(.*)$/s, 'Den Typ „$1“ gibt es nicht.$2'],
  [/^Unknown fragment "(.+?)"\.$/, 'Das Fragment „$1“ gibt es nicht.'],
  [/^Variable "(.+?)" is not defined(?: by operation ".+?")?\.$/, 'Die Variable „$1“ ist nicht vereinbart.'],
  [/^Variable "(.+?)" is never used(?: in operation ".+?")?\.$/, 'Die Variable „$1“ wird nirgends benutzt.'],
  [/^Variable "(.+?)" of required type "(.+?)" was not provided\.$/, 'Die Variable „$1“ fehlt (Typ $2).'],
  [/^Variable "(.+?)" got invalid value (.+?); (.*)$/s, 'Die Variable „$1“ hat einen unpassenden Wert: $2. $3'],
  [/^Expected value of type "(.+?)", found (.+?)\.(.*)$/s, 'Erwartet wird ein Wert vom Typ $1, gefunden wurde $2.$3'],
  [/^Syntax Error: (.*)$/s, 'Die Abfrage ist kein gültiges GraphQL: $1'],
  [/^Must provide an operation\.$/, 'Die Abfrage enthält keine Operation.'],
]

const suggestion = / Did you mean (.+?)\?/gs

/**
 * A complaint of graphql-js in both languages; what is not in the table stays English.
 *
 * @example
 *   complaint('Unknown fragment "f".').de  // → 'Das Fragment „f“ gibt es nicht.'
 */
export function complaint(message: string): Text {
  for (const [pattern, german] of sentences) {
    if (pattern.test(message))
      return {
        de: message.replace(pattern, german).replace(suggestion, (_all, names: string) => ` Meinten Sie ${inGerman(names)}?`),
        en: message,
      }
  }
  return { de: message, en: message }
}

/** `"a", "b", or "c"` as a German sentence lists them. */
export function inGerman(names: string): string {
  return names
    .replaceAll(/"(.+?)"/gs, '„$1“')
    .replace(/,? or /, ' oder ')
    .replaceAll('the enum value ', '')
}
