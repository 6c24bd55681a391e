/** Which features an answer holds, and which value each of their properties has. */

import { unreadableValue } from '../../../src/connectors/features/sent.ts'
import { readAnswer } from '../../../src/connectors/wfs/answer.ts'
import { type Replay, startReplay } from '../../servers/replay.ts'
import { open } from '../../support/columns.ts'
import { openTown, type Town } from '../../support/wfs.ts'

const asked = { shown: 'karte', status: 200, typeName: 'app:baum', properties: ['nr', 'art', 'lage'] }
const kept = { properties: new Set(['nr', 'art', 'lage']), geometries: new Set(['lage']) }
const read = (text: string) => readAnswer(text, asked, kept)
const collection = (content: string, attributes = '') =>
  `<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:app="a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xlink="http://www.w3.org/1999/xlink"${attributes}>${content}</wfs:FeatureCollection>`
const baum = (content: string) => `<wfs:member><app:baum gml:id="b.1">${content}</app:baum></wfs:member>`
const values = (content: string) => Object.fromEntries(read(collection(baum(content))).features[0]!.values)
const point = '<gml:Point srsName="EPSG:25832"><gml:pos>1 2</gml:pos></gml:Point>'

describe('GML', () => {
  test('a property that nobody asked for is not taken in', () => {
    expect(values('<app:nr>1</app:nr><app:pruefer>GEHEIM</app:pruefer>')).toEqual({ nr: '1' })
  })

  test('a name counts only as a property of the feature, not deeper', () => {
    expect(values('<app:anders><app:nr>7</app:nr></app:anders>')).toEqual({})
  })

  test.each([
    ['missing', '', undefined],
    ['empty', '<app:art></app:art>', null],
    ['empty in one', '<app:art/>', null],
    ['nil', '<app:art xsi:nil="true"/>', null],
    ['a blank', '<app:art> </app:art>', ' '],
    ['with markup as text', '<app:art>&lt;b&gt;Linde &amp; Ahorn</app:art>', '<b>Linde & Ahorn'],
    ['in CDATA', '<app:art><![CDATA[<b>Linde</b>]]></app:art>', '<b>Linde</b>'],
    ['with a comment inside', '<app:art>Lin<!-- alt -->de</app:art>', 'Linde'],
    ['in a time position', '<app:art><gml:timePosition>2026-03-29</gml:timePosition></app:art>', '2026-03-29'],
    [
      'in a time instant',
      '<app:art><gml:TimeInstant><gml:timePosition>2026-03-29</gml:timePosition></gml:TimeInstant></app:art>',
      '2026-03-29',
    ],
    ['sent twice', '<app:art>a</app:art><app:art>b</app:art>', unreadableValue],
    ['a structure', '<app:art><app:de>Linde</app:de><app:en>lime</app:en></app:art>', unreadableValue],
  ])('a text that is %s', (_what, content, value) => {
    expect(values(content).art).toBe(value)
  })

  test.each([
    ['empty', '<app:lage/>', null],
    ['an arc', '<app:lage><gml:Curve><gml:segments><gml:Arc/></gml:segments></gml:Curve></app:lage>', unreadableValue],
    ['a reference', '<app:lage xlink:href="#p"/>', unreadableValue],
    ['two in one property', `<app:lage>${point}${point}</app:lage>`, unreadableValue],
    ['text', '<app:lage>hier</app:lage>', unreadableValue],
    ['blank', '<app:lage>\n  </app:lage>', null],
  ])('a geometry that is %s', (_what, content, value) => {
    expect(values(content).lage).toBe(value)
  })

  test('a geometry whose parts come one by one, as MapServer sends them, is one geometry', () => {
    const other = point.replace('1 2', '3 4')
    expect(values(`<app:lage>${point}</app:lage><app:lage>${other}</app:lage><app:lage>${point}</app:lage>`).lage).toEqual({
      srsName: 'EPSG:25832',
      geometry: {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
          [1, 2],
        ],
      },
    })
    expect(values(`<app:lage>${point}</app:lage><app:lage>${other.replace('25832', '4326')}</app:lage>`).lage).toBe(unreadableValue)
  })

  test('a geometry that names no system is in that of the envelope around', () => {
    const envelope = '<gml:boundedBy><gml:Envelope srsName="EPSG:25832"/></gml:boundedBy>'
    const bare = `<app:lage>${point.replace(' srsName="EPSG:25832"', '')}</app:lage>`
    expect(values(envelope + bare).lage).toMatchObject({ srsName: 'EPSG:25832' })
    expect(values(bare).lage).not.toHaveProperty('srsName')
    expect(values(`${envelope.replace('25832', '4326')}<app:lage>${point}</app:lage>`).lage).toMatchObject({ srsName: 'EPSG:25832' })
  })

  test.each([
    ['WFS 1.1', '<gml:featureMember><app:baum gml:id="b.1"><app:nr>1</app:nr></app:baum></gml:featureMember>'],
    [
      'several in one member',
      '<gml:featureMembers><app:baum fid="b.1"><app:nr>1</app:nr></app:baum><app:baum fid="b.2"><app:nr>2</app:nr></app:baum></gml:featureMembers>',
    ],
    ['collections in a collection', `<wfs:member>${collection(baum('<app:nr>1</app:nr>'))}</wfs:member>`],
  ])('features of %s', (_what, content) => {
    expect(read(collection(content)).features[0]).toEqual({ id: 'b.1', values: new Map([['nr', '1']]) })
  })

  test('envelopes and features that only stand beside are no features', () => {
    expect(
      read(collection('<wfs:boundedBy><gml:Envelope/></wfs:boundedBy><wfs:additionalObjects><app:baum/></wfs:additionalObjects>')).features,
    ).toEqual([])
  })

  test.each([
    [' numberMatched="57" numberReturned="0"', { matched: 57 }],
    [' numberMatched="unknown"', {}],
    [' numberOfFeatures="57"', { numberOfFeatures: 57 }],
  ])('how many there are: %s', (attributes, counts) => {
    expect(read(collection('', attributes))).toEqual({ features: [], ...counts })
  })

  test.each([
    ['half of it', collection(baum('<app:nr>1</app:nr>')).slice(0, -30)],
    ['a report among the features', collection(`${baum('')}<ows:ExceptionReport/>`)],
    ['a service that gives up', collection(`${baum('')}<wfs:truncatedResponse/>`)],
    ['a document type', `<!DOCTYPE x [<!ENTITY e "1">]>${collection(baum('<app:nr>&e;</app:nr>'))}`],
    ['capabilities', '<wfs:WFS_Capabilities xmlns:wfs="http://www.opengis.net/wfs/2.0"/>'],
    ['nothing', ''],
  ])('%s is no answer', (_what, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'SOURCE_ANSWER_INVALID' }))
  })
})

