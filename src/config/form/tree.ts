/** How do we find, replace and leave out entries of plain data? */

import type { Path } from '../mistake.ts'

/** The entry at a path; `undefined` when there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  )
}

/** The data with another value at a path. */
export function replaceAt(data: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (Array.isArray(data)) return data.map((item, index) => (index === step ? replaceAt(item, rest, value) : item))
  return { ...(data as object), [step]: replaceAt((data as Record<string | number, unknown>)[step], rest, value) }
}

/** The data without the entry at a path. */
export function withoutAt(data: unknown, path: Path): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof data !== 'object' || data === null || !Object.hasOwn(data, step)) return data
  if (rest.length > 0) return replaceAt(data, [step], withoutAt((data as Record<string | number, unknown>)[step], rest))
  return Array.isArray(data)
    ? data.filter((_, index) => index !== step)
    : Object.fromEntries(Object.entries(data).filter(([key]) => key !== step))
}
