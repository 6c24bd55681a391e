/** How does a rule of a form say which mistake it found? */

import { z } from 'zod'
import type { Fillings, MistakeCode } from '../words/table.ts'

/** Mistakes whose sentences need nothing from the place, or only the bound that was crossed. */
type Plain = {
  [Code in MistakeCode]: keyof Fillings<Code> extends 'limit' ? Code : never
}[MistakeCode]

/** For `z.string().regex(…, says('DURATION'))`: zod's message carries the code, `mistakesOf` turns it into sentences. */
export function says(code: Plain): { readonly error: string } {
  return { error: code }
}

/** What a rule of our own leaves in zod's issue. */
export interface Told {
  readonly rule: MistakeCode
  readonly fillings: Readonly<Record<string, unknown>>
}

/** Reports a mistake from within a transformation; nothing comes out of it. */
export function tell<Code extends MistakeCode>(context: z.core.$RefinementCtx, code: Code, fillings: Fillings<Code>): never {
  context.addIssue({ code: 'custom', params: { rule: code, fillings } satisfies Told })
  return z.NEVER
}
