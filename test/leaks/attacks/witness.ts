/** After all attacks: what did callers, logs and the shared cache get to see? */

import type { Stage } from '../stage.ts'
import { secretMark, staffMark } from '../town/tables.ts'
import { addresses } from '../town/world.ts'

export function witnesses(stage: () => Stage): void {
  test('no answer, header, error or log line, and nothing in a shared cache, holds a closed cell', async () => {
    const { a, b, kept } = stage()
    for (const world of [a, b]) {
      expect(world.toldPublic.length).toBeGreaterThan(0)
      for (const heard of [world.toldPublic, world.toldStaff, world.log, world.debug]) expect(withMark(heard, secretMark)).toEqual([])
      for (const heard of [world.toldPublic, world.log, world.debug]) expect(withMark(heard, staffMark)).toEqual([])
    }
    const shared = (await kept()) ?? []
    expect(withMark(shared, secretMark)).toEqual([])
    for (const address of addresses)
      for (const heard of [shared, a.log, b.log, a.debug, b.debug]) expect(withMark(heard, address)).toEqual([])
    expect(withMark(a.toldStaff, staffMark).length).toBeGreaterThan(0)
  })

  test('the log at its usual level names no column that no file names, not even where one is gone', () => {
    const { a, b } = stage()
    const lines = [...a.log, ...b.log]
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter(line => /telefon|iban|halter_name|eigentuemer|fernruf|konto/i.test(line))).toEqual([])
  })

  test('what was refused left no word in the log at its usual level: only failures of the source are told, and none by its rows', () => {
    const { a } = stage()
    const codes = new Set(a.log.map(line => (JSON.parse(line) as { code?: string }).code))
    expect([...codes].filter(code => code !== undefined && !code.startsWith('SOURCE_') && code !== 'BAD_USER_INPUT')).toEqual([])
  })
}

function withMark(lines: readonly string[], mark: string): string[] {
  return lines.filter(line => line.includes(mark)).map(line => line.slice(Math.max(0, line.indexOf(mark) - 200), line.indexOf(mark) + 60))
}
