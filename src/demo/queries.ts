/** What is worth asking the demo city first? */

import type { Text } from '../model/index.ts'

export interface Showcase {
  readonly title: Text
  readonly query: string
}

/** Three questions to paste. */
export const showcase: readonly Showcase[] = [
  {
    title: {
      de: 'Drei Quellen in einer Antwort: Bäume (Datenbank), ihr Stadtteil (WFS), dessen Einwohner (CSV)',
      en: 'Three sources in one answer: trees (database), their district (WFS), its population (CSV)',
    },
    query: `{
  baeume(first: 3, filter: { art: { eq: "Ginkgo" } }, orderBy: [{ pflanzjahr: DESC }]) {
    totalCount
    nodes {
      art
      pflanzjahr
      hoehe
      strasse { name }
      stadtteil {
        name
        einwohner(first: 1, orderBy: [{ jahr: DESC }]) { nodes { jahr einwohner } }
      }
    }
  }
}`,
  },
  {
    title: {
      de: 'Die letzten 24 Stunden aller Parkhäuser, mit zwei Anfragen an die Datenbank',
      en: 'The last 24 hours of all car parks, with two statements to the database',
    },
    query: `{
  parkhaeuser(orderBy: [{ name: ASC }]) {
    nodes {
      name
      stellplaetze
      lage { longitude latitude }
      belegungen(first: 24, orderBy: [{ zeit: DESC }]) { nodes { zeit frei } }
    }
  }
}`,
  },
  {
    title: {
      de: 'Welche Bäume stehen höchstens 500 Meter vom Münster entfernt? Gezählt nach Art',
      en: 'Which trees stand within 500 metres of the minster? Counted by species',
    },
    query: `{
  baeumeAggregate(
    groupBy: [ART]
    first: 10
    filter: { lage: { near: { longitude: 9.1760, latitude: 47.6633, metres: 500 } } }
  ) {
    groups {
      keys { art }
      count
      avg { hoehe }
    }
  }
}`,
  },
]
