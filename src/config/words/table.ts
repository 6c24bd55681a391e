/** Which mistakes can a configuration have, and how do we speak of them? */

import { fileWords } from './files.ts'
import { formWords } from './form.ts'
import { meaningWords } from './meaning.ts'
import type { Filling, Gaps } from './template.ts'

/** Every mistake, by its code. A code is never renamed and never reused. */
export const mistakeWords = { ...fileWords, ...formWords, ...meaningWords } as const

export type MistakeCode = keyof typeof mistakeWords

type Sentences<Code extends MistakeCode> = (typeof mistakeWords)[Code]['message' | 'remedy']['de' | 'en']

/** What the gaps of a mistake's sentences need. */
export type Fillings<Code extends MistakeCode> = Readonly<Record<Gaps<Sentences<Code>>, Filling>>
