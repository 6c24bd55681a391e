/** How does the leaky town get into files? */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cell } from '../../../src/model/index.ts'
import { type Bench, bySide, sides, written } from './bench.ts'
import { type Table, tablesOf } from './tables.ts'

export const file: Bench = {
  kind: 'file',
  missing: undefined,
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'stadttor-leaks-'))
    const write = (text: (table: Table) => string) => {
      for (const side of sides) for (const table of tablesOf(side)) writeFileSync(join(folder, `${table.name}_${side}.csv`), text(table))
    }
    write(({ columns, rows }) =>
      [columns.map(({ column }) => column), ...rows].map(row => row.map(cell => inCsv(cell)).join(';')).join('\n'),
    )
    return {
      files: bySide(side => ({
        source: `kind: file\nconnection: { folder: "${folder}" }`,
        place: table => `path: ${table}_${side}.csv`,
        crs: ', crs: "EPSG:25832"',
      })),
      whereabouts: [folder, '.csv'],
      ruin: async () => write(() => '<html>Wartung</html>'),
      tidyUp: async () => rmSync(folder, { recursive: true }),
    }
  },
}

function inCsv(cell: Cell): string {
  return cell === null ? '' : String(written(cell))
}
