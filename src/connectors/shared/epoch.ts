/** Which instant is a number of milliseconds? */

/**
 * Milliseconds since 1970 (UTC) as an ISO text, which `toCell` reads: as an instant, or as a wall clock where the column says that
 * the source wrote one as if it were UTC.
 *
 * @param raw a whole number, also as text; years 1 … 9999
 * @returns   `undefined` for anything else
 * @example
 *   epochText(1760486400000)  // → '2025-10-15T00:00:00.000Z'
 *   epochText('-1')           // → '1969-12-31T23:59:59.999Z'
 *   epochText('gestern')      // → undefined
 */
export function epochText(raw: unknown): string | undefined {
  const number = typeof raw === 'number' ? raw : typeof raw === 'string' && /^-?\d{1,15}$/.test(raw) ? Number(raw) : Number.NaN
  return Number.isInteger(number) && number >= first && number <= last ? new Date(number).toISOString() : undefined
}

const first = Date.parse('0001-01-01T00:00:00Z')
const last = Date.parse('9999-12-31T23:59:59.999Z')
