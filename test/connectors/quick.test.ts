/** The quick way of reading values against the long one. */

import fc from 'fast-check'
import { toCell } from '../../src/connectors/shared/cells.ts'
import { cellReader } from '../../src/connectors/shared/quick.ts'
import { fieldTypes } from '../../src/model/index.ts'

const digits = fc.stringMatching(/^[-+]?\d{0,20}(\.\d{0,12})?([eE][-+]?\d{1,3})?$/)
const time = fc
  .tuple(
    fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }),
    fc.constantFrom('', '.5', '.120', '.000'),
  )
  .chain(([date, fraction]) => {
    const text = date.toISOString().slice(0, 19)
    return fc.constantFrom(
      `${text.replace('T', ' ')}${fraction}+00`,
      `${text}${fraction}Z`,
      `${text.replace('T', ' ')}${fraction}+02`,
      text,
      `${text.replace('T', ' ')}${fraction}`,
      text.slice(0, 10),
      text.replace(/-\d\dT/, '-31T'),
      `${text.slice(0, 8)}31 00:00:00+00`,
    )
  })
const raw = fc.oneof(fc.string(), digits, time, fc.integer(), fc.double(), fc.bigInt(), fc.boolean(), fc.constantFrom(null, undefined))

test('the quick way reads everything as the long one does', () => {
  const declared = fc.record({ type: fc.constantFrom(...fieldTypes), zone: fc.constantFrom(undefined, 'Europe/Berlin', 'UTC') })
  fc.assert(
    fc.property(declared, raw, ({ type, zone }, value) => {
      const column = zone === undefined ? { type } : { type, zone }
      expect(cellReader(column)(value)).toEqual(toCell(value, column))
    }),
    { numRuns: 3_000 },
  )
})
