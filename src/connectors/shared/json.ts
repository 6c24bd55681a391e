/** How is JSON read without losing digits? */

/**
 * JSON as values, with every digit: a number that a float cannot hold as it is written (`9007199254740993`, `1.10`) stays text.
 *
 * @param where `members` (default): numbers in arrays are coordinates, and stay numbers; `everywhere`: they keep their digits as well
 * @throws SyntaxError for half a document, and for anything after it
 * @example
 *   readJson('{"nr": 9007199254740993, "at": [9.10]}')     // → { nr: '9007199254740993', at: [9.1] }
 *   readJson('[9007199254740993, 9.1]', 'everywhere')      // → ['9007199254740993', 9.1]
 */
export function readJson(text: string, where: 'members' | 'everywhere' = 'members'): unknown {
  if (where === 'everywhere') return delicateAnywhere.test(text) ? JSON.parse(text, exactly) : JSON.parse(text)
  return delicate.test(text) ? JSON.parse(text, exactlyInMembers) : JSON.parse(text)
}

/** A member that is a long number, ends in 0 behind the point, or has an exponent. Looking at each value takes four times as long. */
const delicate = /:\s*-?(?:\d[\d.]{15}|\d+\.\d*0(?!\d)|\d[\d.]*e)/i
const delicateAnywhere = /[:[,]\s*-?(?:\d[\d.]{15}|\d+\.\d*0(?!\d)|\d[\d.]*e)/i

// The third argument came with ECMAScript's "JSON.parse source text access"; Node has it since 21.
function exactly(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value
  return String(value) === context.source ? value : context.source
}

function exactlyInMembers(this: unknown, key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return Array.isArray(this) ? value : exactly(key, value, context)
}

/** Whether a value of JSON is an object, with members to look at. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
