/** How does a check of meaning say what it found? */

import { type Mistake, mistake, type Path } from '../mistake.ts'
import type { Fillings, MistakeCode } from '../words/table.ts'

export type Report = <Code extends MistakeCode>(code: Code, path: Path, fillings: Fillings<Code>) => void

/** Collects the mistakes of one file. */
export function reporter(file: { readonly file: string; line(path: Path): number }, mistakes: Mistake[]): Report {
  return (code, path, fillings) => {
    mistakes.push(mistake(code, { file: file.file, line: file.line(path), path }, fillings))
  }
}
