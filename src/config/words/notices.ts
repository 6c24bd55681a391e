/** What do we say when something is closed, or about to be, without being a mistake? */

import type { Text } from '../../model/index.ts'

export const noticeWords = {
  SECRET_ABSENT: {
    de: 'In gateway.yml steht kein „secret“: Kennungen und Seitenmarken gelten nur bis zum nächsten Start und nur auf diesem Server.',
    en: 'gateway.yml has no "secret": ids and page marks last until the next start only, and on this server only.',
  },
  KEY_EXPIRED: {
    de: 'Der API-Schlüssel „<name>“ ist am <date> abgelaufen.',
    en: 'The API key "<name>" expired on <date>.',
  },
  UNAPPROVED: {
    de: 'Alles ist ohne Freigabe offen. Nur für die Entwicklung auf dem eigenen Rechner.',
    en: 'Everything is open without approval. For development on your own machine only.',
  },
  COARSEN_ELSEWHERE: {
    de: '„<dataset>“: das Feld „<field>“ ist vergröbert, doch dieselbe Spalte <how>. Beides sieht: <audiences>.',
    en: '"<dataset>": the field "<field>" is coarsened, yet the same column <how>. Both are seen by: <audiences>.',
  },
  NOT_APPROVED: {
    de: 'Der Datensatz „<dataset>“ ist nicht freigegeben und bleibt geschlossen.',
    en: 'The dataset "<dataset>" is not approved and stays closed.',
  },
  APPROVAL_EXPIRED: {
    de: 'Die Freigabe von „<dataset>“ ist am <date> abgelaufen; der Datensatz ist geschlossen.',
    en: 'The approval of "<dataset>" expired on <date>; the dataset is closed.',
  },
  APPROVAL_EXPIRES_SOON: {
    de: 'Die Freigabe von „<dataset>“ läuft am <date> ab.',
    en: 'The approval of "<dataset>" expires on <date>.',
  },
  APPROVAL_NOT_YET_VALID: {
    de: 'Die Freigabe von „<dataset>“ gilt erst ab <date>; bis dahin bleibt der Datensatz geschlossen.',
    en: 'The approval of "<dataset>" is valid from <date>; until then the dataset stays closed.',
  },
  APPROVAL_VOID: {
    de: 'Die Freigabe von „<dataset>“ wurde nach der Unterschrift verändert und gilt nicht; der Datensatz ist geschlossen.',
    en: 'The approval of "<dataset>" was changed after it was signed and is void; the dataset is closed.',
  },
  APPROVAL_ORPHANED: {
    de: 'Für „<dataset>“ gibt es eine Freigabe, aber keinen Datensatz.',
    en: 'There is an approval for "<dataset>", but no such dataset.',
  },
  BASE_CHANGED: {
    de: 'Der Datensatz „<dataset>“ ist geschlossen, weil sich seit der Freigabe geändert hat: <what>.',
    en: 'The dataset "<dataset>" is closed because this changed since it was approved: <what>.',
  },
  FIELD_CLOSED: {
    de: '„<dataset>“: das Feld „<field>“ ist geschlossen: <what>.',
    en: '"<dataset>": the field "<field>" is closed: <what>.',
  },
  USE_CLOSED: {
    de: '„<dataset>“: beim Feld „<field>“ ist nicht freigegeben: <what>.',
    en: '"<dataset>": not approved for the field "<field>": <what>.',
  },
  AUDIENCE_CLOSED: {
    de: '„<dataset>“: nicht freigegeben für den Empfängerkreis: <what>.',
    en: '"<dataset>": not approved for the audience: <what>.',
  },
  RELATION_CLOSED: {
    de: '„<dataset>“: die Verknüpfung „<field>“ ist geschlossen: <what>.',
    en: '"<dataset>": the relation "<field>" is closed: <what>.',
  },
} as const satisfies Record<string, Text>

export type NoticeCode = keyof typeof noticeWords
