/** Which words does the command line understand? */

import { Command, InvalidArgumentError, Option } from 'commander'
import type { Language } from '../model/index.ts'
import { openTerminal, type Terminal, terminalLanguage } from './terminal.ts'

interface Global {
  readonly lang?: Language
}

/** Every command, its options and its help. What a command needs is loaded when it runs. */
export const program = new Command('stadttor')
  .description('One open interface over the systems a city already runs / Eine offene Schnittstelle über die Systeme einer Stadt')
  .addOption(new Option('--lang <language>', 'language of messages / Sprache der Meldungen').choices(['de', 'en']))
  .showHelpAfterError()
  .exitOverride()

/** What may be said of a dataset, the same for `introspect` and `init`. */
const datasetOptions = {
  id: ['id', 'id of the dataset / Kennung des Datensatzes'],
  title: ['text', 'name as people read it / Name, wie Menschen ihn lesen'],
  singular: ['word', 'one of them: Baum / eines davon: Baum'],
  plural: ['word', 'many of them: Bäume / viele davon: Bäume'],
  key: ['columns', 'columns that tell rows apart, separated by commas / Spalten, die Zeilen unterscheiden'],
  owner: ['department', 'department that keeps the data / Amt, das die Daten führt'],
  contact: ['address', 'where people may ask there / wo man dort fragen darf'],
  licence: ['licence', 'such as dl-de/by-2-0 / etwa dl-de/by-2-0'],
  updated: ['frequency', 'how often the data changes: daily / wie oft sich die Daten ändern: daily'],
} as const

/** How a source without a file is reached, the same for both. */
const sourceOptions = {
  url: ['address', 'a pasted address instead of a source / eine Adresse statt einer Quelle'],
  kind: ['kind', 'kind of source, where the address does not tell / Art der Quelle'],
  set: ['name=value', 'an entry of connection / ein Eintrag von connection'],
  as: ['id', 'id for a source without a file / Kennung für eine neue Quelle'],
} as const

const config = () => new Option('-c, --config <folder>', 'folder with gateway.yml / Ordner mit gateway.yml').default('config')
const port = () => new Option('-p, --port <number>', 'port to listen on / Port').argParser(readPort)

program
  .command('serve')
  .description('open the gateway / das Gateway öffnen')
  .addOption(config())
  .addOption(port())
  .option('--host <address>', 'address to listen on / Adresse')
  .option('--unapproved', 'without approvals, for this machine only / ohne Freigaben, nur für diesen Rechner')
  .option('--workers <number>', 'processes on one port, 1 … 64 / Prozesse an einem Port, 1 … 64', readWorkers)
  .addHelpText(
    'after',
    examples('stadttor serve --config /etc/stadttor', 'stadttor serve --unapproved --port 4001', 'stadttor serve --workers 4'),
  )
  .action(async ({ workers = 1, ...options }) => {
    if (workers > 1) {
      const { serveByWorkers } = await import('./workers.ts')
      return serveByWorkers(terminalOf(program), options, workers)
    }
    const { serve, stopOnSignals } = await import('./serve.ts')
    const terminal = terminalOf(program)
    const running = await serve(terminal, options)
    terminal.say(`${running.url}/graphql`)
    stopOnSignals(() => running.stop())
  })

program
  .command('demo')
  .description('the demo city Konstanz with all its sources / die Demo-Stadt Konstanz mit allen Quellen')
  .addOption(port())
  .option('--folder <folder>', 'where the demo keeps its databases / Ordner für die Datenbanken der Demo', '.demo')
  .addHelpText('after', examples('stadttor demo', 'stadttor demo --port 4100'))
  .action(async options => {
    const [{ demo }, { stopOnSignals }] = await Promise.all([import('./demo.ts'), import('./serve.ts')])
    const { stop } = await demo(terminalOf(program), options)
    stopOnSignals(stop)
  })

program
  .command('check')
  .description('check the configuration and its approvals / Konfiguration und Freigaben prüfen')
  .addOption(config())
  .option('--live', 'compare every dataset with its source / jeden Datensatz mit seiner Quelle vergleichen')
  .option('--json', 'as JSON / als JSON')
  .addHelpText('after', examples('stadttor check', 'stadttor check --live --config /etc/stadttor --lang de'))
  .action(async options => {
    const { check } = await import('./check.ts')
    process.exitCode = await check(terminalOf(program), options)
  })

