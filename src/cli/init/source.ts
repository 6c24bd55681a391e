/** Where are the data, and does the source answer? */

import { idFrom } from '../../config/index.ts'
import { type ConnectionEntry, connectionEntries, introspectableKinds, readSources } from '../../introspect.ts'
import type { Text } from '../../model/index.ts'
import type { Asker } from '../ask.ts'
import {
  address,
  type Described,
  isSecret,
  type Look,
  openLook,
  patience,
  recognise,
  type SourceFlags,
  settings,
  sourceError,
  tryOut,
} from '../look/index.ts'
import { CommandError, type Terminal } from '../terminal.ts'

export interface SourceAnswers extends SourceFlags {
  readonly sourceTitle?: string
}

/** A source that answered, and what it holds. To be closed. */
export interface Found {
  readonly look: Look
  readonly items: Awaited<ReturnType<Look['introspector']['list']>>
}

const kindWords: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL / PostGIS',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  mssql: 'SQL Server',
  oracle: 'Oracle Database',
  wfs: 'WFS',
  arcgis: 'ArcGIS (MapServer, FeatureServer)',
  'ogc-features': 'OGC API Features',
  sensorthings: 'SensorThings',
  ngsi: 'NGSI (FIWARE)',
  http: 'JSON, XML, CSV (HTTP)',
  file: 'CSV, GeoJSON, Excel',
}

/** Asks until a source answers; where nobody is asked, once. */
export async function askSource(terminal: Terminal, asker: Asker, flags: SourceAnswers): Promise<Found> {
  const { sources, city } = await readSources(flags.config)
  const zone = city?.zone ?? 'Europe/Berlin'
  for (;;) {
    const wanted = flags.source ?? flags.url ?? (flags.kind === undefined ? await which(asker, [...sources.keys()]) : undefined)
    try {
      const look =
        wanted === undefined || wanted === another
          ? await describeSource(terminal, asker, flags, zone)
          : await openLook(terminal, { ...flags, source: wanted })
      return await listed(terminal, asker, look)
    } catch (error) {
      const told = sourceError(error, wanted ?? flags.kind ?? '')
      if (!asker.people || flags.source !== undefined || flags.url !== undefined || !(told instanceof CommandError)) throw told
      terminal.say(`✗ ${told.text[terminal.language]}\n`)
    }
  }
}

/** Stands for a source that has no file yet. */
const another = ''

async function which(asker: Asker, known: readonly string[]): Promise<string | undefined> {
  if (known.length === 0 || !asker.people) return asker.people ? undefined : asker.text(place)
  const more = asker.language === 'de' ? 'eine neue Quelle' : 'a new source'
  return asker.choose({ flag: 'source', message: { de: 'Aus welcher Quelle?', en: 'From which source?' } }, [
    ...known.map(id => ({ value: id, label: id })),
    { value: another, label: more },
  ])
}

const place = {
  flag: 'source',
  message: { de: 'Kennung, Adresse oder Pfad der Quelle', en: 'id, address or path of the source' },
} as const

async function describeSource(terminal: Terminal, asker: Asker, flags: SourceAnswers, zone: string): Promise<Look> {
  const kind = await asker.choose(
    { flag: 'kind', given: flags.kind, message: { de: 'Womit anfangen?', en: 'What to start with?' } },
    introspectableKinds.map(value => ({ value, label: kindWords[value] ?? value })),
  )
  const entries = connectionEntries(kind)
  const given = settings(kind, flags.set ?? [])
  const where = entries.find(({ name }) => name === 'url' || name === 'file' || name === 'folder')
  const pasted =
    where && !(where.name in given)
      ? await asker.text({ flag: 'url', message: addressWords(where), check: text => notThis(text, flags.config, kind, where) })
      : undefined
  const recognised = pasted === undefined ? undefined : recognise(pasted, flags.config, kind)
  const known = { ...(recognised?.connection ?? address(kind, pasted, flags.config)), ...given }
  const id = await asker.text({
    flag: 'as',
    given: flags.as,
    message: { de: 'Kurzer Name der Quelle (Kennung)', en: 'Short name of the source (id)' },
    fallback: idFrom(/([\p{L}\d-]+)(\.\w+)?(\/(Map|Feature)Server.*)?\/?$/iu.exec(pasted ?? kind)?.[1] ?? kind),
    check: text =>
      idFrom(text) === text || /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/.test(text)
        ? undefined
        : { de: 'nur kleine Buchstaben, Ziffern, „-“', en: 'small letters, digits, "-" only' },
  })
  const connection = { ...known, ...(await askEntries(asker, entries, known, id)) }
  const title = await asker.text({
    flag: 'source-title',
    given: flags.sourceTitle,
    message: { de: 'Wie heißt das System im Haus?', en: 'What do people call the system?' },
    fallback: id.slice(0, 1).toUpperCase() + id.slice(1),
  })
  const described: Described = { id, kind, title, connection }
  const look = await tryOut(terminal, flags.config, described)
  return { ...look, zone, ...(recognised?.place && { place: recognised.place }) }
}