describe('GeoJSON', () => {
  const json = (feature: unknown, more = {}) => JSON.stringify({ type: 'FeatureCollection', features: [feature], ...more })
  const feature = (properties: unknown, geometry: unknown = null) => ({ type: 'Feature', properties, geometry })

  test('every digit stays, and nothing comes along that nobody asked for', () => {
    const text = json(feature({ art: 'x', pruefer: 'GEHEIM' })).replace('"x"', '9007199254740993')
    const [found] = read(text).features
    expect(found!.values.get('art')).toBe('9007199254740993')
    expect([...found!.values.keys()]).toEqual(['nr', 'art', 'lage'])
  })

  test.each([
    [null, null],
    ['', null],
    [true, true],
    [1.5, 1.5],
    [{ de: 'Linde' }, unreadableValue],
    [['a'], unreadableValue],
  ])('the value %j', (sent, value) => {
    expect(read(json(feature({ art: sent }))).features[0]!.values.get('art')).toBe(value)
  })

  test('the prototype of an object holds no properties', () => {
    const wish = { properties: new Set(['constructor', '__proto__']), geometries: new Set<string>() }
    const [found] = readAnswer(json(feature({})), asked, wish).features
    expect([...found!.values.values()]).toEqual([null, null])
  })

  test('the geometry is that of the feature, whatever the column is called; its system is the collection’s', () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } }
    const [found] = read(json(feature({}, { type: 'Point', coordinates: [1, 2] }), { crs })).features
    expect(found!.values.get('lage')).toEqual({ geometry: { type: 'Point', coordinates: [1, 2] }, srsName: 'urn:ogc:def:crs:EPSG::25832' })
    expect(read(json(feature({}, { type: 'Kreis' }))).features[0]!.values.get('lage')).toBe(unreadableValue)
  })

  test.each([
    ['half of it', json(feature({})).slice(0, -5)],
    ['something behind it', `${json(feature({}))} <!-- 12 ms -->`],
    ['an error', '{"exceptions":[{"code":"NoApplicableCode"}]}'],
    ['a single feature', JSON.stringify(feature({}))],
    ['a list', '[]'],
  ])('%s is no answer', (_what, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'SOURCE_ANSWER_INVALID' }))
  })

  test('a feature that is none is a row that cannot be read', () => {
    expect([...read(json(7)).features[0]!.values.values()]).toEqual([unreadableValue, unreadableValue, unreadableValue])
  })
})

describe('a row that cannot be read in part', () => {
  let replay: Replay
  let town: Town

  afterEach(async () => {
    await town.connector.close()
    await replay.stop()
  })

  test('stays, without what cannot be read, and is counted', async () => {
    const arc = '<app:lage><gml:Curve srsName="EPSG:25832"><gml:segments><gml:Arc/></gml:segments></gml:Curve></app:lage>'
    const body = collection(
      baum(`<app:nr>1</app:nr><app:art>Linde</app:art><app:jahr>viele</app:jahr>${arc}`) +
        baum('<app:nr>2</app:nr><app:art>Ahorn</app:art><app:jahr>1990</app:jahr><app:lage/>'),
    )
    replay = await startReplay(({ REQUEST }) => (REQUEST === 'GetFeature' ? { body } : { body: '', status: 404 }))
    const nr = open('nr', 'int')
    const fields = [nr, open('art', 'text'), open('jahr', 'int'), open('lage', 'line')]
    town = openTown({ url: replay.url, connection: { user: 'tor', password: 'geheim' }, place: { typeName: 'app:baum' }, key: nr, fields })
    const { rows, problems } = await town.rows()
    expect(rows).toEqual([
      [1, 'Linde', null, null],
      [2, 'Ahorn', 1990, null],
    ])
    expect(problems).toEqual({ 'unreadable cell': 2 })
    // The service is asked in the name of its user, every time.
    expect(new Set(replay.asked.map(({ AUTHORIZATION }) => AUTHORIZATION))).toEqual(new Set(['Basic dG9yOmdlaGVpbQ==']))
    expect(JSON.stringify(town.calls)).not.toContain('geheim')
  })
})
