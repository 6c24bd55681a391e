/** What does a declared spelling open, and to what does it stay closed? */

import { approvedGateway, city, datasetFile, type Files, gatewayOf, openFields } from './support.ts'

const baeume = 'datasets/umwelt/baeume.yml'
const trees = (fields: string, more = ''): Files => ({ ...city, [baeume]: datasetFile(more, fields) })
const art = (written: string) => `  art: { column: ART, type: text${written && `, written: { ${written} }`}, use: [read, filter, sort] }`

test('a spelling reaches the field that callers get, and no column of the engine', async () => {
  const { models } = await gatewayOf(
    trees('  nr: { column: BAUM_ID, type: decimal, written: { around: "Nr. {}" } }', 'rows: { BAUM_ID: { ne: Nr. 0 } }'),
    { unapproved: true },
  )
  const dataset = models.get('public')!.datasets.get('baeume')!
  expect(dataset.fields[0]?.written).toEqual({ around: 'Nr. {}' })
  expect(dataset.key).toEqual([{ column: 'BAUM_ID', type: 'text' }])
  expect(dataset.rowRule).toEqual({ op: 'ne', column: { column: 'BAUM_ID', type: 'text' }, value: 'Nr. 0' })
})

test('yes and no are written as people write them', async () => {
  const { models } = await gatewayOf(trees('  gesund: { column: G, type: boolean, written: { true: [ja, J], false: nein } }'), {
    unapproved: true,
  })
  expect(models.get('public')!.datasets.get('baeume')!.fields[0]?.written).toEqual({ true: ['ja', 'J'], false: ['nein'] })
})

test('a source that compares what it stores allows everything where that is what is served', async () => {
  const fields = `${art('trim: true, missing: [N/A]')}
  gesund: { column: G, type: boolean, written: { true: J, false: N }, use: [read, filter, group] }
  hoehe: { column: H, type: decimal, written: { missing: "-9999" }, use: [read, filter, sort, aggregate] }
  stand: { column: S, type: datetime, written: { epoch: ms }, use: [read, filter, sort, aggregate] }`
  const gateway = await gatewayOf(trees(fields), { unapproved: true })
  expect(openFields(gateway)).toHaveLength(4)
})

test('what was hidden as missing stays hidden until it is approved', async () => {
  expect(openFields(await approvedGateway(trees(art('missing: [geheim]')), trees(art(''))))).toEqual([])
  expect(openFields(await approvedGateway(trees(art('missing: [a, geheim]')), trees(art('missing: [a]'))))).toEqual([])
})

test('to hide more values as missing needs no approval, to read them in another way does', async () => {
  const hiding = await approvedGateway(trees(art('')), trees(art('missing: [geheim]')))
  expect(openFields(hiding)).toEqual(['art: read filter sort'])
  expect(hiding.models.get('public')!.datasets.get('baeume')!.fields[0]?.written).toEqual({ missing: ['geheim'] })
  expect(openFields(await approvedGateway(trees(art('')), trees(art('trim: true'))))).toEqual([])
})

test('another spelling makes another dataset, so that no cached answer stands in for it', async () => {
  const hashes = await Promise.all(
    ['', 'missing: [a]', 'missing: [b]', 'trim: true'].map(async written => {
      const { models } = await gatewayOf(trees(art(written)), { unapproved: true })
      return models.get('public')!.datasets.get('baeume')!.hash
    }),
  )
  expect(new Set(hashes).size).toBe(4)
})
