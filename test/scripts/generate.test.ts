/** Are the generated files of the repository what the code makes today? */

import { generateFiles, staleFiles } from '../../scripts/generate.ts'

test('every generated file is fresh', async () => {
  expect(await staleFiles()).toEqual([])
})

test('the schemas for editors are among them', async () => {
  const files = [...(await generateFiles()).keys()]
  for (const name of ['gateway', 'source', 'dataset', 'approvals', 'keys']) expect(files).toContain(`config/schema/${name}.schema.json`)
})
