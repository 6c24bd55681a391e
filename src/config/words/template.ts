/** How do sentences with gaps become sentences? */

import type { Text } from '../../model/index.ts'

/** What is wrong, and what would be right; `<name>` marks a gap. */
export interface Words {
  readonly message: Text
  readonly remedy: Text
}

/** What fills a gap: the same in both languages, or a text of its own in each. */
export type Filling = string | number | Text

/** Names of the gaps in a template. */
export type Gaps<Template extends string> = Template extends `${string}<${infer Name}>${infer Rest}` ? Name | Gaps<Rest> : never

/**
 * A sentence with its gaps filled.
 *
 * @example
 *   fill({ de: 'Feld <name>', en: 'field <name>' }, { name: 'art' })  // → { de: 'Feld art', en: 'field art' }
 */
export function fill(template: Text, fillings: Readonly<Record<string, Filling>>): Text {
  const inLanguage = (language: keyof Text) =>
    template[language].replace(/<([a-zA-Z]+)>/g, (gap, name: string) => {
      const filling = fillings[name]
      return filling === undefined ? gap : typeof filling === 'object' ? filling[language] : String(filling)
    })
  return { de: inLanguage('de'), en: inLanguage('en') }
}

/**
 * A list for a sentence.
 *
 * @example
 *   listed(['a', 'b', 'c'])  // → 'a, b, c'
 */
export function listed(words: readonly string[], most = 30): string {
  return words.length > most ? `${words.slice(0, most).join(', ')}, …` : words.join(', ')
}
