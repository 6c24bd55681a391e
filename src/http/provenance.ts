/** How does an answer that is no JSON say where it comes from? */

import type { Provenance } from '../resolvers/index.ts'

/**
 * A list with one item for each dataset, its parameters named as in `extensions.provenance`. Texts are Display Strings: UTF-8 in
 * percent signs, since headers are ASCII.
 *
 * @see RFC 9651, 3.1.2 and 3.3.8
 * @example
 *   provenanceHeader([{ dataset: 'baeume', source: 'GIS', owner: 'Bauamt Köln', licence: 'cc-zero', asOf: '2026-05-17T08:00:00Z', age: 0, stale: false }])  // → '"baeume";source=%"GIS";owner=%"Bauamt K%c3%b6ln";licence=%"cc-zero";as-of="2026-05-17T08:00:00Z"'
 */
export function provenanceHeader(origins: ReturnType<Provenance['origins']>): string {
  return origins
    .map(({ dataset, source, owner, licence, attribution, asOf }) => {
      const said = attribution === undefined ? '' : `;attribution=${display(attribution)}`
      return `"${dataset}";source=${display(source)};owner=${display(owner)};licence=${display(licence)}${said};as-of="${asOf}"`
    })
    .join(', ')
}

function display(text: string): string {
  const written = [...Buffer.from(text.toWellFormed())].map(byte =>
    byte < 0x20 || byte > 0x7e || byte === 0x25 || byte === 0x22 ? `%${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte),
  )
  return `%"${written.join('')}"`
}
