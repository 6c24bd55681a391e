/** Which city is it? Asked once, for `gateway.yml`. */

import { existsSync } from 'node:fs'
import { draftGateway, idFrom, type NewFile } from '../../config/index.ts'
import type { Asker } from '../ask.ts'

export interface CityFlags {
  readonly config: string
  readonly city?: string
  readonly operator?: string
}

/** The file of the gateway; `undefined` when there is one. */
export async function askCity(asker: Asker, { config, city, operator }: CityFlags): Promise<NewFile | undefined> {
  const path = `${config}/gateway.yml`
  if (existsSync(path)) return undefined
  const title = await asker.text({
    flag: 'city',
    given: city,
    message: { de: 'Wie heißt die Stadt?', en: 'What is the city called?' },
  })
  const runs = await asker.text({
    flag: 'operator',
    given: operator,
    message: { de: 'Wer betreibt das Gateway (Amt)?', en: 'Who runs the gateway (department)?' },
    fallback: asker.people ? undefined : title,
  })
  return { path, text: draftGateway({ name: idFrom(title), title, operator: runs }, asker.language) }
}
