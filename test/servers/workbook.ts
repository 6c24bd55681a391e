/** How is a workbook (XLSX) written, as spreadsheet programs and other programs write it? */

import { strToU8, zipSync } from 'fflate'

/** What stands in a cell. */
export type Cell =
  | null
  | { readonly text: string }
  | { readonly number: string; readonly style?: keyof typeof styles }
  | { readonly yes: boolean }
  | { readonly error: string }
  /** A formula with the result of the last calculation. */
  | { readonly formula: string; readonly result: string }

/** Formats of numbers, by their place in the list of formats. */
const styles = { plain: 0, day: 1, moment: 2, clock: 3, precise: 4 } as const

export interface Sheet {
  readonly name: string
  /** The first of them is row 1. */
  readonly rows: readonly (readonly Cell[])[]
}

/** Texts go to the table of shared strings, as Excel writes them, or stand in their cells, as other programs do. */
export function workbook(sheets: readonly Sheet[], texts: 'shared' | 'inline' = 'shared'): Uint8Array {
  const shared: string[] = []
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${ns}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${ns}/spreadsheetml/2006/main" xmlns:r="${ns}/officeDocument/2006/relationships"><sheets>${sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const),
      ['styles', 'styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': `<styleSheet xmlns="${ns}/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
  }
  for (const [at, { rows }] of sheets.entries())
    parts[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(rows, texts === 'shared' ? shared : undefined)
  parts['xl/sharedStrings.xml'] =
    `<sst xmlns="${ns}/spreadsheetml/2006/main">${shared.map(text => `<si>${textXml(text)}</si>`).join('')}</sst>`
  return packed(parts)
}

/** Parts by name, packed. */
export function packed(parts: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`)])),
  )
}

const ns = 'http://schemas.openxmlformats.org'

function relations(all: readonly (readonly [type: string, target: string])[]): string {
  const lines = all.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${ns}/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${ns}/package/2006/relationships">${lines.join('')}</Relationships>`
}

function sheetXml(rows: readonly (readonly Cell[])[], shared: string[] | undefined): string {
  const lines = rows.map((row, at) => {
    const cells = row.map((cell, column) => (cell === null ? '' : cellXml(cell, `${letters(column)}${at + 1}`, shared)))
    return `<row r="${at + 1}">${cells.join('')}</row>`
  })
  return `<worksheet xmlns="${ns}/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData></worksheet>`
}

function cellXml(cell: Exclude<Cell, null>, at: string, shared: string[] | undefined): string {
  if ('number' in cell) return `<c r="${at}" s="${styles[cell.style ?? 'plain']}"><v>${cell.number}</v></c>`
  if ('yes' in cell) return `<c r="${at}" t="b"><v>${cell.yes ? 1 : 0}</v></c>`
  if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`
  if ('formula' in cell) return `<c r="${at}"><f>${escaped(cell.formula)}</f><v>${escaped(cell.result)}</v></c>`
  if (!shared) return `<c r="${at}" t="inlineStr"><is>${textXml(cell.text)}</is></c>`
  return `<c r="${at}" t="s"><v>${shared.push(cell.text) - 1}</v></c>`
}

function textXml(text: string): string {
  return `<t xml:space="preserve">${escaped(text)}</t>`
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The number that stands for a day or a wall-clock time: days since 30 December 1899. */
export function serial(text: string): string {
  return String(Date.parse(`${text.replace(' ', 'T')}Z`) / 86_400_000 + 25_569)
}
