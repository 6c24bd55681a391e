/** XML from a source is read without trust; schemas are read for what they say of columns. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readElement } from '../../src/connectors/shared/xml.ts'
import { readSchema } from '../../src/connectors/wfs/schema.ts'

const data = (file: string) => readFileSync(resolve(import.meta.dirname, '../data', file), 'utf8')

test('names come without prefixes, CDATA and the five entities are text', () => {
  expect(readElement('<a:b xmlns:a="x" a:c="1"><d>&lt;&#228;<![CDATA[<&>]]></d></a:b>')).toEqual({
    name: 'b',
    uri: 'x',
    attributes: new Map([
      ['a', 'x'],
      ['c', '1'],
    ]),
    text: '',
    children: [{ name: 'd', uri: '', attributes: new Map(), text: '<ä<&>', children: [] }],
  })
})

test.each([
  ['half of it', '<a><b>1</b>'],
  ['two roots', '<a/><b/>'],
  ['an entity that nobody declared', '<a>&nbsp;</a>'],
  ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "1">]><a>&x;</a>'],
  ['entities that grow', `<!DOCTYPE a [<!ENTITY x "${'1'.repeat(1000)}"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>`],
  ['a file from elsewhere', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
  ['a prefix that nobody declared', '<x:a/>'],
  ['elements nested without end', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
  ['nothing', ''],
  ['text', 'Wartungsarbeiten'],
])('%s is refused', (_what, text) => {
  expect(() => readElement(text)).toThrow(expect.objectContaining({ code: 'SOURCE_ANSWER_INVALID' }))
})

describe('a schema', () => {
  test('of MapServer: dates and times alike are moments, the geometry is one', () => {
    const { namespace, columns } = readSchema(data('mapserver/describe.xml'), 'baeume')
    expect(namespace).toBe('http://mapserver.gis.umn.edu/mapserver')
    expect(Object.fromEntries(columns)).toEqual({
      msGeometry: 'geometry',
      BAUM_ID: 'integer',
      baumart: 'text',
      strasse: 'text',
      hoehe_m: 'number',
      pflanzjahr: 'integer',
      gefaellt: 'integer',
      kontrolle_am: 'moment',
      geaendert: 'moment',
    })
  })

  test('of several types says what belongs to the one that is asked for', () => {
    const schema = data('masterportal/nrw_describefeaturetype_two_types.xml').trim()
    expect([...readSchema(schema, 'SWD03_P').columns.keys()]).toContain('BLW')
    expect([...readSchema(schema, 'SWD02_P').columns.keys()]).not.toContain('BLW')
    expect(readSchema(schema, 'SWD99_P').columns.size).toBe(0)
  })

  test('with the type inside the element, and with restrictions', () => {
    const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="baum"><xs:complexType><xs:sequence>
      <xs:element name="nr" type="xs:long"/>
      <xs:element name="art"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="20"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name="tag" type="xs:date"/><xs:element name="um" type="xs:time"/><xs:element name="ja" type="xs:boolean"/>
      <xs:element name="foto" type="xs:base64Binary"/><xs:element name="lage" type="gml:MultiSurfacePropertyType"/>
    </xs:sequence></xs:complexType></xs:element></xs:schema>`
    expect(Object.fromEntries(readSchema(schema, 'baum').columns)).toEqual({
      nr: 'integer',
      art: 'text',
      tag: 'date',
      um: 'time',
      ja: 'boolean',
      foto: 'other',
      lage: 'geometry',
    })
  })
})
