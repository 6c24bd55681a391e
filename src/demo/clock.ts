/** Which hours does a demo system's clock on the wall show? */

const hourMs = 3_600_000

/**
 * Every hour that the wall clock of Germany shows once, as these systems write it: without a zone. The hour that spring skips is
 * left out; the one that autumn repeats comes once.
 *
 * @param from first day, such as `2026-10-18`
 * @param days how many
 */
export function* wallHours(from: string, days: number): Iterable<{ readonly text: string; readonly hour: number; readonly date: Date }> {
  const start = Date.parse(`${from}T00:00:00Z`)
  for (let at = start; at < start + days * 24 * hourMs; at += hourMs) {
    const date = new Date(at)
    if (!skipped(date))
      yield {
        text: `${date.toISOString().slice(0, 10)} ${String(date.getUTCHours()).padStart(2, '0')}:00:00`,
        hour: date.getUTCHours(),
        date,
      }
  }
}

/** From 2 to 3 o'clock on the last Sunday of March. */
function skipped(date: Date): boolean {
  return date.getUTCMonth() === 2 && date.getUTCDay() === 0 && date.getUTCDate() > 24 && date.getUTCHours() === 2
}

/** A day so many days after another, as a date text. */
export function dayAfter(first: string, days: number): string {
  return new Date(Date.parse(`${first}T00:00:00Z`) + days * 24 * hourMs).toISOString().slice(0, 10)
}
