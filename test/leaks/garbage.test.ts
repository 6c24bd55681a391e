/** Half an answer is full of data: what of it comes into errors and logs? */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { approveAll, type City, startCity, writeFolder } from '../support/city.ts'
import { secretMark } from './town/tables.ts'

const cell = `${secretMark}-Meier`
const halfJson = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nr":1,"halter":"${cell}","telefon":${cell}`
const halfGml = `<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"><wfs:member><a><halter>${cell}</halter><b>${cell}</c>`
/** Half answers of other kinds of service, by where they live. */
const json = new Map([
  ['/ogc', halfJson],
  ['/v1.1', `{"value":[{"@iot.id":1,"properties":{"halter":"${cell}","telefon":${cell}`],
  ['/ngsi-ld', `[{"id":"urn:x","type":"x","halter":"${cell}","telefon":${cell}`],
  ['/dienst', `[{"nr":1,"halter":"${cell}","telefon":${cell}`],
])
const description = JSON.stringify({
  fields: [
    { name: 'nr', type: 'esriFieldTypeOID' },
    { name: 'art', type: 'esriFieldTypeString' },
  ],
})
const schema = `<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="x"/></schema>`

let services: Server
let city: City

beforeAll(async () => {
  services = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '')
    const half = [...json.keys()].find(path => url.startsWith(path))
    if (half) response.setHeader('content-type', 'application/json').end(json.get(half))
    else if (url.includes('/FeatureServer')) response.end(url.includes('/query') ? halfJson : description)
    else response.setHeader('content-type', 'text/xml').end(url.includes('DescribeFeatureType') ? schema : halfGml)
  })
  await new Promise<void>(done => services.listen(0, '127.0.0.1', done))
  const { port } = services.address() as AddressInfo
  const dataset = (id: string, type: string, place: string) =>
    `id: ${id}\ntitle: ${type}\nowner: Amt\nlicence: dl-de/by-2-0\nnames: { type: ${type}, one: ${id}Eins, many: ${id} }\nsource: { use: ${id}, ${place} }\nkey: [nr]\nfields: { art: { column: art, type: text } }\n`
  const folder = await writeFolder({
    'gateway.yml': 'city: { name: leckstadt, title: Leckstadt, operator: Stadt }\nsecret: 0123456789abcdef0123456789abcdef\n',
    'sources/wege.yml': `id: wege\nkind: wfs\ntitle: Wege\nconnection: { url: "http://127.0.0.1:${port}/wfs" }\n`,
    'sources/plaetze.yml': `id: plaetze\nkind: arcgis\ntitle: Plätze\nconnection: { url: "http://127.0.0.1:${port}/arcgis/rest/services/A/FeatureServer" }\n`,
    'sources/orte.yml': 'id: orte\nkind: file\ntitle: Orte\nconnection: { folder: . }\n',
    'sources/tiere.yml': 'id: tiere\nkind: file\ntitle: Tiere\nconnection: { folder: . }\n',
    'sources/seen.yml': `id: seen\nkind: ogc-features\ntitle: Seen\nconnection: { url: "http://127.0.0.1:${port}/ogc" }\n`,
    'sources/dinge.yml': `id: dinge\nkind: sensorthings\ntitle: Dinge\nconnection: { url: "http://127.0.0.1:${port}/v1.1" }\n`,
    'sources/wesen.yml': `id: wesen\nkind: ngsi\ntitle: Wesen\nconnection: { url: "http://127.0.0.1:${port}", version: ld }\n`,
    'sources/zeilen.yml': `id: zeilen\nkind: http\ntitle: Zeilen\nconnection: { url: "http://127.0.0.1:${port}" }\n`,
    'datasets/amt/seen.yml': dataset('seen', 'See', 'collection: x'),
    'datasets/amt/dinge.yml': dataset('dinge', 'Ding', 'entity: Things')
      .replace('key: [nr]', 'key: ["@iot.id"]')
      .replace('column: art', 'column: name'),
    'datasets/amt/wesen.yml': dataset('wesen', 'Wesen', 'type: x'),
    'datasets/amt/zeilen.yml': dataset('zeilen', 'Zeile', 'path: dienst, format: json'),
    'datasets/amt/wege.yml': dataset('wege', 'Weg', 'typeName: x'),
    'datasets/amt/plaetze.yml': dataset('plaetze', 'Platz', 'layer: 0'),
    'datasets/amt/orte.yml': dataset('orte', 'Ort', 'path: orte.geojson'),
    'datasets/amt/tiere.yml': dataset('tiere', 'Tier', 'path: tiere.csv'),
    'orte.geojson': halfJson,
    'tiere.csv': `nr;art;halter\n1;"${cell};${cell}`,
  })
  await approveAll(folder)
  city = await startCity(folder)
})

afterAll(async () => {
  await city?.stop()
  services.closeAllConnections()
  services.close()
})

test.each(['wege', 'plaetze', 'seen', 'dinge', 'wesen', 'zeilen', 'orte', 'tiere'])(
  '%s: a parser that stumbles over data tells nobody which',
  async list => {
    const answer = await city.ask(`{ ${list} { nodes { art } } }`)
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_ANSWER_INVALID'])
    expect(city.log.some(({ code }) => code === 'SOURCE_ANSWER_INVALID')).toBe(true)
    expect(answer.text).not.toContain(secretMark)
    expect(JSON.stringify(city.log)).not.toContain(secretMark)
  },
)
