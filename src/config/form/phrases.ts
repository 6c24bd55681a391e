/** Which small phrases do several sentences about forms share? */

import type { Text } from '../../model/index.ts'
import { nearest } from '../suggest.ts'
import { listed } from '../words/template.ts'

const expectations: Readonly<Record<string, { readonly what: Text; readonly how: Text }>> = {
  string: {
    what: { de: 'ein Text', en: 'a text' },
    how: {
      de: 'Zahlen und Wahrheitswerte als Text in Anführungszeichen setzen.',
      en: 'Put numbers and truth values meant as text into quotation marks.',
    },
  },
  number: {
    what: { de: 'eine Zahl', en: 'a number' },
    how: {
      de: 'Eine Zahl ohne Anführungszeichen und Einheit schreiben, mit Punkt statt Komma.',
      en: 'Write a number without quotation marks and unit, with a point for the fraction.',
    },
  },
  int: {
    what: { de: 'eine ganze Zahl', en: 'a whole number' },
    how: {
      de: 'Eine ganze Zahl ohne Anführungszeichen und Einheit schreiben.',
      en: 'Write a whole number without quotation marks and unit.',
    },
  },
  boolean: {
    what: { de: 'true oder false', en: 'true or false' },
    how: {
      de: 'true für ja oder false für nein schreiben, ohne Anführungszeichen.',
      en: 'Write true for yes or false for no, without quotation marks.',
    },
  },
  array: {
    what: { de: 'eine Liste', en: 'a list' },
    how: {
      de: 'Eine Liste schreiben: [a, b], oder jede Zeile mit „- “ beginnen.',
      en: 'Write a list: [a, b], or start each line with "- ".',
    },
  },
  object: {
    what: { de: 'eine Gruppe von Einträgen', en: 'a group of entries' },
    how: {
      de: 'Einträge „schlüssel: wert“ eingerückt darunter oder in { } schreiben.',
      en: 'Write entries "key: value" indented below it or within { }.',
    },
  },
}

const any: { readonly what: Text; readonly how: Text } = {
  what: { de: 'ein anderer Wert', en: 'another value' },
  how: { de: 'Die Beschreibung des Eintrags nennt die Form.', en: 'The description of the entry names its form.' },
}

/** What zod calls `string`, in words. */
export function expectation(type: string): { readonly what: Text; readonly how: Text } {
  return expectations[type === 'record' ? 'object' : type === 'tuple' ? 'array' : type] ?? any
}

/** What kind of value stands there; never the value itself, which may be a secret. */
export function found(value: unknown): Text {
  const type = Array.isArray(value) ? 'array' : typeof value
  return expectation(type).what
}

/** `ein Text oder eine Liste`. */
export function either(texts: readonly Text[]): Text {
  return { de: texts.map(text => text.de).join(' oder '), en: texts.map(text => text.en).join(' or ') }
}

/** What is possible, and what was most likely meant. */
export function meant(written: unknown, known: readonly string[]): Text {
  const right = typeof written === 'string' ? nearest(written, known) : undefined
  if (right !== undefined) return { de: `Gemeint ist wohl „${right}“.`, en: `Probably "${right}" is meant.` }
  if (known.length === 0) return { de: 'Den Eintrag löschen.', en: 'Delete the entry.' }
  return { de: `Möglich sind: ${listed(known)}.`, en: `Possible are: ${listed(known)}.` }
}

/** Entries that a dataset must have, and what the people in charge are asked for. */
const asked: Readonly<Record<string, Text>> = {
  owner: {
    de: 'Das Amt eintragen, das die Daten führt und Fragen beantwortet: owner: Tiefbauamt.',
    en: 'Enter the department that keeps the data and answers questions: owner: Highways.',
  },
  licence: {
    de: 'Eine Lizenz eintragen, meist dl-de/by-2-0 (mit Namensnennung) oder dl-de/zero-2-0.',
    en: 'Enter a licence, usually dl-de/by-2-0 (with attribution) or dl-de/zero-2-0.',
  },
  key: {
    de: 'Die Spalten eintragen, die jede Zeile eindeutig machen: key: [NR].',
    en: 'Enter the columns that tell rows apart: key: [NR].',
  },
  title: { de: 'Einen Namen eintragen, wie Menschen ihn lesen: title: Bäume.', en: 'Enter a name as people read it: title: Trees.' },
}

/** What to do about an entry with nothing behind it. */
export function howToFill(path: readonly (string | number)[]): Text {
  const top = path.length === 1 ? asked[String(path[0])] : undefined
  return top ?? { de: 'Einen Wert eintragen oder die Zeile löschen.', en: 'Enter a value or delete the line.' }
}
