/** What do we say when a file cannot be read or is not the plain YAML we take? */

import type { Words } from './template.ts'

export const fileWords = {
  FILE_MISSING: {
    message: { de: 'Die Datei „<name>“ fehlt.', en: 'The file "<name>" is missing.' },
    remedy: {
      de: 'Den richtigen Ordner angeben (--config) oder die Datei anlegen.',
      en: 'Name the right folder (--config) or create the file.',
    },
  },
  FILE_UNREADABLE: {
    message: { de: 'Die Datei lässt sich nicht lesen.', en: 'The file cannot be read.' },
    remedy: { de: 'Leserechte und Verknüpfungen prüfen.', en: 'Check its permissions and links.' },
  },
  FILE_OUTSIDE: {
    message: { de: 'Die Verknüpfung führt aus dem Konfigurationsordner hinaus.', en: 'The link leads out of the configuration folder.' },
    remedy: { de: 'Die Datei selbst in den Ordner legen.', en: 'Put the file itself into the folder.' },
  },
  FILE_TOO_LARGE: {
    message: { de: 'Die Datei ist größer als <limit>.', en: 'The file is larger than <limit>.' },
    remedy: {
      de: 'Eine Datei je Datensatz schreiben; Daten gehören nicht in die Konfiguration.',
      en: 'Write one file per dataset; data does not belong into the configuration.',
    },
  },
  FILE_NOT_UTF8: {
    message: { de: 'Die Datei ist nicht in UTF-8 gespeichert.', en: 'The file is not stored as UTF-8.' },
    remedy: { de: 'Im Editor mit der Kodierung „UTF-8“ speichern.', en: 'Save it with the encoding "UTF-8" in the editor.' },
  },
  FILE_MISPLACED: {
    message: { de: 'An dieser Stelle wird keine YAML-Datei gelesen.', en: 'No YAML file is read at this place.' },
    remedy: {
      de: 'Quellen stehen unmittelbar in sources/, Datensätze im Ordner einer Abteilung in datasets/: datasets/umwelt/baeume.yml.',
      en: 'Sources are directly in sources/, datasets in the folder of a department in datasets/: datasets/umwelt/baeume.yml.',
    },
  },
  FILE_EMPTY: {
    message: { de: 'Die Datei ist leer.', en: 'The file is empty.' },
    remedy: { de: 'Die Datei füllen oder löschen.', en: 'Fill it or delete it.' },
  },
  YAML_SYNTAX: {
    message: { de: 'Das ist kein gültiges YAML (<detail>).', en: 'This is no valid YAML (<detail>).' },
    remedy: {
      de: 'Einrückung, Klammern, Doppelpunkte und Anführungszeichen in und vor dieser Zeile prüfen.',
      en: 'Check indentation, brackets, colons and quotation marks in and before this line.',
    },
  },
  YAML_SEVERAL_DOCUMENTS: {
    message: { de: 'Die Datei enthält mehrere YAML-Dokumente („---“).', en: 'The file holds several YAML documents ("---").' },
    remedy: { de: 'Aus jedem Dokument eine eigene Datei machen.', en: 'Make a file of its own from each document.' },
  },
  YAML_DUPLICATE_KEY: {
    message: { de: '„<key>“ steht hier zweimal.', en: '"<key>" is here twice.' },
    remedy: { de: 'Einen der beiden Einträge löschen oder umbenennen.', en: 'Delete or rename one of the two entries.' },
  },
  YAML_ALIAS: {
    message: {
      de: 'Anker und Verweise („&name“, „*name“) sind nicht erlaubt.',
      en: 'Anchors and aliases ("&name", "*name") are not allowed.',
    },
    remedy: {
      de: 'Den Wert ausschreiben; Text mit „*“ oder „&“ am Anfang in Anführungszeichen setzen.',
      en: 'Write the value out; put text that starts with "*" or "&" into quotation marks.',
    },
  },
  YAML_MERGE: {
    message: { de: 'Der Schlüssel „<<“ (Einfügen) ist nicht erlaubt.', en: 'The key "<<" (merge) is not allowed.' },
    remedy: { de: 'Die Einträge ausschreiben.', en: 'Write the entries out.' },
  },
  YAML_TAG: {
    message: { de: 'Typangaben mit „!“ sind nicht erlaubt.', en: 'Type tags with "!" are not allowed.' },
    remedy: {
      de: 'Die Angabe löschen; Text mit „!“ am Anfang in Anführungszeichen setzen.',
      en: 'Delete the tag; put text that starts with "!" into quotation marks.',
    },
  },
  YAML_DIRECTIVE: {
    message: { de: 'YAML-Direktiven („%“) sind nicht erlaubt.', en: 'YAML directives ("%") are not allowed.' },
    remedy: { de: 'Die Zeile löschen; gelesen wird YAML 1.2.', en: 'Delete the line; YAML 1.2 is read.' },
  },
  YAML_KEY: {
    message: { de: 'Ein Schlüssel muss ein einfaches Wort sein.', en: 'A key must be a simple word.' },
    remedy: { de: 'Schreiben Sie „schlüssel: wert“.', en: 'Write "key: value".' },
  },
  YAML_TOO_DEEP: {
    message: { de: 'Die Datei ist tiefer verschachtelt als <limit> Ebenen.', en: 'The file is nested deeper than <limit> levels.' },
    remedy: { de: 'Vergessene Klammern oder Einrückungen suchen.', en: 'Look for brackets or indentations gone wrong.' },
  },
  SECRET_VARIABLE_MISSING: {
    message: {
      de: 'Die Umgebungsvariable <name> ist nicht gesetzt oder leer.',
      en: 'The environment variable <name> is not set or empty.',
    },
    remedy: {
      de: 'Die Variable für den Dienst setzen oder den Namen berichtigen.',
      en: 'Set the variable for the service, or correct its name.',
    },
  },
  SECRET_FILE_UNREADABLE: {
    message: { de: 'Die Datei <name> lässt sich nicht lesen oder ist leer.', en: 'The file <name> cannot be read or is empty.' },
    remedy: {
      de: 'Pfad und Leserechte prüfen; ein relativer Pfad beginnt beim Konfigurationsordner.',
      en: 'Check path and permissions; a relative path starts from the configuration folder.',
    },
  },
  SECRET_FORM: {
    message: { de: `Die Ersetzung „\${…}“ ist nicht lesbar.`, en: `The substitution "\${…}" cannot be read.` },
    remedy: {
      de: `Erlaubt sind \${NAME} für eine Umgebungsvariable und \${file:/pfad} für eine Datei; das Zeichen selbst schreibt man $\${.`,
      en: `Allowed are \${NAME} for an environment variable and \${file:/path} for a file; the characters themselves are written $\${.`,
    },
  },
  SECRET_NOT_HERE: {
    message: {
      de: `Umgebungsvariablen und Geheimnisse („\${…}“) sind hier nicht erlaubt.`,
      en: `Environment variables and secrets ("\${…}") are not allowed here.`,
    },
    remedy: {
      de: 'Zugangsdaten gehören in sources/ oder gateway.yml, niemals in eine Datensatz-Datei.',
      en: 'Credentials belong in sources/ or gateway.yml, never in a dataset file.',
    },
  },
} as const satisfies Record<string, Words>
