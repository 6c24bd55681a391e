/** What does each refusal mean to whoever meets it, and what can they do? A code without its words does not compile. */

import type { exitCodes } from '../../src/cli/terminal.ts'
import type { FailureCode, Text } from '../../src/model/index.ts'

interface Advice {
  readonly meaning: Text
  readonly remedy: Text
}

/** For callers, by code. */
export const failureWords: Readonly<Record<FailureCode, Advice>> = {
  GRAPHQL_PARSE_FAILED: {
    meaning: { de: 'Der Text der Abfrage ist kein GraphQL.', en: 'The text of the query is no GraphQL.' },
    remedy: {
      de: 'Klammern und Anführungszeichen an der genannten Stelle prüfen.',
      en: 'Check brackets and quotation marks at the place that is named.',
    },
  },
  GRAPHQL_VALIDATION_FAILED: {
    meaning: { de: 'Die Abfrage passt nicht zum Schema.', en: 'The query does not fit the schema.' },
    remedy: {
      de: 'Die Meldung nennt die Stelle; das Schema steht unter `/schema.graphql`.',
      en: 'The message names the place; the schema is at `/schema.graphql`.',
    },
  },
  FIELD_UNKNOWN: {
    meaning: {
      de: 'Ein Feld gibt es für Sie nicht. Ob es gesperrt ist oder nie da war, ist nicht zu unterscheiden.',
      en: 'There is no such field for you. Whether it is closed or never was there cannot be told apart.',
    },
    remedy: {
      de: 'Den vorgeschlagenen Namen nehmen oder im Katalog nachsehen: `{ catalog { datasets { query fields { name } } } }`.',
      en: 'Take the name that is suggested, or look into the catalogue: `{ catalog { datasets { query fields { name } } } }`.',
    },
  },
  BAD_USER_INPUT: {
    meaning: {
      de: 'Ein Wert in der Abfrage oder ihren Variablen ist nicht möglich.',
      en: 'A value in the query or its variables is not possible.',
    },
    remedy: { de: 'Den Wert nach dem Hinweis berichtigen.', en: 'Correct the value as the hint says.' },
  },
  PERSISTED_QUERY_NOT_FOUND: {
    meaning: {
      de: 'Das Gateway kennt zu dieser Prüfsumme keine Abfrage (mehr).',
      en: 'The gateway does not know a query for this checksum, or not any more.',
    },
    remedy: {
      de: 'Dieselbe Anfrage mit dem Text der Abfrage wiederholen; Apollo-Clients tun das von selbst.',
      en: 'Repeat the request with the text of the query; Apollo clients do so by themselves.',
    },
  },
  ID_INVALID: {
    meaning: {
      de: 'Diese Kennung hat das Gateway nicht für Sie ausgestellt: sie ist verändert, gehört zu einer anderen Berechtigung oder zu einem anderen Geheimnis.',
      en: 'The gateway did not issue this id to you: it was changed, or belongs to another permission or another secret.',
    },
    remedy: { de: 'Die Zeile über ihre Liste neu suchen.', en: 'Look the row up anew through its list.' },
  },
  CURSOR_INVALID: {
    meaning: {
      de: 'Diese Seitenmarke gehört zu einer anderen Liste, einer anderen Sortierung, oder der Datensatz wurde inzwischen anders freigegeben.',
      en: 'This cursor belongs to another list or another order, or the dataset has been released in another way since.',
    },
    remedy: {
      de: 'Von vorn beginnen, ohne `after` und `before`, und `orderBy` beim Blättern nicht ändern.',
      en: 'Start anew without `after` and `before`, and keep `orderBy` the same from page to page.',
    },
  },
  PAGE_TOO_LARGE: {
    meaning: {
      de: 'Es wurden mehr Zeilen auf einmal verlangt, als eine Seite haben darf.',
      en: 'More rows were asked for at once than a page may have.',
    },
    remedy: { de: 'Kleiner fragen und mit `after` weiterblättern.', en: 'Ask for fewer and go on with `after`.' },
  },
  QUERY_TOO_EXPENSIVE: {
    meaning: {
      de: 'Die Abfrage könnte zu viele Zeilen liefern, oder ihr Filter ist zu groß. Keine Quelle wurde gefragt.',
      en: 'The query could return too many rows, or its filter is too large. No source was asked.',
    },
    remedy: {
      de: 'Kleinere Seiten (`first`), weniger Ebenen, kürzere Listen im Filter.',
      en: 'Smaller pages (`first`), fewer levels, shorter lists in the filter.',
    },
  },
  QUERY_TOO_DEEP: {
    meaning: { de: 'Die Abfrage hat zu viele Ebenen.', en: 'The query has too many levels.' },
    remedy: { de: 'In zwei Abfragen teilen.', en: 'Ask in two queries.' },
  },
  TOO_MANY_ALIASES: {
    meaning: { de: 'Die Abfrage benennt zu viele Felder um.', en: 'The query renames too many fields.' },
    remedy: {
      de: 'In mehrere Abfragen teilen, oder mit `in` filtern statt einzeln zu fragen.',
      en: 'Ask in several queries, or filter with `in` instead of asking one by one.',
    },
  },
  REQUEST_TOO_LARGE: {
    meaning: { de: 'Die Anfrage ist größer, als das Gateway annimmt.', en: 'The request is larger than the gateway accepts.' },
    remedy: { de: 'Weniger Werte oder eine einfachere Fläche mitschicken.', en: 'Send fewer values or a simpler area.' },
  },
  REQUEST_INVALID: {
    meaning: { de: 'Das ist keine Anfrage nach „GraphQL over HTTP“.', en: 'This is no request as "GraphQL over HTTP" has it.' },
    remedy: {
      de: 'POST mit `content-type: application/json` und `{"query": "…"}`, oder GET mit `?query=…`.',
      en: 'POST with `content-type: application/json` and `{"query": "…"}`, or GET with `?query=…`.',
    },
  },
  KEY_INVALID: {
    meaning: { de: 'Der API-Schlüssel ist unbekannt oder abgelaufen.', en: 'The API key is unknown or has expired.' },
    remedy: {
      de: 'Einen neuen Schlüssel erbitten; ohne Schlüssel gibt es die öffentlichen Daten.',
      en: 'Ask for a new key; without a key there are the public data.',
    },
  },
  NOT_FOUND: {
    meaning: { de: 'Unter dieser Adresse ist nichts.', en: 'There is nothing at this address.' },
    remedy: { de: 'GraphQL wohnt unter `/graphql`.', en: 'GraphQL lives at `/graphql`.' },
  },
  GATEWAY_BUSY: {
    meaning: {
      de: 'Das Gateway wird gerade mehr gefragt, als es beantworten kann. `Retry-After` sagt, wann es sich wieder lohnt.',
      en: 'The gateway is asked more than it can answer at the moment. `Retry-After` says when it is worth asking again.',
    },
    remedy: { de: 'Nach der genannten Zeit noch einmal fragen.', en: 'Ask again after the time named.' },
  },
  TOO_MANY_ROWS: {
    meaning: {
      de: 'Um zu antworten, müsste zu viel aus der Quelle geholt werden.',
      en: 'To answer this, too much would have to be fetched from the source.',
    },
    remedy: { de: 'Enger filtern, weniger Felder, kleinere Seiten.', en: 'A narrower filter, fewer fields, smaller pages.' },
  },
  SOURCE_UNAVAILABLE: {
    meaning: {
      de: 'Die Datenquelle ist nicht erreichbar. Felder aus anderen Quellen werden trotzdem beantwortet. Als Warnung: die Antwort ist eine ältere.',
      en: 'The source cannot be reached. Fields from other sources are answered all the same. As a warning: the answer is an older one.',
    },
    remedy: { de: 'Später noch einmal fragen.', en: 'Ask again later.' },
  },
  SOURCE_BUSY: {
    meaning: { de: 'Vor der Datenquelle warten schon zu viele.', en: 'Too many are waiting for the source already.' },
    remedy: { de: 'In einigen Sekunden noch einmal fragen.', en: 'Ask again in a few seconds.' },
  },
  SOURCE_CLOSED: {
    meaning: {
      de: 'Die Datenquelle hat Öffnungszeiten, und die sind vorbei. Was der Zwischenspeicher hat, wird noch so lange beantwortet, wie der Datensatz es erlaubt.',
      en: 'The source has opening hours, and they are over. What the cache holds is still answered for as long as the dataset allows.',
    },
    remedy: { de: 'Zu den genannten Zeiten noch einmal fragen.', en: 'Ask again at the times named.' },
  },
  SOURCE_TIMEOUT: {
    meaning: { de: 'Die Datenquelle hat nicht rechtzeitig geantwortet.', en: 'The source did not answer in time.' },
    remedy: {
      de: 'Weniger Felder, eine kleinere Seite, ein engerer Filter; sonst später.',
      en: 'Fewer fields, a smaller page, a narrower filter; else later.',
    },
  },
  SOURCE_REFUSED: {
    meaning: {
      de: 'Die Datenquelle lässt das Gateway nicht ein: Anmeldung oder Rechte fehlen.',
      en: 'The source does not let the gateway in: its login or its rights are missing.',
    },
    remedy: {
      de: 'Nichts, was Sie tun könnten; der Betrieb findet den Grund im Protokoll.',
      en: 'Nothing that you could do; the operators find the reason in their log.',
    },
  },
  SOURCE_CHANGED: {
    meaning: {
      de: 'In der Datenquelle fehlt eine Tabelle, Ebene oder Spalte, die der Datensatz beschreibt.',
      en: 'A table, layer or column that the dataset describes is missing in the source.',
    },
    remedy: {
      de: 'Das Feld weglassen; im Katalog steht, wen man fragen kann.',
      en: 'Leave the field out; the catalogue says whom to ask.',
    },
  },
  SOURCE_ANSWER_INVALID: {
    meaning: { de: 'Die Datenquelle hat Unlesbares geantwortet.', en: 'The source answered something that cannot be read.' },
    remedy: {
      de: 'Später noch einmal fragen; bleibt es so, den Ansprechpartner im Katalog.',
      en: 'Ask again later; if it stays so, ask the contact in the catalogue.',
    },
  },
  CANCELLED: {
    meaning: {
      de: 'Die Anfrage wurde abgebrochen, bevor die Antwort da war.',
      en: 'The request was cancelled before there was an answer.',
    },
    remedy: { de: 'Noch einmal fragen.', en: 'Ask again.' },
  },
  INTERNAL: {
    meaning: { de: 'Ein Fehler im Gateway.', en: 'A fault of the gateway.' },
    remedy: {
      de: 'Dem Betrieb die `requestId` nennen; unter ihr steht der Grund im Protokoll.',
      en: 'Tell the operators the `requestId`; the log has the reason under it.',
    },
  },
}

