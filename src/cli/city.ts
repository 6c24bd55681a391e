/** Reads the configuration for a command, or tells every mistake and gives up. */

import { readCity } from '../app.ts'
import { type Gateway, writeMistakes } from '../config/index.ts'
import { CommandError, exitCodes, type Terminal } from './terminal.ts'

/**
 * @param options.env            variables for `${NAME}`; the process's own unless told
 * @param options.unapproved     what is configured counts as approved
 * @param options.withoutSecrets secrets may be missing: for commands that open no source
 * @throws CommandError with exit code 3, after the mistakes were printed
 */
export async function loadCity(terminal: Terminal, folder: string, options: Parameters<typeof readCity>[1] = {}): Promise<Gateway> {
  const configuration = await readCity(folder, options)
  if (configuration.ok) return configuration.gateway
  terminal.say(writeMistakes(configuration.mistakes, terminal.language, terminal.colour))
  throw new CommandError(exitCodes.configurationInvalid, {
    de: `Die Konfiguration in ${folder} ist nicht gültig.`,
    en: `The configuration in ${folder} is not valid.`,
  })
}
