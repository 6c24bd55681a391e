/** Who stands in the files of an office, and must never leave it? */

import { between, pick, type Random } from './random.ts'
import { houseNumber, streets } from './streets.ts'

export interface Person {
  readonly name: string
  readonly phone: string
  readonly mail: string
  readonly address: string
}

/** Nobody is called so. Tests look for these names, and for the numbers below, in everything that leaves the gateway. */
export const surnames = ['Musterfrau', 'Mustermann', 'Musterkind', 'Beispielhuber', 'Beispielmann', 'Exemplar-Schmitt', 'Fiktivius']

/** Numbers that the Bundesnetzagentur set aside for films: nobody answers them. */
export const phonePrefix = '+49 89 99998'

const givenNames =
  'Anna Ben Clara David Elif Finn Greta Hakan Ida Jonas Katharina Leon Mia Noah Olga Paul Rosa Samuel Theo Ümit Vera'.split(' ')

export function person(random: Random): Person {
  const [given, surname] = [pick(random, givenNames), pick(random, surnames)]
  return {
    name: `${given} ${surname}`,
    phone: `${phonePrefix}${String(between(random, 0, 999)).padStart(3, '0')}`,
    mail: `${given}.${surname}@example.org`.toLowerCase().replace('ü', 'ue'),
    address: `${pick(random, streets).name} ${houseNumber(random)}, 78462 Konstanz`,
  }
}