/** What a connection needs beyond what is known; secrets as the name of a variable that holds them. */
async function askEntries(
  asker: Asker,
  entries: readonly ConnectionEntry[],
  known: Readonly<Record<string, unknown>>,
  id: string,
): Promise<Readonly<Record<string, unknown>>> {
  const answers: Record<string, unknown> = {}
  for (const { name, required, type, about } of entries) {
    if (name in known) continue
    if (isSecret(name)) {
      if (asker.people) Object.assign(answers, await askSecret(asker, name, id))
    } else if (required) {
      const answer = await asker.text({ flag: `set ${name}=…`, message: { de: entryWords[name] ?? name, en: about } })
      answers[name] = type === 'integer' || type === 'number' ? Number(answer) : answer
    }
  }
  return answers
}

async function askSecret(asker: Asker, name: string, id: string): Promise<Readonly<Record<string, unknown>>> {
  const variable = `${id}_${name}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
  const needed = await asker.sure(
    { de: `Braucht die Anmeldung: ${entryWords[name] ?? name}?`, en: `Does the login need: ${name}?` },
    name === 'password',
  )
  if (!needed) return {}
  if (!process.env[variable]) {
    const typed = await asker.secret({
      de: `${entryWords[name] ?? name} zum Ausprobieren (wird nirgends gespeichert; für den Betrieb die Umgebungsvariable ${variable} setzen)`,
      en: `${name} to try it (kept nowhere; set the environment variable ${variable} before you go live)`,
    })
    if (typed) process.env[variable] = typed
  }
  return { [name]: `\${${variable}}` }
}

const entryWords: Readonly<Record<string, string>> = {
  host: 'Name oder Adresse des Servers',
  port: 'Port',
  database: 'Name der Datenbank',
  user: 'Konto, das nur lesen darf',
  password: 'Passwort',
  token: 'Token',
  connectString: 'Verbindung, etwa db.stadt.example:1521/GRUEN',
}

function addressWords({ name }: ConnectionEntry): Text {
  if (name === 'url')
    return { de: 'Adresse des Dienstes (aus dem Browser kopiert genügt)', en: 'Address of the service (as the browser shows it)' }
  if (name === 'file') return { de: 'Pfad der Datenbank-Datei', en: 'Path of the database file' }
  return { de: 'Pfad der Datei oder des Ordners', en: 'Path of the file or folder' }
}

function notThis(text: string, config: string, kind: string, { name }: ConnectionEntry): Text | undefined {
  if (name !== 'url' || recognise(text, config, kind) || URL.canParse(text)) return undefined
  return { de: 'Das ist keine Adresse: https://…', en: 'This is no address: https://…' }
}

async function listed(terminal: Terminal, asker: Asker, look: Look): Promise<Found> {
  const start = Date.now()
  try {
    const items = await asker.during(
      { de: 'Verbindung wird ausprobiert …', en: 'Trying the connection …' },
      look.introspector.list(patience()),
    )
    const ms = Date.now() - start
    terminal.say(
      terminal.language === 'de'
        ? `✓ Verbindung in Ordnung (${ms} ms), ${items.length} zur Auswahl`
        : `✓ The connection works (${ms} ms), ${items.length} to choose from`,
    )
    return { look, items }
  } catch (error) {
    await look.introspector.close()
    throw sourceError(error, look.source.id)
  }
}