/** For whoever runs a command, by the name of the exit code. */
export const exitWords: Readonly<Record<keyof typeof exitCodes, Text>> = {
  ok: { de: 'Alles in Ordnung.', en: 'All is well.' },
  unexpected: { de: 'Unerwarteter Fehler; mit `STADTTOR_DEBUG=1` steht da, wo.', en: 'Unexpected error; `STADTTOR_DEBUG=1` says where.' },
  usage: {
    de: 'Der Befehl ist so nicht möglich; die Meldung sagt, wie.',
    en: 'The command is not possible this way; the message says how.',
  },
  configurationInvalid: {
    de: 'Die Konfiguration hat Fehler; alle werden genannt.',
    en: 'The configuration has mistakes; all of them are named.',
  },
  sourceUnreachable: {
    de: 'Eine Quelle ist nicht erreichbar (`check --live`), oder Redis (`purge`).',
    en: 'A source cannot be reached (`check --live`), or Redis (`purge`).',
  },
  notApproved: {
    de: 'Etwas ist nicht freigegeben (`check`), oder es käme mehr heraus als vorher (`diff`).',
    en: 'Something is not approved (`check`), or more would leave the house than before (`diff`).',
  },
  drift: {
    de: 'Eine Quelle ist anders, als ihre Datensätze sagen (`check --live`).',
    en: 'A source is not what its datasets say (`check --live`).',
  },
}
