/** Does a column look as if it were about people? A hint for those who decide, never a decision. */

import type { Text } from '../../model/index.ts'
import { transliterate } from '../names.ts'

/** What a column seems to hold, and how sure that is. */
export interface PersonalHint {
  readonly what: Text
  /** `likely`: to be closed unless somebody knows better. `possible`: to be looked at. */
  readonly level: 'likely' | 'possible'
  /** Seen in the name of the column, or in its values. */
  readonly seenIn: 'name' | 'values'
}

interface Sign {
  readonly what: Text
  readonly level: PersonalHint['level']
  /** Found anywhere in the name, written small and without separators. */
  readonly anywhere?: RegExp
  /** Is one of the words that the name is made of. */
  readonly word?: RegExp
}

export const personalWords = {
  person: { de: 'Name einer Person', en: 'name of a person' },
  staff: { de: 'Beschäftigte', en: 'staff' },
  contact: { de: 'Telefon, Mail', en: 'telephone, mail' },
  address: { de: 'Anschrift', en: 'address' },
  bank: { de: 'Bankverbindung', en: 'bank account' },
  birth: { de: 'Geburtsdatum', en: 'date of birth' },
  plate: { de: 'Kfz-Kennzeichen', en: 'number plate' },
  number: { de: 'Nummer einer Person', en: 'number of a person' },
  special: { de: 'besondere Angaben über Personen', en: 'sensitive facts about people' },
  online: { de: 'Online-Kennung', en: 'online identifier' },
  freeText: { de: 'Freitext, kann Namen enthalten', en: 'free text, may hold names' },
} as const satisfies Record<string, Text>

const { person, staff, contact, address, bank, birth, plate, number, special, online, freeText } = personalWords

/** Read from the top; the first that fits speaks. German compounds end in what they are. */
const signs: readonly Sign[] = [
  {
    what: contact,
    level: 'likely',
    anywhere: /telefon|telephone|phone|rufnummer|handynr|e?mail(adresse|address)?$|mailadr/,
    word: /^(tel|fax|telefax|mobil|mobile|handy|mail|email)$/,
  },
  {
    what: bank,
    level: 'likely',
    anywhere: /iban|bankverbindung|kontonummer|kontonr|kontoinhaber|kreditkarte|creditcard/,
    word: /^(bic|konto|blz)$/,
  },
  { what: birth, level: 'likely', anywhere: /geburt|birth|gebdat/, word: /^(geb|dob)$/ },
  { what: plate, level: 'likely', anywhere: /kennzeichen|numberplate|licen[cs]eplate|fahrgestell/, word: /^(kfz|fin|vin)$/ },
  {
    what: number,
    level: 'likely',
    anywhere: /ausweis|passport|steuerid|steueridn|personalnu|personalnr|sozialversicherung|versichert|mitgliedsn/,
    word: /^(ssn|idnr)$/,
  },
  {
    what: special,
    level: 'likely',
    anywhere: /religion|konfession|diagnose|staatsangeh|nationalit|behinderungsgrad|familienstand/,
    word: /^(geschlecht|gender|sex)$/,
  },
  {
    what: online,
    level: 'likely',
    anywhere: /ipadress|ipaddress|sessionid|cookie/,
    word: /^(ip|login|username|userid|benutzer|benutzername)$/,
  },
  {
    what: person,
    level: 'likely',
    anywhere:
      /vorname|nachname|familienname|zuname|rufname|firstname|lastname|surname|givenname|fullname|ansprechp|contactperson|eigentuemer|antragsteller|applicant|beschwerdef|paechter|bewohner|patient/,
    word: /^(inhaber|halter|owner|holder|mieter|tenant|melder|kunde|customer|spender|stifter|donor|pate|patin|schueler|teilnehmer|buerger|citizen)$/,
  },
  {
    what: staff,
    level: 'likely',
    anywhere:
      /bearbeiter|mitarbeiter|employee|gutachter|kontrolleur|inspe[ck]tor|(^|[a-z])pruefer($|name|id|nr|kuerz)|erfasser|unterschrift|signature|lasteditor|(erstellt|geaendert|erfasst|bearbeitet|geprueft)(von|durch)|(created|modified|updated|edited|checked)(by|user)|(created|last)edited?user/,
    word: /^(editor|creator|author|autor|verfasser|user|pruefer)$/,
  },
  { what: address, level: 'likely', anywhere: /anschrift|wohnort|wohnadr|privatadr|homeaddress/ },
  {
    what: person,
    level: 'possible',
    word: /^(name|namen|betreiber|operator|verantwortlich|verantwortlicher|responsible|kontakt|contact|person|titel)$/,
  },
  { what: address, level: 'possible', word: /^(adresse|address|adr)$/ },
  {
    what: freeText,
    level: 'possible',
    anywhere: /bemerkung|kommentar|freitext|anmerkung/,
    word: /^(comment|comments|notiz|notizen|note|notes|remark|remarks|info|memo)$/,
  },
]

/**
 * What a name says; German and English, whatever its spelling.
 *
 * @example
 *   hintInName('SACHBEARBEITER')?.level  // → 'likely'
 *   hintInName('operator')?.level        // → 'possible'
 *   hintInName('PRUEFERGEBNIS')          // → undefined
 */
export function hintInName(column: string): PersonalHint | undefined {
  const spaced = transliterate(column)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
  const words = spaced.split(/[^a-z\d]+/).filter(word => word !== '')
  const whole = words.join('')
  const sign = signs.find(({ anywhere, word }) => anywhere?.test(whole) || (word && words.some(one => word.test(one))))
  return sign && { what: sign.what, level: sign.level, seenIn: 'name' }
}

/** The stronger of two hints. */
export function stronger(one: PersonalHint | undefined, other: PersonalHint | undefined): PersonalHint | undefined {
  if (!one || !other) return one ?? other
  return one.level === 'likely' || other.level === 'possible' ? one : other
}