program
  .command('init')
  .description('from an empty folder to a first dataset, by questions / vom leeren Ordner zum ersten Datensatz, mit Fragen')
  .argument('[source]', 'id of a source, or a pasted address or path / Kennung einer Quelle, oder eine Adresse oder ein Pfad')
  .addOption(config())
  .option('--no-input', 'ask nothing; options answer / nichts fragen; Optionen antworten')
  .option('--city <name>', 'name of the city / Name der Stadt')
  .option('--operator <department>', 'who runs the gateway / wer das Gateway betreibt')
  .addOption(connecting('url'))
  .addOption(connecting('kind'))
  .addOption(connecting('set'))
  .addOption(connecting('as'))
  .option('--source-title <name>', 'what people call the system / wie das System im Haus heißt')
  .option('--item <name>', 'table, layer, collection, file / Tabelle, Ebene, Sammlung, Datei')
  .option('--sample [rows]', 'look at some rows; values are shown masked / einige Zeilen ansehen; Werte erscheinen maskiert', readSample)
  .option('--fields <names>', 'fields to open; without it none / Felder, die hinaus dürfen; ohne Angabe keines', readNames)
  .addOption(describing('id'))
  .addOption(describing('title'))
  .addOption(describing('singular'))
  .addOption(describing('plural'))
  .addOption(describing('key'))
  .addOption(describing('owner'))
  .addOption(describing('contact'))
  .addOption(describing('licence'))
  .addOption(describing('updated'))
  .option('--folder <name>', 'folder below datasets/ / Ordner in datasets/')
  .option('--force', 'replace files that say something else / Dateien ersetzen, die etwas anderes sagen')
  .addHelpText(
    'after',
    examples(
      'stadttor init',
      'stadttor init https://gis.stadt.example/arcgis/rest/services/Parken/MapServer/0',
      'stadttor init baenke.sqlite --no-input --city Konstanz --item BANK --singular Bank --plural Bänke --owner Bauhof --licence dl-de/zero-2-0',
    ),
  )
  .action(async (source, { sample, ...options }) => {
    const { init } = await import('./init.ts')
    const { lang } = program.opts<Global>()
    await init(terminalOf(program), {
      ...options,
      source,
      ...(lang && { lang }),
      ...(sample && { sample: sample === true ? 200 : sample }),
    })
  })

program
  .command('introspect')
  .description('what a source holds; draft a dataset file / was eine Quelle hat; eine Datensatz-Datei entwerfen')
  .argument('[source]', 'id of a source file, or a pasted address or path / Kennung einer Quelle, oder eine Adresse oder ein Pfad')
  .argument('[item]', 'table, layer, collection, file / Tabelle, Ebene, Sammlung, Datei')
  .addOption(config())
  .addOption(connecting('url'))
  .addOption(connecting('kind'))
  .addOption(connecting('set'))
  .addOption(connecting('as'))
  .option('--out <file>', 'write the draft to this file / den Entwurf in diese Datei schreiben')
  .option('--force', 'replace the file / die Datei ersetzen')
  .option('--yes', 'the same as --force / wie --force')
  .option('--sample [rows]', 'look at some rows; values are shown masked / einige Zeilen ansehen; Werte erscheinen maskiert', readSample)
  .option('--json', 'as JSON / als JSON')
  .addOption(describing('id'))
  .addOption(describing('title'))
  .addOption(describing('singular'))
  .addOption(describing('plural'))
  .addOption(describing('key'))
  .addOption(describing('owner'))
  .addOption(describing('licence'))
  .addHelpText(
    'after',
    examples(
      'stadttor introspect gruen',
      'stadttor introspect gruen BAUM --out config/datasets/umwelt/baeume.yml',
      'stadttor introspect https://gis.stadt.example/arcgis/rest/services/Gruen/MapServer/3',
    ),
  )
  .action(async (source, item, { yes, force, sample, ...options }) => {
    const { introspect } = await import('./introspect.ts')
    // Where options say which source, the first word is the item.
    const words = options.url || (options.kind && options.set) ? { item: item ?? source } : { source, item }
    await introspect(terminalOf(program), { ...options, ...words, force: force || yes, sample: sample === true ? 200 : sample })
  })

program
  .command('exposure')
  .description('what leaves the house, for the data-protection officer / was das Haus verlässt, für den Datenschutz')
  .argument('[dataset]', 'only this dataset / nur dieser Datensatz')
  .addOption(config())
  .option('--json', 'as JSON / als JSON')
  .addHelpText('after', examples('stadttor exposure', 'stadttor exposure baeume --json'))
  .action(async (dataset, options) => {
    const { exposure } = await import('./exposure.ts')
    await exposure(terminalOf(program), { ...options, dataset })
  })

