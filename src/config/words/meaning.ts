/** What do we say when every entry has its form, but they make no sense together? */

import type { Words } from './template.ts'

export const meaningWords = {
  NOT_YET: {
    message: { de: '<what> gibt es in dieser Version noch nicht.', en: '<what> does not exist in this version yet.' },
    remedy: { de: 'Den Eintrag löschen.', en: 'Delete the entry.' },
  },
  DUPLICATE_ID: {
    message: { de: 'Die Kennung „<id>“ trägt schon <other>.', en: 'The id "<id>" already belongs to <other>.' },
    remedy: { de: 'Eine der beiden umbenennen.', en: 'Rename one of the two.' },
  },
  DUPLICATE_ENTRY: {
    message: { de: '„<entry>“ steht zweimal in der Liste.', en: '"<entry>" is in the list twice.' },
    remedy: { de: 'Einen der beiden Einträge löschen.', en: 'Delete one of the two entries.' },
  },
  SOURCE_UNKNOWN: {
    message: { de: 'Die Quelle „<id>“ gibt es nicht.', en: 'There is no source "<id>".' },
    remedy: { de: '<hint>', en: '<hint>' },
  },
  AUDIENCE_UNKNOWN: {
    message: { de: 'Den Empfängerkreis „<name>“ gibt es nicht.', en: 'There is no audience "<name>".' },
    remedy: { de: '<hint>', en: '<hint>' },
  },
  AUDIENCE_PUBLIC: {
    message: {
      de: '„public“ kann keinen anderen Empfängerkreis einschließen: damit wäre alles öffentlich.',
      en: '"public" cannot include another audience: everything would be public.',
    },
    remedy: { de: '„includes“ hier löschen.', en: 'Delete "includes" here.' },
  },
  OUTSIDE_WITHOUT_EXTENT: {
    message: { de: 'Ohne „extent“ liegt nichts außerhalb.', en: 'Without "extent" nothing lies outside.' },
    remedy: {
      de: 'extent: [West, Süd, Ost, Nord] ergänzen oder „outside“ löschen.',
      en: 'Add extent: [west, south, east, north], or delete "outside".',
    },
  },
  PAGE_SIZES: {
    message: { de: '„defaultPageSize“ ist größer als „pageSize“.', en: '"defaultPageSize" is greater than "pageSize".' },
    remedy: { de: 'Höchstens <limit> angeben.', en: 'Give at most <limit>.' },
  },
  TYPE_NAME: {
    message: { de: '„<name>“ ist kein brauchbarer Typname.', en: '"<name>" is no usable type name.' },
    remedy: {
      de: 'Großer Anfangsbuchstabe, dann nur a–z, A–Z und Ziffern, Einzahl: <right>.',
      en: 'A capital first, then only a–z, A–Z and digits, singular: <right>.',
    },
  },
  FIELD_NAME: {
    message: { de: '„<name>“ ist kein brauchbarer Name.', en: '"<name>" is no usable name.' },
    remedy: {
      de: 'Kleiner Anfangsbuchstabe, dann nur Buchstaben und Ziffern: <right>.',
      en: 'A small letter first, then only letters and digits: <right>.',
    },
  },
  NAME_RESERVED: {
    message: { de: 'Den Namen „<name>“ braucht das Gateway selbst.', en: 'The gateway needs the name "<name>" itself.' },
    remedy: { de: 'Einen anderen Namen wählen, etwa <right>.', en: 'Choose another name, such as <right>.' },
  },
  NAME_TAKEN: {
    message: {
      de: '„<name>“ hieße in der Schnittstelle so wie <other>.',
      en: '"<name>" would have the same name in the interface as <other>.',
    },
    remedy: {
      de: 'Einen der beiden Namen ändern; Groß- und Kleinschreibung allein unterscheidet nicht, und ä ist ae.',
      en: 'Change one of the two names; capitals alone make no difference, and ä is ae.',
    },
  },
  USE_WITHOUT_READ: {
    message: {
      de: 'Ein Feld, das niemand lesen darf, darf auch nicht <use> erlauben: das Ergebnis verriete den Wert.',
      en: 'A field nobody may read must not allow <use> either: the result would reveal the value.',
    },
    remedy: {
      de: '„read“ ergänzen oder das Feld löschen. Für Verknüpfungen genügt „joinable“, für feste Bedingungen „rows“.',
      en: 'Add "read" or delete the field. "joinable" is enough for relations, "rows" for fixed conditions.',
    },
  },
  USE_GEOMETRY: {
    message: { de: 'Geometrien lassen sich nicht mit „<use>“ verwenden.', en: 'Geometries cannot be used with "<use>".' },
    remedy: { de: '„<use>“ löschen; möglich sind read und filter.', en: 'Delete "<use>"; read and filter are possible.' },
  },
  USE_CODE: {
    message: {
      de: '„<use>“ gibt es bei Schlüsselwerten (code) nicht: ihre Reihenfolge bedeutet nichts.',
      en: '"<use>" does not exist for codes: their order means nothing.',
    },
    remedy: { de: '„<use>“ löschen; möglich sind read, filter und group.', en: 'Delete "<use>"; read, filter and group are possible.' },
  },
  USE_AGGREGATE_TYPE: {
    message: {
      de: '„aggregate“ gibt es nur für Zahlen und Zeitangaben, nicht für <type>.',
      en: '"aggregate" exists only for numbers and dates, not for <type>.',
    },
    remedy: { de: '„aggregate“ löschen; zählen geht immer.', en: 'Delete "aggregate"; counting is always possible.' },
  },
  USE_COARSENED: {
    message: {
      de: '„<use>“ würde den genauen Wert eines vergröberten Feldes verraten.',
      en: '"<use>" would reveal the exact value of a coarsened field.',
    },
    remedy: {
      de: '„<use>“ oder „coarsen“ löschen; soll gefiltert werden, muss die Quelle den groben Wert liefern (Sicht).',
      en: 'Delete "<use>" or "coarsen"; to filter, let the source provide the coarse value (a view).',
    },
  },
  USE_UNSUPPORTED: {
    message: {
      de: 'Quellen der Art „<kind>“ können „<use>“ für <type> nicht.',
      en: 'Sources of the kind "<kind>" cannot do "<use>" for <type>.',
    },
    remedy: {
      de: '„<use>“ löschen, oder „small: true“ ergänzen: Dann holt das Gateway alle Zeilen und macht es selbst (höchstens 10.000).',
      en: 'Delete "<use>", or add "small: true": then the gateway fetches all rows and does it by itself (10,000 at most).',
    },
  },
  CODES_MISSING: {
    message: { de: 'Zu „type: code“ fehlen die Bezeichnungen.', en: 'The labels of "type: code" are missing.' },
    remedy: {
      de: 'codes: { 1: gut, 2: geschädigt } ergänzen, oder type: text schreiben.',
      en: 'Add codes: { 1: good, 2: damaged }, or write type: text.',
    },
  },
  CODES_ELSEWHERE: {
    message: { de: '„codes“ gibt es nur mit „type: code“.', en: '"codes" exists only with "type: code".' },
    remedy: { de: '„type: code“ schreiben oder „codes“ löschen.', en: 'Write "type: code" or delete "codes".' },
  },
  UNIT_ELSEWHERE: {
    message: { de: '„<key>“ gibt es nur für Zahlen, nicht für <type>.', en: '"<key>" exists only for numbers, not for <type>.' },
    remedy: { de: '„<key>“ löschen oder den Typ ändern.', en: 'Delete "<key>" or change the type.' },
  },
  SCALE_WHOLE: {
    message: {
      de: 'Mit „scale: <scale>“ bleibt eine ganze Zahl keine ganze Zahl.',
      en: 'With "scale: <scale>" a whole number does not stay whole.',
    },
    remedy: { de: '„type: decimal“ schreiben; alle Stellen bleiben genau.', en: 'Write "type: decimal"; every digit stays exact.' },
  },
  ZONE_ELSEWHERE: {
    message: { de: '„zone“ gibt es nur mit „type: datetime“.', en: '"zone" exists only with "type: datetime".' },
    remedy: { de: '„zone“ löschen oder „type: datetime“ schreiben.', en: 'Delete "zone" or write "type: datetime".' },
  },
  CRS_ELSEWHERE: {
    message: { de: '„crs“ gibt es nur für Geometrien.', en: '"crs" exists only for geometries.' },
    remedy: {
      de: '„crs“ löschen oder den Typ ändern (point, line, polygon, geometry).',
      en: 'Delete "crs" or change the type (point, line, polygon, geometry).',
    },
  },
  WRITTEN_EMPTY: {
    message: { de: '„written“ sagt nichts.', en: '"written" says nothing.' },
    remedy: { de: 'Den Eintrag löschen oder ergänzen, etwa missing: "N/A".', en: 'Delete the entry or fill it, such as missing: "N/A".' },
  },
  WRITTEN_TYPE: {
    message: { de: '„<key>“ gibt es nicht für <type>.', en: '"<key>" does not exist for <type>.' },
    remedy: {
      de: 'Möglich sind dafür: <fitting>. „type“ nennt, was herauskommen soll, nicht, wie es gespeichert ist.',
      en: 'Possible are: <fitting>. "type" names what is to come out, not how it is stored.',
    },
  },
  WRITTEN_TRUTH: {
    message: { de: 'Zu ja oder zu nein fehlt, wie die Quelle es schreibt.', en: 'How the source writes yes, or no, is missing.' },
    remedy: {
      de: 'Beides angeben: true: J und false: N. Steht für nein gar nichts: false: "".',
      en: 'Give both: true: J and false: N. When nothing at all stands for no: false: "".',
    },
  },
  WRITTEN_TWICE: {
    message: { de: '„<word>“ steht für zweierlei.', en: '"<word>" stands for two things.' },
    remedy: {
      de: 'Jedes Wort nur einmal nennen; Leerzeichen am Rand machen keinen Unterschied.',
      en: 'Name each word once; blanks around it make no difference.',
    },
  },
  WRITTEN_GROUP: {
    message: {
      de: 'Dasselbe Zeichen kann nicht Komma und Tausendertrennung sein.',
      en: 'One sign cannot be both decimal sign and group sign.',
    },
    remedy: { de: 'Etwa decimal: "," und group: "." angeben.', en: 'Give decimal: "," and group: ".", for instance.' },
  },
  WRITTEN_TIME: {
    message: { de: '„format“ und „epoch“ schließen sich aus.', en: '"format" and "epoch" exclude each other.' },
    remedy: { de: 'Eines der beiden löschen.', en: 'Delete one of them.' },
  },
  WRITTEN_FORMAT_TYPE: {
    message: { de: 'Das Format ergibt nicht <type>.', en: 'The format does not make <type>.' },
    remedy: {
      de: 'date: dd.MM.yyyy; time: HH:mm; datetime: dd.MM.yyyy HH:mm. MM ist der Monat, mm die Minute.',
      en: 'date: dd.MM.yyyy; time: HH:mm; datetime: dd.MM.yyyy HH:mm. MM is the month, mm the minute.',
    },
  },
  WRITTEN_ZONE: {
    message: { de: 'Zu dieser Uhrzeit fehlt die Zeitzone.', en: 'The time zone of this time is missing.' },
    remedy: { de: 'Neben „type“ ergänzen: zone: Europe/Berlin.', en: 'Add beside "type": zone: Europe/Berlin.' },
  },
  USE_WRITTEN: {
    message: {
      de: '„<use>“ ist nicht möglich: eine Quelle der Art „<kind>“ vergleicht, was sie speichert, und so geschrieben hat ein Wert mehrere Schreibweisen oder eine andere Reihenfolge.',
      en: '"<use>" is not possible: a source of the kind "<kind>" compares what it stores, and written like this a value has several spellings or another order.',
    },
    remedy: {
      de: '„<use>“ löschen, oder in der Quelle eine Sicht anlegen, die den Wert umgewandelt als eigene Spalte führt; bei wenigen Zeilen genügt „small: true“.',
      en: 'Delete "<use>", or make a view in the source that holds the converted value as a column; for few rows "small: true" is enough.',
    },
  },
  RELATION_WRITTEN: {
    message: {
      de: 'Nach „<name>“ kann eine Quelle der Art „<kind>“ nicht suchen: so geschrieben hat ein Wert mehrere Schreibweisen.',
      en: 'A source of the kind "<kind>" cannot look for "<name>": written like this a value has several spellings.',
    },
    remedy: {
      de: 'Die Spalte unter „joinable“ nennen und mit „normalise“ vergleichen, oder die Verknüpfung löschen.',
      en: 'Name the column in "joinable" and compare with "normalise", or delete the relation.',
    },
  },
  COARSEN_TYPE: {
    message: { de: 'So lässt sich <type> nicht vergröbern.', en: '<type> cannot be coarsened this way.' },
    remedy: {
      de: 'Zeiten: day, week, month, year (datetime auch hour). Punkte: eine Strecke wie 100 m. Zahlen: eine Zahl wie 5.',
      en: 'Times: day, week, month, year (datetime also hour). Points: a distance such as 100 m. Numbers: a number such as 5.',
    },
  },
  COARSEN_DEFEATED: {
    message: {
      de: 'Das Feld „<other>“ gibt dieselbe Spalte denselben Empfängern genau heraus: die Vergröberung schützt nichts.',
      en: 'The field "<other>" gives the same column to the same callers exactly: the coarsening protects nothing.',
    },
    remedy: {
      de: 'Eines der beiden Felder löschen oder seinen Empfängerkreis einschränken.',
      en: 'Delete one of the two fields or narrow its audience.',
    },
  },
  COARSEN_TWICE: {
    message: {
      de: 'Das Feld „<other>“ vergröbert dieselbe Spalte für dieselben Empfänger anders: beide zusammen zeigen mehr als jedes für sich.',
      en: 'The field "<other>" coarsens the same column for the same callers in another way: both together show more than either.',
    },
    remedy: {
      de: 'Eines der beiden Felder löschen. Nur Zeiten, die ineinander liegen, vertragen sich: etwa month und year.',
      en: 'Delete one of the two fields. Only times that lie within each other go together, such as month and year.',
    },
  },
  COARSEN_KEY: {
    message: {
      de: 'Das Feld „<field>“ vergröbert diese Spalte; als Schlüssel verriete sie durch die Reihenfolge den genauen Rang jeder Zeile.',
      en: 'The field "<field>" coarsens this column; in the key it would reveal the exact rank of each row by their order.',
    },
    remedy: {
      de: 'Als Schlüssel Spalten nennen, die nichts bedeuten, etwa eine laufende Nummer; sonst in der Quelle eine Sicht mit dem groben Wert anlegen.',
      en: 'Name columns for the key that mean nothing, such as a serial number; else make a view in the source with the coarse value.',
    },
  },
  KEY_TYPE: {
    message: {
      de: 'Eine Spalte vom Typ <type> kann kein Schlüssel und keine Verknüpfungsspalte sein.',
      en: 'A column of type <type> can be neither a key nor a column to join by.',
    },
    remedy: {
      de: 'Eine Spalte mit eindeutigem, genauem Wert angeben (text, int, bigint, decimal, date …).',
      en: 'Name a column with an unambiguous, exact value (text, int, bigint, decimal, date …).',
    },
  },
  COLUMN_TYPES: {
    message: {
      de: 'Die Spalte ist hier als <type> angegeben, im Feld „<field>“ als <other>.',
      en: 'The column is declared as <type> here and as <other> by the field "<field>".',
    },
    remedy: { de: 'Denselben Typ angeben, oder ihn hier weglassen.', en: 'Declare the same type, or leave it out here.' },
  },
  ROWS_FORM: {
    message: { de: 'Diese Zeilenbedingung ist nicht lesbar.', en: 'This row rule cannot be read.' },
    remedy: {
      de: 'SPALTE: wert oder SPALTE: { eq: wert }, { in: [a, b] }, { gte: 2020 }, { isNull: true } schreiben; <operators> sind möglich.',
      en: 'Write COLUMN: value or COLUMN: { eq: value }, { in: [a, b] }, { gte: 2020 }, { isNull: true }; <operators> are possible.',
    },
  },
  ROWS_VALUE: {
    message: { de: 'Der Wert passt nicht zum Typ <type> der Spalte.', en: 'The value does not fit the type <type> of the column.' },
    remedy: {
      de: 'Den Wert berichtigen oder den Typ mit „type:“ neben der Bedingung angeben; Text gehört in Anführungszeichen.',
      en: 'Correct the value, or give the type with "type:" beside the condition; put text into quotation marks.',
    },
  },
  ROWS_NULL: {
    message: { de: 'Mit einem fehlenden Wert lässt sich nicht vergleichen.', en: 'Nothing can be compared with a missing value.' },
    remedy: { de: '{ isNull: true } oder { isNull: false } schreiben.', en: 'Write { isNull: true } or { isNull: false }.' },
  },
  ROWS_UNSUPPORTED: {
    message: {
      de: 'Quellen der Art „<kind>“ können die Zeilenbedingung „<op>“ für <type> nicht einhalten.',
      en: 'Sources of the kind "<kind>" cannot keep the row rule "<op>" for <type>.',
    },
    remedy: {
      de: 'Eine andere Bedingung schreiben, in der Quelle eine Sicht nur mit den erlaubten Zeilen anlegen, oder „small: true“ ergänzen.',
      en: 'Write another condition, make a view in the source that holds only the allowed rows, or add "small: true".',
    },
  },
  RELATION_TARGET: {
    message: { de: 'Den Datensatz „<id>“ gibt es nicht.', en: 'There is no dataset "<id>".' },
    remedy: { de: '<hint>', en: '<hint>' },
  },
  RELATION_RIGHT: {
    message: {
      de: '„<name>“ ist im Datensatz „<id>“ weder Feld noch Schlüssel noch unter „joinable“ genannt.',
      en: '"<name>" is neither a field nor the key of the dataset "<id>", and not named in its "joinable".',
    },
    remedy: {
      de: '<hint> Sonst muss der andere Datensatz die Spalte unter „joinable“ nennen.',
      en: '<hint> Else the other dataset has to name the column in its "joinable".',
    },
  },
  RELATION_LEFT: {
    message: {
      de: '„<name>“ ist ein Feld; links stehen Spalten dieses Datensatzes.',
      en: '"<name>" is a field; on the left stand columns of this dataset.',
    },
    remedy: { de: 'Die Spalte „<column>“ schreiben.', en: 'Write the column "<column>".' },
  },
  RELATION_TYPES: {
    message: {
      de: 'Links steht <left>, rechts <right>: solche Werte sind nie gleich.',
      en: 'On the left is <left>, on the right <right>: such values are never equal.',
    },
    remedy: {
      de: 'Den Typ der Spalte unter „key“ oder „joinable“ angeben: { column: NR, type: int }; oder mit „normalise“ als Text vergleichen.',
      en: 'Declare the type of the column in "key" or "joinable": { column: NR, type: int }; or compare as text with "normalise".',
    },
  },
  RELATION_NORMALISE: {
    message: {
      de: '„normalise“ macht Text daraus, rechts steht aber <right>.',
      en: '"normalise" makes text of it, but on the right is <right>.',
    },
    remedy: { de: '„normalise“ löschen oder rechts eine Textspalte nennen.', en: 'Delete "normalise" or name a text column on the right.' },
  },
  RELATION_COARSENED: {
    message: {
      de: 'Das Feld „<name>“ ist vergröbert; eine Verknüpfung verriete den genauen Wert.',
      en: 'The field "<name>" is coarsened; a relation would reveal its exact value.',
    },
    remedy: {
      de: 'Eine andere Spalte verwenden, oder sie bewusst unter „joinable“ nennen.',
      en: 'Use another column, or name it in "joinable" on purpose.',
    },
  },
  RELATION_UNSUPPORTED: {
    message: {
      de: 'Quellen der Art „<kind>“ können Zeilen nicht nach <type> heraussuchen.',
      en: 'Sources of the kind "<kind>" cannot pick rows by <type>.',
    },
    remedy: {
      de: 'Beim anderen Datensatz „small: true“ ergänzen, die Verknüpfung in der anderen Richtung anlegen, oder sie löschen.',
      en: 'Add "small: true" to the other dataset, declare the relation the other way round, or delete it.',
    },
  },
  NO_FIELDS: {
    message: { de: 'Der Datensatz gibt kein Feld frei.', en: 'The dataset releases no field.' },
    remedy: {
      de: 'Unter „fields“ mindestens ein Feld nennen; in einem Entwurf bei den Feldern, die hinaus dürfen, das # am Anfang der Zeile löschen.',
      en: 'Name at least one field in "fields"; in a draft, delete the # at the start of the line of each field that may leave the house.',
    },
  },
} as const satisfies Record<string, Words>
