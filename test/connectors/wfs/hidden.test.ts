/** A property that a real MapServer publishes and nobody has released is out of reach, though the server would answer every question about it. */

import { wfs } from '../../../src/connectors/wfs/index.ts'
import type { SourceCall } from '../../../src/model/index.ts'
import { datasetsOf, type Fit, hiddenColumn, hiddenMark, tableOf, town, townCrs } from '../../contract/town.ts'
import { type MapServer, noMapServer, startMapServer } from '../../servers/mapserver.ts'
import { everyKindOfRequest } from '../../support/requests.ts'

const fit: Fit = { kind: 'wfs', place: table => wfs.place.parse({ typeName: `ms:${table}` }), crs: townCrs }
const trees = datasetsOf(town, fit).trees!
const context = () => ({ signal: new AbortController().signal, deadline: Date.now() + 30_000 })

let server: MapServer

const real = noMapServer && process.env.CI !== 'true' ? describe.skip : describe

real(noMapServer ? `a hidden property (${noMapServer})` : 'a hidden property', () => {
  beforeAll(async () => {
    server = await startMapServer({ tables: [tableOf(town, 'trees', fit)] })
  })

  afterAll(() => server?.stop())

  const asked = async (question: string): Promise<string> => (await fetch(`${server.url}?SERVICE=WFS&VERSION=2.0.0&${question}`)).text()

  test('is published by the server, which also filters and sorts by it for anyone', async () => {
    expect(await asked('REQUEST=DescribeFeatureType&TYPENAMES=ms:trees')).toContain(hiddenColumn)
    const filter = `<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0"><fes:PropertyIsEqualTo><fes:ValueReference>${hiddenColumn}</fes:ValueReference><fes:Literal>${hiddenMark}-01</fes:Literal></fes:PropertyIsEqualTo></fes:Filter>`
    expect(await asked(`REQUEST=GetFeature&TYPENAMES=ms:trees&FILTER=${encodeURIComponent(filter)}`)).toContain(`${hiddenMark}-01`)
    expect(await asked(`REQUEST=GetFeature&TYPENAMES=ms:trees&COUNT=1&SORTBY=${hiddenColumn}`)).toContain(hiddenMark)
  })

  test.each([
    { format: 'gml', version: '2.0.0' },
    { format: 'geojson', version: '2.0.0', outputFormat: 'geojson' },
    { format: 'gml', version: '1.1.0' },
  ])('is in no question and in no answer: %j', async options => {
    const before = server.asked.length
    const calls: SourceCall[] = []
    const connection = wfs.connection.parse({ url: server.url, ...options })
    const limits = { connections: 2, statementMs: 20_000, queue: 50, bytes: 10_000_000 }
    const connector = wfs.open(
      { id: 'karte', kind: 'wfs', title: 'Karte', connection, limits },
      { folder: '/', call: call => calls.push(call), warn: () => {} },
    )
    const answers = []
    for (const request of everyKindOfRequest(trees, connector.capabilities)) answers.push(await connector.read(request, context()))
    await connector.close()
    expect(answers.length).toBeGreaterThan(60)
    expect(JSON.stringify([answers, calls])).not.toMatch(new RegExp(`${hiddenColumn}|${hiddenMark}`))
    const questions = server.asked.slice(before)
    expect(questions.length).toBeGreaterThan(60)
    expect(questions.filter(question => question.includes(hiddenColumn))).toEqual([])
    // Without names a service sends everything it has.
    expect(
      questions.filter(question => /GetFeature/.test(question) && !/PROPERTYNAME=|PropertyName>|RESULTTYPE=hits/.test(question)),
    ).toEqual([])
  })
})
