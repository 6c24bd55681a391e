/** Does the machine write approvals and keys without losing what stands around them? */

import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { putEntry } from '../../src/config/files/store.ts'
import {
  approve,
  createKey,
  dropApproval,
  dropKey,
  type Exposure,
  hashKey,
  readConfiguration,
  storeApproval,
  storeKey,
} from '../../src/config/index.ts'
import { city, gatewayOf, inFolder, kindsFor, now } from './support.ts'

async function exposure(): Promise<Exposure> {
  const found = (await gatewayOf(city)).exposures.get('baeume')
  if (!found) throw new Error('no exposure')
  return found
}

const signature = { by: 'Datenschutz', record: 'DS-2026/14', on: '2026-11-02', until: '2027-11-01' }
const text = (folder: string, file = 'approvals.yml') => readFile(join(folder, file), 'utf8')

test('an approval that was written is read as it was', async () => {
  const approval = approve(await exposure(), signature)
  await inFolder(city, async folder => {
    await storeApproval(folder, approval)
    const found = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(found.ok && found.gateway.approvals.get('baeume')).toEqual(approval)
    expect(await text(folder)).toMatch(/^# Written by "stadttor approve"/)
  })
})

test('other entries and every comment stay when an approval is renewed', async () => {
  const other = approve({ ...(await exposure()), dataset: 'wald' }, signature)
  await inFolder(city, async folder => {
    await storeApproval(folder, approve(await exposure(), signature))
    await storeApproval(folder, other)
    const before = (await text(folder))
      .replace('approvals:', '# Akte 14\napprovals:')
      .replace('  - dataset: baeume', '  # alt, siehe Vermerk\n  - dataset: baeume')
      .replace('  - dataset: wald', '  # zweiter\n  - dataset: wald # Wald')
    await writeFile(join(folder, 'approvals.yml'), before)
    await storeApproval(folder, approve(await exposure(), { ...signature, record: 'DS-2027/1' }))
    const after = await text(folder)
    for (const comment of ['# Written by', '# Akte 14', '# alt, siehe Vermerk', '# zweiter', '# Wald']) expect(after).toContain(comment)
    expect(after.match(/dataset: baeume/g)).toHaveLength(2)
    expect(after).toContain('DS-2027/1')
    const found = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(found.ok && [...found.gateway.approvals.keys()]).toEqual(['baeume', 'wald'])
    expect(found.ok && found.gateway.approvals.get('wald')).toEqual(other)
  })
})

test('an approval that is taken back closes the dataset and leaves the others', async () => {
  await inFolder(city, async folder => {
    await storeApproval(folder, approve(await exposure(), signature))
    await storeApproval(folder, approve({ ...(await exposure()), dataset: 'wald' }, signature))
    await dropApproval(folder, 'baeume')
    const one = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(one.ok && [...one.gateway.approvals.keys()]).toEqual(['wald'])
    await dropApproval(folder, 'wald')
    expect((await readConfiguration({ folder, kindsFor, env: {}, now })).ok).toBe(true)
    expect(await text(folder)).toContain('approvals: []')
    await storeApproval(folder, approve(await exposure(), signature))
    const again = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(again.ok && [...again.gateway.approvals.keys()]).toEqual(['baeume'])
  })
})

test('a file that cannot be read is left as it is', async () => {
  await inFolder({ ...city, 'approvals.yml': 'approvals: [\n' }, async folder => {
    await expect(storeApproval(folder, approve(await exposure(), signature))).rejects.toThrow('readable')
    expect(await text(folder)).toBe('approvals: [\n')
    expect((await readdir(folder)).filter(name => name.startsWith('.'))).toEqual([])
  })
})

test('writing goes through links and keeps the rights of the file', async () => {
  await inFolder({ ...city, 'state/keys.yml': 'keys: []\n', 'keys.yml': '-> state/keys.yml' }, async folder => {
    await chmod(join(folder, 'state/keys.yml'), 0o600)
    await storeKey(folder, createKey('Statistik', 'internal').entry)
    expect(await text(folder, 'state/keys.yml')).toContain('Statistik')
    expect((await stat(join(folder, 'state/keys.yml'))).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'state'))).toEqual(['keys.yml'])
  })
})

test('texts that YAML could take for something else come back as texts', () => {
  const entry = {
    dataset: 'a',
    yes: 'no',
    number: '007',
    nothing: 'null',
    star: '*a',
    sharp: 'a # b',
    lines: 'a\nb',
    tag: '!x',
    date: '2026-01-01',
    empty: '',
  }
  const written = putEntry('', 'approvals', 'dataset', 'a', entry)
  expect(written).not.toMatch(/[&*]\w+\s*$/m)
  expect(putEntry(written, 'approvals', 'dataset', 'a', entry)).toBe(written)
})

test('a key is shown once and kept as a checksum', async () => {
  const { secret, entry } = createKey('Statistik', 'internal', '2027-06-30')
  expect(secret).toMatch(/^stt_[A-Za-z0-9_-]{43}$/)
  expect(entry).toEqual({ name: 'Statistik', audience: 'internal', hash: hashKey(secret), expires: '2027-06-30' })
  expect(createKey('Statistik', 'internal').secret).not.toBe(secret)
  await inFolder(city, async folder => {
    await storeKey(folder, entry)
    const found = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(found.ok && found.gateway.keys).toEqual([entry])
    expect(await text(folder, 'keys.yml')).not.toContain(secret)
    await dropKey(folder, 'Statistik')
    const without = await readConfiguration({ folder, kindsFor, env: {}, now })
    expect(without.ok && without.gateway.keys).toEqual([])
  })
})

test('a key that has expired is told', async () => {
  const hash = `sha256:${'0'.repeat(64)}`
  const keys = `keys:\n  - { name: alt, audience: internal, hash: "${hash}", expires: 2026-11-01 }\n  - { name: neu, audience: internal, hash: "${hash}", expires: 2026-11-02 }\n`
  const gateway = await gatewayOf({ ...city, 'keys.yml': keys })
  expect(gateway.notices.filter(({ code }) => code === 'KEY_EXPIRED').map(({ message }) => message.en)).toEqual([
    'The API key "alt" expired on 2026-11-01.',
  ])
})
