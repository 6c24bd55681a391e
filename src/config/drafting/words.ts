/** What does a draft say beside its entries? */

import type { Text } from '../../model/index.ts'

export const draftWords = {
  head: {
    de: 'Entwurf eines Datensatzes: <what> aus der Quelle „<source>“<rows>.',
    en: 'Draft of a dataset: <what> of the source "<source>"<rows>.',
  },
  rows: { de: ', etwa <rows> Zeilen', en: ', about <rows> rows' },
  closed: {
    de: 'Nichts davon ist freigegeben. So geht es weiter:',
    en: 'Nothing of it is released. What to do next:',
  },
  fill: {
    de: '  1. Leere Einträge ausfüllen; „stadttor check“ nennt sie.',
    en: '  1. Fill in what is empty; "stadttor check" names it.',
  },
  open: {
    de: '  2. Bei jedem Feld, das hinaus darf, das # am Anfang der Zeile löschen. Alle anderen bleiben in der Quelle.',
    en: '  2. Delete the # at the start of the line of every field that may leave the house. All others stay in the source.',
  },
  approve: {
    de: '  3. Der Datenschutz prüft und unterschreibt: stadttor approve <id>',
    en: '  3. The data-protection officer looks at it and signs: stadttor approve <id>',
  },
  hints: {
    de: 'Hinweise auf Personenbezug sind Vermutungen nach Namen und Mustern. Entscheiden müssen Menschen.',
    en: 'Hints at personal data are guesses by names and patterns. People have to decide.',
  },
  owner: {
    de: 'Amt, das die Daten führt und Fragen beantwortet, etwa: Tiefbauamt',
    en: 'department that keeps the data and answers questions, such as: Highways',
  },
  licence: {
    de: 'meist dl-de/by-2-0 (mit Namensnennung) oder dl-de/zero-2-0',
    en: 'usually dl-de/by-2-0 (with attribution) or dl-de/zero-2-0',
  },
  updated: {
    de: 'continuous, hourly, daily, weekly, monthly, quarterly, annual, irregular …',
    en: 'continuous, hourly, daily, weekly, monthly, quarterly, annual, irregular …',
  },
  attribution: { de: 'wen Nutzende als Quelle nennen sollen', en: 'whom users have to name as the source' },
  names: {
    de: 'Einzahl und Mehrzahl, wie sie in Abfragen heißen; bitte prüfen',
    en: 'singular and plural, as queries call them; please check',
  },
  keyMissing: { de: 'Spalten, die jede Zeile eindeutig machen, etwa: [NR]', en: 'columns that tell rows apart, such as: [NR]' },
  keyGuessed: { de: 'vermutet; muss jede Zeile eindeutig machen', en: 'a guess; must tell all rows apart' },
  key: { de: 'unterscheidet die Zeilen; nur das Gateway kennt sie', en: 'tells rows apart; known to the gateway only' },
  personal: { de: '<level>: <what> (<seen>)', en: '<level>: <what> (<seen>)' },
  likely: { de: 'VERMUTLICH PERSONENBEZOGEN', en: 'PROBABLY PERSONAL DATA' },
  possible: { de: 'vielleicht personenbezogen', en: 'perhaps personal data' },
  inName: { de: 'nach dem Namen der Spalte', en: 'by the name of the column' },
  inValues: { de: 'nach Werten der Stichprobe', en: 'by values of the sample' },
  noType: {
    de: '<column> (<stored>): kein Feldtyp passt, bleibt in der Quelle',
    en: '<column> (<stored>): no type of field fits, stays in the source',
  },
  crsUnknown: { de: 'das Bezugssystem <crs> kennt das Gateway nicht', en: 'the gateway does not know the reference system <crs>' },
  manyCodes: { de: '<count> Schlüsselwerte: als Text vorgeschlagen', en: '<count> codes: proposed as text' },
  badName: {
    de: '„<column>“: solche Namen von Spalten nimmt das Gateway nicht; eine Sicht kann sie umbenennen',
    en: '"<column>": the gateway does not take such names of columns; a view can rename it',
  },
  renamed: { de: 'eine andere Spalte heißt schon „<name>“', en: 'another column is called "<name>" already' },
  noIndex: { de: 'ohne Index', en: 'no index' },
} as const satisfies Record<string, Text>

/** What a thing is called that a dataset can be made of. */
export const itemWords = {
  table: { de: 'Tabelle', en: 'table' },
  view: { de: 'Sicht', en: 'view' },
  layer: { de: 'Ebene', en: 'layer' },
  collection: { de: 'Sammlung', en: 'collection' },
  entity: { de: 'Entität', en: 'entity' },
  file: { de: 'Datei', en: 'file' },
} as const satisfies Record<string, Text>
