/** Times and decimals keep every digit, and clock changes do what a clock on the wall does. */

import fc from 'fast-check'
import {
  canonicalDecimal,
  compareDecimals,
  failures,
  instant,
  shiftDecimal,
  sourceFailure,
  wallClock,
  zoned,
  zoneOffsetMs,
} from '../../src/model/index.ts'

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => canonicalDecimal(`${digits}e-${places}`)!)
const anInstant = fc
  .date({ min: new Date('1981-01-01'), max: new Date('2037-12-31'), noInvalidDate: true })
  .map(date => new Date(Math.floor(date.getTime() / 1000) * 1000))

test('moving the point there and back changes nothing', () => {
  fc.assert(
    fc.property(decimal, fc.integer({ min: -20, max: 20 }), (number, places) =>
      expect(shiftDecimal(shiftDecimal(number, places), -places)).toBe(number),
    ),
  )
})

test('decimals compare by value, whatever their length', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), fc.integer({ min: 0, max: 15 }), (a, b, places) => {
      const [left, right] = [a, b].map(digits => canonicalDecimal(`${digits}e-${places}`)!)
      expect(Math.sign(compareDecimals(left!, right!))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})

test.each(['', '.', '-', '1e', '1e99999', '0x10', 'NaN', 'Infinity', '1 000', '1.2.3', '١'])('%j is no decimal', text => {
  expect(canonicalDecimal(text)).toBeUndefined()
})

test('an instant survives the way over a wall clock, save in the hour that comes twice', () => {
  fc.assert(
    fc.property(anInstant, date => {
      const text = `${date.toISOString().slice(0, 19)}Z`
      const back = instant(wallClock(text, 'Europe/Berlin'), 'Europe/Berlin')!
      const doubled = zoneOffsetMs(date.getTime(), 'Europe/Berlin') !== zoneOffsetMs(Date.parse(back), 'Europe/Berlin')
      expect(doubled ? Date.parse(back) + 3_600_000 : Date.parse(back)).toBe(date.getTime())
    }),
  )
})

test('an instant with its offset is the same instant', () => {
  fc.assert(
    fc.property(anInstant, fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'UTC'), (date, zone) => {
      expect(Date.parse(zoned(`${date.toISOString().slice(0, 19)}Z`, zone))).toBe(date.getTime())
    }),
  )
})

test.each([
  ['2026-13-01 00:00:00+00'],
  ['2026-02-29 00:00:00+00'],
  ['2026-01-01 24:00:00+00'],
  ['2026-01-01T00:00:00+0'],
  ['gestern'],
  [''],
])('%j is no instant', text => {
  expect(instant(text)).toBeUndefined()
})

test.each([
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00Z'],
  ['9999-12-31 23:59:59.9999999+00', '9999-12-31T23:59:59.9999999Z'],
  ['2026-07-01T12:00:00+0200', '2026-07-01T10:00:00Z'],
  ['2026-07-01T12:00:00-03:30', '2026-07-01T15:30:00Z'],
  ['2026-07-01', undefined],
])('%s is %s', (text, expected) => {
  expect(instant(text)).toBe(expected)
})

test('a false Z of a wall-clock service is ignored where the zone is declared', () => {
  expect(instant('2026-07-01T01:30:00Z', 'Europe/Berlin')).toBe('2026-06-30T23:30:00Z')
})

test('failures of sources speak in the standard words and keep the rest for the log', () => {
  const error = sourceFailure('SOURCE_UNAVAILABLE', 'ORA-12514 dbora01:1521')
  expect(JSON.stringify([error.message, error.text, error.hint])).not.toMatch(/ORA|dbora01/)
  expect(error.log).toContain('dbora01')
})

test('every failure that ends a request has a status of HTTP', () => {
  for (const { status } of Object.values(failures)) expect(status).toBeGreaterThanOrEqual(200)
})
