/** Attacks on the door for whole datasets: what is closed to a list is closed to an export, and has no address of its own. */

import type { Stage } from '../stage.ts'
import { secretMark, staffMark } from '../town/tables.ts'
import { essence, type Reply } from '../town/world.ts'

/** Fields as they are open to the public. */
const open = {
  hunde: ['rasse', 'farbe', 'jahr', 'gewicht', 'groesse', 'geburtsmonat', 'lage'],
  halterinnen: ['stadtteil', 'ort'],
} as const

const closedDatasets = ['bussgelder', 'beschwerden', 'impfungen', 'hund', 'halter', 'bussgeld', 'impfung', 'Hund', 'hunde%00', 'hunde%2F']

const closedFields = [
  ['telefon', 'qzxwvkj'],
  ['sperrvermerk', 'qzxwvkjpyqzx'],
  ['halter_id', 'qzxwvkjpy'],
  ['hund_id', 'qzxwvkj'],
  ['chip', 'qzxw'],
  ['geprueftVon', 'qzxwvkjpyqz'],
  ['geburtstag', 'qzxwvkjpyq'],
  ['geburtsdatum', 'qzxwvkjpyqzx'],
  ['warnung', 'qzxwvkj'],
  ['bussgelder', 'qzxwvkjpyq'],
  ['halter', 'qzxwvk'],
  ['id', 'qz'],
] as const

const rowsOf = ({ text }: Reply): Record<string, unknown>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))

export function exportAttacks(stage: () => Stage): void {
  test('an export holds the open fields and rows of a list, and is alike where nobody ever heard of the closed ones', async () => {
    const { a, b } = stage()
    for (const [dataset, fields] of Object.entries(open)) {
      const [here, there] = await Promise.all([a, b].map(world => world.send(`/api/${dataset}.ndjson`)))
      const list = await a.ask(`{ ${dataset} { totalCount } }`)
      expect(here!.status).toBe(200)
      const rows = rowsOf(here!)
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expect(Object.keys(row)).toEqual(fields)
      expect(list.json.data).toEqual({ [dataset]: { totalCount: rows.length } })
      const inOrder = (reply: Reply) => reply.text.split('\n').sort()
      expect(inOrder(here!)).toEqual(inOrder(there!))
      expect(here!.text).not.toContain(secretMark)
      expect(here!.text).not.toContain(staffMark)
    }
  })

  test('a closed dataset has no address, as one that nobody ever heard of, and no source is asked', async () => {
    const { a } = stage()
    const before = a.calls.length
    const nowhere = await a.send('/api/qzxwvkj.ndjson')
    for (const name of closedDatasets)
      for (const path of [`/api/${name}.ndjson`, `/api/${name}.ndjson?fields=id`, `/api/${name}.csv`, `/api/${name}`])
        expect({ path, reply: essence(await a.send(path)) }).toEqual({ path, reply: essence(nowhere) })
    expect(a.calls.slice(before)).toEqual([])
  })

  test('a closed field is refused as one that nobody ever heard of, and no source is asked', async () => {
    const { a } = stage()
    const before = a.calls.length
    for (const [closed, unknown] of closedFields)
      for (const fields of [(name: string) => name, (name: string) => `rasse,${name}`, (name: string) => `${name},rasse`]) {
        const [about, instead] = await Promise.all([closed, unknown].map(name => a.send(`/api/hunde.ndjson?fields=${fields(name)}`)))
        expect({ closed, reply: essence(about!, [closed, unknown]) }).toEqual({ closed, reply: essence(instead!, [closed, unknown]) })
        expect(about!.status).toBe(400)
      }
    for (const query of ['filter=sperrvermerk', 'sperrvermerk=frei', 'chip=1', 'orderBy=chip', 'fields[]=chip', 'fields=rasse&fields=chip'])
      expect((await a.send(`/api/hunde.ndjson?${query}`)).status).toBe(400)
    expect(a.calls.slice(before)).toEqual([])
  })

  test('with a key, staff get what is open to staff, and no more', async () => {
    const { a } = stage()
    const headers = { authorization: `Bearer ${a.keys.internal}` }
    const staff = await a.sendAs('internal', '/api/hunde.ndjson', { headers })
    const rows = rowsOf(staff)
    expect(Object.keys(rows[0]!)).toContain('chip')
    expect(Object.keys(rows[0]!)).not.toContain('warnung')
    expect(staff.text).not.toContain(secretMark)
    expect(staff.headers['cache-control']).toBe('private, no-store')
    expect((await a.sendAs('internal', '/api/bussgelder.ndjson', { headers })).status).toBe(200)
    expect((await a.sendAs('internal', '/api/beschwerden.ndjson', { headers })).status).toBe(404)
  })
}
