/** How does the machine write approvals and keys without touching what people wrote around them? */

import { randomBytes } from 'node:crypto'
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isMap, isSeq, parseDocument, YAMLSeq } from 'yaml'
import type { Approval } from '../exposure/approval.ts'
import type { ApiKey } from '../gateway.ts'

/**
 * Puts an approval into `approvals.yml`, in the place of an earlier one of the same dataset. Other entries and comments stay.
 *
 * @throws Error when the file is no readable YAML or cannot be written; then it is as it was before
 */
export function storeApproval(folder: string, approval: Approval): Promise<void> {
  return edit(folder, 'approvals.yml', approvalsHead, text => putEntry(text, 'approvals', 'dataset', approval.dataset, approval))
}

/** Takes a dataset's approval away; the dataset is closed from the next start on. */
export function dropApproval(folder: string, dataset: string): Promise<void> {
  return edit(folder, 'approvals.yml', approvalsHead, text => putEntry(text, 'approvals', 'dataset', dataset, undefined))
}

/** Puts an API key's entry into `keys.yml`, in the place of an earlier one of the same name. */
export function storeKey(folder: string, key: ApiKey): Promise<void> {
  return edit(folder, 'keys.yml', keysHead, text => putEntry(text, 'keys', 'name', key.name, key))
}

/** Takes an API key away. */
export function dropKey(folder: string, name: string): Promise<void> {
  return edit(folder, 'keys.yml', keysHead, text => putEntry(text, 'keys', 'name', name, undefined))
}

const approvalsHead = '# Written by "stadttor approve". What the data-protection officer approved; a changed entry is void.\n'
const keysHead = '# Written by "stadttor key". Checksums of API keys; the keys themselves are kept nowhere.\n'

/**
 * A file with one entry of its list put in, replaced or (with `entry` undefined) taken out.
 *
 * @param text the file as it is
 * @param list key at the top under which the list stands
 * @param name property that tells entries apart
 */
export function putEntry(text: string, list: string, name: string, value: string, entry: object | undefined): string {
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, logLevel: 'silent' })
  if (document.errors.length > 0) throw new Error('the file is no readable YAML')
  if (!isMap(document.contents)) document.set(list, new YAMLSeq())
  const found = document.get(list)
  const entries = isSeq(found) ? found : new YAMLSeq()
  if (entries !== found) document.set(list, entries)
  const at = entries.items.findIndex(item => isMap(item) && item.get(name) === value)
  // Without this, parts that occur twice become anchors, which the reader refuses.
  const node = entry && document.createNode(entry, { aliasDuplicateObjects: false })
  if (node && at >= 0) {
    const old = entries.items[at]
    if (isMap(old) && old.commentBefore) node.commentBefore = old.commentBefore
    entries.items[at] = node
  } else if (node) entries.add(node)
  else if (at >= 0) entries.delete(at)
  entries.flow = entries.items.length === 0
  return document.toString({ lineWidth: 0 })
}

/** Writes beside the file and renames, so that a reader sees the old text or the new one and nothing between. */
async function edit(folder: string, name: string, head: string, change: (text: string) => string): Promise<void> {
  const file = await realpath(join(folder, name)).catch(() => join(folder, name))
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  const after = change(before ?? head)
  const mode = before === undefined ? 0o644 : (await stat(file)).mode & 0o777
  const draft = join(dirname(file), `.${name}.${randomBytes(6).toString('hex')}`)
  try {
    const handle = await open(draft, 'wx', mode)
    await handle.writeFile(after).finally(async () => {
      await handle.sync()
      await handle.close()
    })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
