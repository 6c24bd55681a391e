/** Which releases of Oracle Database can the stand-in pretend to be? */

export interface Release {
  /** The network layer's own version; clients without Oracle's libraries want 315 or more, which 12.1 was the first to speak. */
  readonly network: number
  /** Which fields the messages have. */
  readonly fields: number
  readonly version: readonly [release: number, update: number, revision: number]
  /** Login in one exchange, and answers that say where they end. */
  readonly modern: boolean
}

/** `11.2` is there to be refused by the client. */
export const releases = {
  '11.2': { network: 314, fields: 6, version: [11, 2, 0], modern: false },
  '12.1': { network: 315, fields: 7, version: [12, 1, 0], modern: false },
  '19c': { network: 318, fields: 12, version: [19, 3, 0], modern: false },
  '23ai': { network: 319, fields: 24, version: [23, 4, 0], modern: true },
} as const satisfies Record<string, Release>

export type ReleaseName = keyof typeof releases

/** Since when messages have a field. */
export const since = {
  '12.2': 8,
  '12.2 (second)': 9,
  '18.1': 11,
  '20.1': 14,
  '23.1': 17,
  '23.1 (tokens)': 18,
  '23.1 (annotations)': 20,
  '23.4': 24,
} as const

/** The version as one number, in the arrangement of its time. */
export function versionNumber({ fields, version: [release, update, revision] }: Release): number {
  const packed = fields >= since['18.1'] ? (update << 16) | (revision << 12) : (update << 20) | (revision << 12)
  return release * 2 ** 24 + packed
}
