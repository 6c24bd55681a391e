/** Which values does a column let in, as far as its type or a simple check says? */

/**
 * The labels of MySQL's `enum('a','b')`.
 *
 * @example
 *   valuesOfEnum("enum('gut','it''s')")  // → ['gut', "it's"]
 *   valuesOfEnum('varchar(20)')          // → undefined
 */
export function valuesOfEnum(stored: string): readonly string[] | undefined {
  return /^enum\(/i.test(stored) ? texts(stored) : undefined
}

/**
 * The values of a check that is nothing but a list, as PostgreSQL writes it back. Anything more is left alone.
 *
 * @example
 *   valuesOfCheck("CHECK ((art = ANY (ARRAY['a'::text, 'b'::text])))")  // → ['a', 'b']
 *   valuesOfCheck('CHECK ((stufe = ANY (ARRAY[1, 2, 3])))')             // → ['1', '2', '3']
 *   valuesOfCheck('CHECK ((stufe > 0))')                                // → undefined
 */
export function valuesOfCheck(definition: string | null): readonly string[] | undefined {
  const list = /^CHECK \(+[^'=<>]+ = ANY \(+ARRAY\[([^\]]+)\]\)*(?:::[\w ]+\[\])?\)+$/.exec(definition ?? '')?.[1]
  if (list === undefined) return undefined
  const quoted = texts(list)
  if (quoted.length > 0) return quoted
  const numbers = list.split(',').map(item => item.trim())
  return numbers.every(number => /^-?\d+$/.test(number)) ? numbers : undefined
}

function texts(list: string): string[] {
  return [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'"))
}
