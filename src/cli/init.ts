/** `stadttor init`: from an empty folder to a first dataset, by questions or by flags. */

import { intro, outro } from '@clack/prompts'
import { draftDataset, idFrom, type NewFile } from '../config/index.ts'
import type { Language } from '../model/index.ts'
import { type Asker, askNobody, askPeople, Interrupted } from './ask.ts'
import { check } from './check.ts'
import { askCity, type CityFlags } from './init/city.ts'
import { askFields, askItem, askTitles, askWish, type DatasetAnswers } from './init/dataset.ts'
import { askSource, type Found, type SourceAnswers } from './init/source.ts'
import { proposals, write } from './introspect.ts'
import { describeItem, sourceError } from './look/index.ts'
import { CommandError, type Terminal } from './terminal.ts'

export interface InitOptions extends CityFlags, SourceAnswers, DatasetAnswers {
  readonly config: string
  /** false: nobody is asked. */
  readonly input: boolean
  /** Given on the command line; else people choose. */
  readonly lang?: Language
  readonly sample?: number
  readonly force?: boolean
}

/**
 * Asks, tries the source, and writes every file at the end or none.
 *
 * @throws CommandError 2 where an answer is missing that nobody can be asked for, 4 for a source that fails
 */
export async function init(terminal: Terminal, options: InitOptions): Promise<void> {
  const people = options.input && Boolean(process.stdin.isTTY) && Boolean(process.stderr.isTTY)
  try {
    const language = people && !options.lang ? await askLanguage(terminal.language) : terminal.language
    const asker = people ? askPeople(language) : askNobody(language)
    await questions({ ...terminal, language }, asker, options)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    terminal.say(terminal.language === 'de' ? 'Abgebrochen; nichts wurde geschrieben.' : 'Interrupted; nothing was written.')
    process.exitCode = 130
  }
}

function askLanguage(usual: Language): Promise<Language> {
  const message = { de: 'Sprache / Language', en: 'Language / Sprache' }
  return askPeople(usual).choose({ flag: 'lang', message, fallback: usual }, [
    { value: 'de', label: 'Deutsch' },
    { value: 'en', label: 'English' },
  ]) as Promise<Language>
}

async function questions(terminal: Terminal, asker: Asker, options: InitOptions): Promise<void> {
  const german = terminal.language === 'de'
  if (asker.people)
    intro(
      german ? 'Ein Datensatz für Stadttor. Geschrieben wird erst am Ende.' : 'A dataset for Stadttor. Nothing is written before the end.',
      { output: process.stderr },
    )
  const city = await askCity(asker, options)
  const found = await askSource(terminal, asker, options)
  try {
    const files = await describe(terminal, asker, found, options)
    const all = [...(city ? [city] : []), ...files]
    const listed = all.map(({ path }) => `  ${path}`).join('\n')
    if (!(await asker.sure({ de: `Diese Dateien schreiben?\n${listed}`, en: `Write these files?\n${listed}` }, true)))
      throw new Interrupted()
    await write(terminal, all, options.force)
    if (asker.people) outro(german ? 'Geschrieben.' : 'Written.', { output: process.stderr })
  } catch (error) {
    throw sourceError(error, found.look.source.id)
  } finally {
    await found.look.introspector.close()
  }
  await next(terminal, options)
}

async function describe(terminal: Terminal, asker: Asker, { look, items }: Found, options: InitOptions): Promise<readonly NewFile[]> {
  const named = options.item === undefined && look.place !== undefined ? undefined : await askItem(asker, items, options.item)
  const item = await asker.during({ de: 'Wird angesehen …', en: 'Looking …' }, describeItem(look, named))
  const sample = options.sample ?? ((await wantsSample(asker)) ? 200 : undefined)
  const fields = await asker.during({ de: 'Wird angesehen …', en: 'Looking …' }, proposals(look, item, sample))
  const open = await askFields(asker, fields, options.fields)
  const titles = await askTitles(asker, fields, open)
  const wish = await askWish(asker, item, fields, options)
  const text = draftDataset(item, fields, { ...wish, use: look.source.id, open, titles }, terminal.language)
  const folder = options.folder ?? idFrom(wish.department ?? look.source.id)
  return [...(look.file ? [look.file] : []), { path: `${options.config}/datasets/${folder}/${wish.id}.yml`, text }]
}

function wantsSample(asker: Asker): Promise<boolean> {
  return asker.sure(
    {
      de: 'Einige Zeilen ansehen, um Typen und Personenbezug zu erkennen? Werte erscheinen maskiert und werden nicht gespeichert.',
      en: 'Look at some rows, to tell types and personal data? Values are shown masked and not kept.',
    },
    false,
  )
}

/** What `check` says, and what comes then. */
async function next(terminal: Terminal, { config }: InitOptions): Promise<void> {
  const german = terminal.language === 'de'
  const where = config === 'config' ? '' : ` --config ${config}`
  try {
    await check(terminal, { config })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    terminal.say(german ? `Das fehlt noch. Danach: stadttor check${where}` : `This is still missing. Then: stadttor check${where}`)
    return
  }
  terminal.say(
    [
      german ? 'Weiter:' : 'Next:',
      `  stadttor serve --unapproved${where}   ${german ? 'ansehen, nur auf diesem Rechner' : 'look at it, on this machine only'}`,
      `  stadttor exposure${where}             ${german ? 'was hinausginge' : 'what would leave the house'}`,
      `  stadttor approve …${where}            ${german ? 'der Datenschutz unterschreibt' : 'the data-protection officer signs'}`,
    ].join('\n'),
  )
}
