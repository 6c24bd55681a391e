/** The page at `/`: what is here, and a place to ask a first question. No foreign host, works without scripts. */

import { readFileSync } from 'node:fs'
import type { Language, Model, Text } from '../model/index.ts'

const asset = (name: string) => readFileSync(new URL(`./landing/${name}`, import.meta.url), 'utf8')

/** Files the page refers to, by path. */
export const assets: ReadonlyMap<string, { readonly type: string; readonly text: string }> = new Map([
  ['/landing.css', { type: 'text/css; charset=utf-8', text: asset('landing.css') }],
  ['/landing.js', { type: 'text/javascript; charset=utf-8', text: asset('landing.js') }],
])

/** Nothing but our own files; no frames, no forms to elsewhere. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const words = {
  lead: {
    de: 'Offene Daten der Stadt, direkt aus den Fachverfahren. Eine Schnittstelle: GraphQL.',
    en: 'Open data of the city, straight from the systems it lives in. One interface: GraphQL.',
  },
  datasets: { de: 'Datensätze', en: 'Datasets' },
  none: { de: 'Noch ist kein Datensatz freigegeben.', en: 'No dataset has been released yet.' },
  owner: { de: 'Zuständig', en: 'Owner' },
  licence: { de: 'Lizenz', en: 'Licence' },
  query: { de: 'Abfrage', en: 'Query' },
  title: { de: 'Titel', en: 'Title' },
  ask: { de: 'Ausprobieren', en: 'Try it' },
  run: { de: 'Abfragen (Strg + Eingabe)', en: 'Run (Ctrl + Enter)' },
  answer: { de: 'Antwort', en: 'Answer' },
  schema: { de: 'Schema herunterladen', en: 'Download the schema' },
  closed: { de: 'nicht öffentlich', en: 'not public' },
} as const satisfies Record<string, Text>

/**
 * @param city  the headline
 * @returns     a whole HTML document
 */
export function landingPage(city: Text, model: Model, language: Language): string {
  const say = (key: keyof typeof words) => escapeHtml(words[key][language])
  const rows = [...model.datasets.values()].map(
    dataset =>
      `<tr><th scope="row">${escapeHtml(dataset.title[language])}<small>${escapeHtml(dataset.about?.[language] ?? '')}</small></th><td>${escapeHtml(dataset.owner.department)}</td><td>${escapeHtml(dataset.licence)}</td><td><code>${escapeHtml(dataset.names.many)}</code></td></tr>`,
  )
  const closed = model.closed.map(
    dataset =>
      `<tr><th scope="row">${escapeHtml(dataset.title[language])}</th><td>${escapeHtml(dataset.owner.department)}</td><td colspan="2">${say('closed')}</td></tr>`,
  )
  const table = `<table><thead><tr><th scope="col">${say('title')}</th><th scope="col">${say('owner')}</th><th scope="col">${say('licence')}</th><th scope="col">${say('query')}</th></tr></thead><tbody>${[...rows, ...closed].join('')}</tbody></table>`
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(city[language])}</title><link rel="stylesheet" href="landing.css"><link rel="icon" href="data:,"></head>
<body>
<main>
<h1>${escapeHtml(city[language])}</h1>
<p>${say('lead')}</p>
<section aria-labelledby="ask"><h2 id="ask">${say('ask')}</h2>
<form action="graphql" method="get"><label for="query">${say('query')}</label><textarea id="query" name="query" rows="12" spellcheck="false" autocapitalize="off">${escapeHtml(firstQuery(model))}</textarea>
<button>${say('run')}</button> <a href="schema.graphql">${say('schema')}</a></form>
<h3 id="answer">${say('answer')}</h3><pre id="result" role="status" aria-labelledby="answer" tabindex="0"></pre>
</section>
<section aria-labelledby="datasets"><h2 id="datasets">${say('datasets')}</h2>${rows.length + closed.length > 0 ? table : `<p>${say('none')}</p>`}</section>
</main>
<script src="landing.js"></script>
</body>
</html>
`
}

/** A query that works: the first dataset, its first fields. */
function firstQuery(model: Model): string {
  const [dataset] = model.datasets.values()
  if (!dataset) return '{ catalog { datasets { title { de } department access } } }'
  const plain = dataset.fields.filter(field => !['point', 'line', 'polygon', 'geometry'].includes(field.type)).slice(0, 4)
  return `{\n  ${dataset.names.many}(first: 5) {\n    totalCount\n    nodes {\n${['id', ...plain.map(field => field.name)].map(name => `      ${name}`).join('\n')}\n    }\n  }\n}`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
