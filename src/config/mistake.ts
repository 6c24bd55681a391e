/** What is wrong with a configuration, where, and what would be right? */

import { styleText } from 'node:util'
import type { Language, Text } from '../model/index.ts'
import { type Fillings, type MistakeCode, mistakeWords } from './words/table.ts'
import { fill } from './words/template.ts'

export interface Mistake {
  /** Stable; see the table of configuration mistakes. */
  readonly code: MistakeCode
  /** Relative to the configuration's folder, with `/`. */
  readonly file: string
  /** 1 for the first line. */
  readonly line: number
  /** `fields.hoehe.unit`, `key[0]`; empty for the file as a whole. */
  readonly path: string
  readonly message: Text
  readonly remedy: Text
}

/** Keys and positions that lead from the top of a file to an entry. */
export type Path = readonly (string | number)[]

/**
 * A mistake in its words. The gaps never hold a value of a source file: it may be a secret.
 */
export function mistake<Code extends MistakeCode>(
  code: Code,
  at: { readonly file: string; readonly line: number; readonly path?: Path },
  fillings: Fillings<Code>,
): Mistake {
  const words = mistakeWords[code]
  return {
    code,
    file: at.file,
    line: at.line,
    path: writePath(at.path ?? []),
    message: fill(words.message, fillings),
    remedy: fill(words.remedy, fillings),
  }
}

/** By file, then by line; the first mistake is usually the cause of the next. */
export function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  return [...mistakes].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
}

/**
 * @example
 *   writePath(['fields', 'hoehe', 'use', 0])  // → 'fields.hoehe.use[0]'
 */
export function writePath(path: Path): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
}

/**
 * All mistakes for people: place, entry, what is wrong, what to do.
 *
 * @param colour true: with colours for a terminal
 * @returns lines ending with the number of mistakes; empty when there are none
 */
export function writeMistakes(mistakes: readonly Mistake[], language: Language, colour = false): string {
  if (mistakes.length === 0) return ''
  const paint = (style: 'red' | 'bold' | 'dim', text: string) => (colour ? styleText(style, text, { validateStream: false }) : text)
  const blocks = mistakes.map(({ code, file, line, path, message, remedy }) =>
    [
      `${paint('red', '✗')} ${paint('bold', `${file}:${line}`)}${path ? `  ${path}` : ''}  ${paint('dim', code)}`,
      `  ${message[language]}`,
      `  → ${remedy[language]}`,
    ].join('\n'),
  )
  return `${blocks.join('\n\n')}\n\n${count(mistakes.length)[language]}\n`
}

function count(mistakes: number): Text {
  return mistakes === 1
    ? { de: '1 Fehler in der Konfiguration.', en: '1 mistake in the configuration.' }
    : { de: `${mistakes} Fehler in der Konfiguration.`, en: `${mistakes} mistakes in the configuration.` }
}
