/** In which languages do we speak to people? German first, English beside it. */

export type Language = 'de' | 'en'

/** The same sentence in both languages. */
export interface Text {
  readonly de: string
  readonly en: string
}
