/** How does a source write its values, where it does not write them as everybody else does? */

/** Declared per field, applied to what the source sends before anything else is done with it. Each part fits some types only. */
export interface Written {
  /** Texts: blanks (U+0020) at both ends are dropped; a text of blanks alone is a missing value. */
  readonly trim?: boolean
  /** What stands for "no value". Blanks around do not count; numbers are compared by value: `-9999` is `-9999.00`. */
  readonly missing?: readonly string[]
  /** Truth values: what stands for yes and for no, exactly. Blanks around do not count; anything else is unreadable. */
  readonly true?: readonly string[]
  readonly false?: readonly string[]
  /** Numbers: what stands before the fraction. */
  readonly decimal?: '.' | ','
  /** Numbers: what stands between groups of three digits. */
  readonly group?: string
  /** Numbers: what stands around them, `{}` being the number: `{} m`. Blanks beside the number do not count. */
  readonly around?: string
  /** Days and times: the format they are written in, in the letters of Unicode (`dd.MM.yyyy HH:mm`). */
  readonly format?: string
  /** Days and times: a number of seconds or milliseconds since 1970. */
  readonly epoch?: 's' | 'ms'
}
