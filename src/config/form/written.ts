/** What may a field say of how its source writes the values? */

import { z } from 'zod'
import { compileFormat } from '../../model/index.ts'
import { says, tell } from './rules.ts'
import { oneOrMore } from './values.ts'

const word = z.string().max(100, says('TEXT_TOO_LONG'))

const around = z.string().transform((value, context) => {
  const parts = value.split('{}').map(part => part.trim())
  return parts.length === 2 && parts.join('') !== '' && value.length <= 100 ? value : tell(context, 'WRITTEN_AROUND', {})
})

const format = z
  .string()
  .transform((value, context) => (value.length <= 100 && compileFormat(value) !== undefined ? value : tell(context, 'WRITTEN_FORMAT', {})))
  .meta({ examples: ['dd.MM.yyyy', 'd.M.yyyy H:mm', 'yyyyMMdd', "HH:mm 'Uhr'"] })

export const writtenForm = z.strictObject({
  trim: z.literal(true).optional().describe('For text and code: drops blanks at both ends; what is blank altogether is a missing value'),
  missing: oneOrMore(word).optional().describe('What stands for "no value", such as "N/A" or "-9999"; numbers are compared by value'),
  true: oneOrMore(word).optional().describe('For boolean: what stands for yes, such as J'),
  false: oneOrMore(word).optional().describe('For boolean: what stands for no, such as N'),
  decimal: z.enum(['.', ',']).optional().describe('For numbers: the sign before the fraction'),
  group: z.enum(['.', ',', ' ', "'"]).optional().describe('For numbers: the sign between groups of three digits'),
  around: around.optional().describe('For numbers: what stands around them, {} being the number: "{} m"'),
  format: format.optional().describe('For date, time and datetime: how they are written, such as dd.MM.yyyy HH:mm'),
  epoch: z.enum(['s', 'ms']).optional().describe('For date and datetime: a number of seconds or milliseconds since 1970'),
})

export type WrittenForm = z.output<typeof writtenForm>