program
  .command('approve')
  .description('sign the exposure of a dataset / die Freigabe eines Datensatzes unterschreiben')
  .argument('<dataset>', 'id of the dataset / Kennung des Datensatzes')
  .addOption(config())
  .requiredOption('--by <name>', 'who approves / wer freigibt')
  .requiredOption('--record <reference>', 'where the decision is filed / Aktenzeichen')
  .option('--until <date>', 'last day, YYYY-MM-DD / letzter Tag')
  .option('--yes', 'do not ask / ohne Rückfrage')
  .addHelpText(
    'after',
    examples(
      'stadttor approve baeume --by DSB --record DSB-2026-014 --until 2027-11-30',
      'stadttor approve baeume --by DSB --record 14/26 --yes',
    ),
  )
  .action(async (dataset, options) => {
    const { approve } = await import('./approve.ts')
    await approve(terminalOf(program), { ...options, dataset })
  })

program
  .command('diff')
  .description('what changed in the exposure: widened, narrowed, neutral / was sich an der Freigabe ändert')
  .argument('<before>', 'git revision or folder to compare with / Git-Stand oder Ordner zum Vergleich')
  .addOption(config())
  .option('--json', 'as JSON / als JSON')
  .addHelpText('after', examples('stadttor diff HEAD~1', 'stadttor diff /srv/stadttor/config --json'))
  .action(async (before, options) => {
    const { diff } = await import('./diff.ts')
    process.exitCode = await diff(terminalOf(program), { ...options, before })
  })

program
  .command('grants')
  .description('the least rights of the account at a source / die geringsten Rechte des Kontos an einer Quelle')
  .argument('<source>', 'id of the source / Kennung der Quelle')
  .addOption(config())
  .addHelpText('after', examples('stadttor grants gruen', 'stadttor grants gruen --config /etc/stadttor > rechte.sql'))
  .action(async (source, options) => {
    const { grants } = await import('./grants.ts')
    await grants(terminalOf(program), { ...options, source })
  })

program
  .command('purge')
  .description('let all gateways forget what they keep of a dataset / alle Gateways vergessen lassen, was sie von einem Datensatz aufheben')
  .argument('<dataset>', 'id of the dataset / Kennung des Datensatzes')
  .addOption(config())
  .option('--field <name>', 'only what this field had a part in / nur, woran dieses Feld beteiligt war')
  .addHelpText('after', examples('stadttor purge baeume', 'stadttor purge baeume --field zustand --config /etc/stadttor'))
  .action(async (dataset, options) => {
    const { purge } = await import('./purge.ts')
    await purge(terminalOf(program), { ...options, dataset })
  })

program
  .command('key')
  .description('API keys / API-Schlüssel')
  .command('create')
  .description('make a key; it is shown once / einen Schlüssel anlegen; er wird einmal gezeigt')
  .argument('<name>', 'who holds it / wer ihn bekommt')
  .addOption(config())
  .requiredOption('--audience <audience>', 'whose data it opens / wessen Daten er öffnet')
  .option('--until <date>', 'last day, YYYY-MM-DD / letzter Tag')
  .addHelpText(
    'after',
    examples('stadttor key create dashboard --audience internal --until 2027-11-30', 'stadttor key create test --audience internal'),
  )
  .action(async (name, options) => {
    const { createApiKey } = await import('./key.ts')
    await createApiKey(terminalOf(program), { ...options, name })
  })

/** Where a command writes: in the language of `--lang`, else in that of the machine. */
export function terminalOf(command: Command): Terminal {
  return openTerminal(command.opts<Global>().lang ?? terminalLanguage(process.env))
}

function readPort(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('0 … 65535')
  return number
}

function readWorkers(text: string): number {
  const workers = Number(text)
  if (!/^\d+$/.test(text) || workers < 1 || workers > 64) throw new InvalidArgumentError('1 … 64')
  return workers
}

function describing(name: keyof typeof datasetOptions): Option {
  const [placeholder, about] = datasetOptions[name]
  const option = new Option(`--${name} <${placeholder}>`, about)
  return name === 'key' ? option.argParser(readNames) : option
}

function connecting(name: keyof typeof sourceOptions): Option {
  const [placeholder, about] = sourceOptions[name]
  const option = new Option(`--${name} <${placeholder}>`, about)
  return name === 'set' ? option.argParser(collect) : option
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value]
}

function readNames(text: string): readonly string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
}

function readSample(text: string): number {
  const rows = Number(text)
  if (!/^\d+$/.test(text) || rows < 1 || rows > 1000) throw new InvalidArgumentError('1 … 1000')
  return rows
}

function examples(...lines: readonly string[]): string {
  return `\n${lines.map(line => `  $ ${line}`).join('\n')}\n`
}
