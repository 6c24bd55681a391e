/** How are people asked, and what happens where nobody can be? A flag answers every question. */

import { autocomplete, confirm, isCancel, multiselect, password, select, spinner, text } from '@clack/prompts'
import type { Language, Text } from '../model/index.ts'
import { CommandError, exitCodes } from './terminal.ts'

export interface Question {
  /** Option that answers it, without the dashes. */
  readonly flag: string
  readonly message: Text
  /** What the option said. */
  readonly given?: string | undefined
  /** Taken where nobody is asked, and offered where somebody is. */
  readonly fallback?: string | undefined
  /** What is wrong with an answer. */
  readonly check?: (answer: string) => Text | undefined
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

/** Somebody pressed Ctrl + C: nothing was written. */
export class Interrupted extends Error {}

export interface Asker {
  readonly language: Language
  /** false: every answer is a flag or a fallback. */
  readonly people: boolean
  text(question: Question): Promise<string>
  /** Enter alone: no answer. */
  optional(question: Question): Promise<string | undefined>
  choose(question: Question, choices: readonly Choice[]): Promise<string>
  /** Any number, none of them ticked beforehand; where nobody is asked, none. */
  tick(message: Text, choices: readonly Choice[]): Promise<readonly string[]>
  /** Never kept. */
  secret(message: Text): Promise<string | undefined>
  sure(message: Text, otherwise: boolean): Promise<boolean>
  /** Shows that something takes time. */
  during<T>(message: Text, work: Promise<T>): Promise<T>
}

/** Asks at the terminal. Talk goes to standard error, as all talk does. */
export function askPeople(language: Language): Asker {
  const output = process.stderr
  const said = (text: Text) => text[language]
  const answered = <T>(answer: T): Exclude<T, symbol> => {
    if (isCancel(answer)) throw new Interrupted()
    return answer as Exclude<T, symbol>
  }
  const wrong =
    ({ check }: Question) =>
    (answer: string | undefined) => {
      const problem = answer?.trim() ? check?.(answer.trim()) : undefined
      return problem && said(problem)
    }
  return {
    language,
    people: true,
    async text(question) {
      const given = flagOf(question)
      if (given !== undefined) return given
      const { message, fallback } = question
      const needed = language === 'de' ? 'Hier wird eine Antwort gebraucht.' : 'An answer is needed here.'
      const validate = (answer: string | undefined) => (answer?.trim() || fallback ? wrong(question)(answer) : needed)
      const answer = await text({
        message: said(message),
        output,
        validate,
        ...(fallback && { placeholder: fallback, defaultValue: fallback }),
      })
      return answered(answer).trim() || (fallback ?? '')
    },
    async optional(question) {
      const given = flagOf(question)
      if (given !== undefined) return given
      const skip = language === 'de' ? 'Enter: überspringen' : 'Enter: skip'
      const answer = await text({ message: said(question.message), output, placeholder: skip, validate: wrong(question) })
      return answered(answer)?.trim() || undefined
    },
    async choose(question, choices) {
      const given = flagOf(question, choices)
      if (given !== undefined) return given
      const options = choices.map(choice => ({ ...choice }))
      const common = {
        message: said(question.message),
        options,
        output,
        ...(question.fallback !== undefined && { initialValue: question.fallback }),
      }
      // A long list is typed into.
      return answered(
        choices.length > 30
          ? await autocomplete({ ...common, maxItems: 12 })
          : await select({ ...common, maxItems: 14, showInstructions: false }),
      )
    },
    async tick(message, choices) {
      const options = choices.map(choice => ({ ...choice }))
      return answered(
        await multiselect({
          message: said(message),
          options,
          output,
          required: false,
          initialValues: [],
          maxItems: 18,
          showInstructions: false,
        }),
      )
    },
    async secret(message) {
      return answered(await password({ message: said(message), output })) || undefined
    },
    async sure(message, otherwise) {
      const words = language === 'de' ? { active: 'Ja', inactive: 'Nein' } : { active: 'Yes', inactive: 'No' }
      return answered(await confirm({ message: said(message), output, initialValue: otherwise, ...words }))
    },
    async during(message, work) {
      const turning = spinner({ output })
      turning.start(said(message))
      try {
        const done = await work
        turning.clear()
        return done
      } catch (error) {
        turning.clear()
        throw error
      }
    },
  }
}

/** Asks nobody: flags, fallbacks, or a refusal that names the flag. */
export function askNobody(language: Language): Asker {
  const answer = (question: Question, choices?: readonly Choice[]): string => {
    const found = flagOf(question, choices) ?? question.fallback
    if (found !== undefined) return found
    throw new CommandError(exitCodes.usage, {
      de: `Hier kann niemand gefragt werden, und --${question.flag} fehlt: ${question.message.de}`,
      en: `There is nobody to ask here, and --${question.flag} is missing: ${question.message.en}`,
    })
  }
  return {
    language,
    people: false,
    text: async question => answer(question),
    optional: async question => flagOf(question),
    choose: async (question, choices) => answer(question, choices),
    tick: async () => [],
    secret: async () => undefined,
    sure: async (_message, otherwise) => otherwise,
    during: (_message, work) => work,
  }
}

/** @throws CommandError for an answer that cannot be */
function flagOf({ flag, given, check }: Question, choices?: readonly Choice[]): string | undefined {
  if (given === undefined) return undefined
  const problem = check?.(given)
  if (problem) throw new CommandError(exitCodes.usage, { de: `--${flag} ${given}: ${problem.de}`, en: `--${flag} ${given}: ${problem.en}` })
  if (!choices || choices.some(({ value }) => value === given)) return given
  const known = choices.map(({ value }) => value).join(', ')
  throw new CommandError(exitCodes.usage, {
    de: `--${flag} ${given}: möglich sind ${known}.`,
    en: `--${flag} ${given}: possible are ${known}.`,
  })
}
