/** Of which parts does an exposure consist, and how are they called? */

import type { Text } from '../../model/index.ts'

/** Parts that make up what a dataset is: when one differs from the approval, nothing of the dataset is what was approved. */
export const baseParts = ['source', 'key', 'rows'] as const

/** Parts that make up what a field is. */
export const fieldParts = ['column', 'type', 'zone', 'crs', 'shift', 'codes'] as const

export type Part = (typeof baseParts)[number] | (typeof fieldParts)[number] | 'written' | 'coarsen'

const words: Readonly<Record<Part, Text>> = {
  source: { de: 'Quelle oder Ort in der Quelle', en: 'the source or the place in it' },
  key: { de: 'Schlüssel', en: 'the key' },
  rows: { de: 'Zeilenbedingung', en: 'the row rule' },
  column: { de: 'Spalte', en: 'the column' },
  type: { de: 'Typ', en: 'the type' },
  zone: { de: 'Zeitzone', en: 'the time zone' },
  crs: { de: 'Koordinatensystem', en: 'the coordinate system' },
  shift: { de: 'Faktor (scale)', en: 'the factor (scale)' },
  codes: { de: 'Bezeichnungen (codes)', en: 'the labels (codes)' },
  written: { de: 'Schreibweise (written)', en: 'the spelling (written)' },
  coarsen: { de: 'Vergröberung', en: 'the coarsening' },
}

/** `Spalte, Typ`. */
export function partWords(parts: readonly Part[]): Text {
  return { de: parts.map(part => words[part].de).join(', '), en: parts.map(part => words[part].en).join(', ') }
}
