/** Is what is served never more than the configuration and never more than the approval? */

import { approve, readConfiguration, storeApproval } from '../../src/config/index.ts'
import {
  approvalsOf,
  approvedGateway,
  city,
  datasetFile,
  type Files,
  gatewayFile,
  gatewayOf,
  inFolder,
  kindsFor,
  now,
  openFields,
} from './support.ts'

const baeume = 'datasets/umwelt/baeume.yml'
const trees = (more: string, fields?: string): Files => ({ ...city, [baeume]: datasetFile(more, fields) })
const codes = (gateway: Awaited<ReturnType<typeof gatewayOf>>) => gateway.notices.map(({ code }) => code)

const art = '  art: { column: ART, type: text, use: [read, filter] }'
const hoehe = '  hoehe: { column: HOEHE, type: int }'
const both = `${art}\n${hoehe}`

describe('a dataset', () => {
  test('that nobody approved is closed, and it is said', async () => {
    const gateway = await gatewayOf(city)
    expect(gateway.models.get('public')?.datasets.size).toBe(0)
    expect(gateway.notices).toEqual([
      {
        code: 'NOT_APPROVED',
        dataset: 'baeume',
        message: {
          de: 'Der Datensatz „baeume“ ist nicht freigegeben und bleibt geschlossen.',
          en: 'The dataset "baeume" is not approved and stays closed.',
        },
      },
    ])
  })

  test('that was approved is open', async () => {
    const gateway = await approvedGateway(trees('', both))
    expect(openFields(gateway)).toEqual(['art: read filter', 'hoehe: read'])
    expect(gateway.notices).toEqual([])
  })

  test.each([
    ['another table', city[baeume]?.replace('V_BAUM', 'BAUM')],
    ['another key', city[baeume]?.replace('[BAUM_ID]', '[ID]')],
    ['another type of its key', city[baeume]?.replace('[BAUM_ID]', '[{ column: BAUM_ID, type: int }]')],
    ['a row rule that was not approved', datasetFile('rows: { STATUS: alt }')],
  ])('with %s is closed, and it is said what changed', async (_what, wished) => {
    const gateway = await approvedGateway(city, { ...city, [baeume]: wished ?? '' })
    expect(openFields(gateway)).toEqual([])
    expect(codes(gateway)).toEqual(['BASE_CHANGED'])
    expect(gateway.models.get('public')?.closed).toEqual([])
  })

  test('that lost the approved row rule is closed', async () => {
    const gateway = await approvedGateway(trees('rows: { STATUS: aktiv }'), city)
    expect(openFields(gateway)).toEqual([])
    expect(gateway.notices[0]?.message.de).toContain('Zeilenbedingung')
  })

  test('stays open when only words and times change', async () => {
    const wished = trees(
      'about: neu\nfreshFor: 1 min\nattribution: x',
      '  art: { column: ART, type: text, title: Art, about: neu, deprecated: bald }',
    )
    expect(openFields(await approvedGateway(city, wished))).toEqual(['art: read'])
  })

  test('is open on the last day of its approval and closed on the next, by the clock of the city', async () => {
    const until = { until: '2026-11-02' }
    const lastMinute = Date.parse('2026-11-02T22:59:00Z')
    expect(openFields(await approvedGateway(city, city, until, { now: lastMinute }))).toEqual(['art: read'])
    const closed = await approvedGateway(city, city, until, { now: lastMinute + 60_000 })
    expect(openFields(closed)).toEqual([])
    expect(codes(closed)).toEqual(['APPROVAL_EXPIRED'])
  })

  test('is open no longer than its approval: the gateway says when to read again', async () => {
    const winter = await approvedGateway(city, city, { until: '2026-11-02' })
    expect(new Date(winter.nextChange ?? 0).toISOString()).toBe('2026-11-02T23:00:00.000Z')
    const summer = await approvedGateway(city, city, { on: '2027-07-01', until: '2027-12-31' })
    expect(new Date(summer.nextChange ?? 0).toISOString()).toBe('2027-06-30T22:00:00.000Z')
    expect((await approvedGateway(city)).nextChange).toBeUndefined()
  })

  test('is closed before the first day of its approval', async () => {
    const gateway = await approvedGateway(city, city, { on: '2026-11-03' })
    expect(openFields(gateway)).toEqual([])
    expect(codes(gateway)).toEqual(['APPROVAL_NOT_YET_VALID'])
  })

  test('whose approval ends within thirty days is open, and it is said', async () => {
    const gateway = await approvedGateway(city, city, { until: '2026-12-02' })
    expect(openFields(gateway)).toEqual(['art: read'])
    expect(codes(gateway)).toEqual(['APPROVAL_EXPIRES_SOON'])
    expect(codes(await approvedGateway(city, city, { until: '2026-12-03' }))).toEqual([])
  })

  test('whose approval is of a dataset that is gone is told', async () => {
    const gateway = await gatewayOf({
      ...city,
      [baeume]: datasetFile().replace('id: baeume', 'id: wald'),
      'approvals.yml': await approvalsOf(city),
    })
    expect(codes(gateway)).toEqual(['NOT_APPROVED', 'APPROVAL_ORPHANED'])
  })
})

describe('an approval', () => {
  const tampered = [
    ['a further use', 'use:\n            - read', 'use:\n            - read\n            - filter'],
    ['a further audience', 'audiences:\n            - internal', 'audiences:\n            - public'],
    ['another column', 'column: ART', 'column: TELEFON'],
    ['another dataset', 'dataset: baeume', 'dataset: wald'],
  ] as const
  test.each(tampered)('that somebody changed afterwards (%s) is void', async (_what, from, to) => {
    const files = trees('', '  art: { column: ART, type: text, audience: internal }')
    const text = await approvalsOf(files)
    expect(text).toContain(from)
    const gateway = await gatewayOf({ ...files, 'approvals.yml': text.replace(from, to) })
    expect(openFields(gateway, 'internal')).toEqual([])
    expect(codes(gateway)).toContain(to.includes('wald') ? 'NOT_APPROVED' : 'APPROVAL_VOID')
  })

  test('with a checksum of another exposure is void', async () => {
    const [one, other] = [await approvalsOf(city), await approvalsOf(trees('', both))]
    const hash = /sha256:[0-9a-f]{64}/
    const gateway = await gatewayOf({ ...city, 'approvals.yml': one.replace(hash, hash.exec(other)?.[0] ?? '') })
    expect(codes(gateway)).toEqual(['APPROVAL_VOID'])
  })

  test('may be rearranged and commented without becoming void', async () => {
    const [list, ...lines] = (await approvalsOf(city)).split('\n')
    const rearranged = [list, '  # geprüft', ...lines]
      .join('\n')
      .replace('    by: DSB\n    record: A-1\n', '    record: A-1\n    by: DSB\n')
    expect(openFields(await gatewayOf({ ...city, 'approvals.yml': rearranged }))).toEqual(['art: read'])
  })
})

describe('a field', () => {
  test('that was not approved stays closed, the others stay open', async () => {
    const gateway = await approvedGateway(trees('', art), trees('', both))
    expect(openFields(gateway)).toEqual(['art: read filter'])
    expect(gateway.notices.map(({ code, message }) => [code, message.de])).toEqual([
      ['FIELD_CLOSED', '„baeume“: das Feld „hoehe“ ist geschlossen: nicht freigegeben.'],
    ])
  })

  test('that the department took back is closed, approved or not', async () => {
    expect(openFields(await approvedGateway(trees('', both), trees('', art)))).toEqual(['art: read filter'])
  })

  test('allows only what both keys allow', async () => {
    const wished = trees('', '  art: { column: ART, type: text, use: [read, sort, group] }')
    const approved = trees('', '  art: { column: ART, type: text, use: [read, filter, sort] }')
    const gateway = await approvedGateway(approved, wished)
    expect(openFields(gateway)).toEqual(['art: read sort'])
    expect(codes(gateway)).toEqual(['USE_CLOSED'])
  })

  test.each([
    ['column', '  x: { column: B, type: text }', '  x: { column: A, type: text }'],
    ['type', '  x: { column: A, type: int }', '  x: { column: A, type: text }'],
    ['zone', '  x: { column: A, type: datetime, zone: UTC }', '  x: { column: A, type: datetime, zone: Europe/Berlin }'],
    ['crs', '  x: { column: A, type: point, crs: "EPSG:4326" }', '  x: { column: A, type: point }'],
    ['scale', '  x: { column: A, type: decimal, scale: 10 }', '  x: { column: A, type: decimal, scale: 100 }'],
    ['codes', '  x: { column: A, type: code, codes: { 1: a, 2: b } }', '  x: { column: A, type: code, codes: { 1: a } }'],
    [
      'a finer coarsening',
      '  x: { column: A, type: date, coarsen: { to: month } }',
      '  x: { column: A, type: date, coarsen: { to: year } }',
    ],
    ['no coarsening any more', '  x: { column: A, type: date }', '  x: { column: A, type: date, coarsen: { to: year } }'],
  ])('with another %s than approved is closed', async (_what, wished, approved) => {
    const gateway = await approvedGateway(trees('', `${art}\n${approved}`), trees('', `${art}\n${wished}`))
    expect(openFields(gateway)).toEqual(['art: read filter'])
    expect(codes(gateway)).toEqual(['FIELD_CLOSED'])
  })

  test('that is coarsened since it was approved shows less and is open', async () => {
    const gateway = await approvedGateway(
      trees('', '  x: { column: A, type: date, use: [read, sort] }'),
      trees('', '  x: { column: A, type: date, coarsen: { to: year } }'),
    )
    expect(openFields(gateway)).toEqual(['x: read'])
    expect(gateway.models.get('public')?.datasets.get('baeume')?.fields[0]?.coarsen).toEqual({ to: 'year' })
    expect(gateway.notices).toEqual([])
  })

  test('approved for the administration is not public because the file says so', async () => {
    const gateway = await approvedGateway(
      trees('', `${art}\n  x: { column: A, type: int, audience: internal }`),
      trees('', `${art}\n  x: { column: A, type: int }`),
    )
    expect(openFields(gateway, 'public')).toEqual(['art: read filter'])
    // Approved for the administration, wished for everybody: the administration is part of everybody.
    expect(openFields(gateway, 'internal')).toEqual(['art: read filter', 'x: read'])
    expect(codes(gateway)).toEqual(['USE_CLOSED'])
  })
})

describe('audiences', () => {
  const three = `${gatewayFile}  partner: { includes: [] }\n  staff: { includes: [internal] }\n`
  const files = {
    ...trees('', `${art}\n  x: { column: A, type: int, audience: internal }\n  y: { column: B, type: int, audience: [partner] }`),
    'gateway.yml': three,
  }

  test('see what they include, directly or through others, and nothing else', async () => {
    const gateway = await approvedGateway(files)
    const names = (audience: string) => openFields(gateway, audience).map(field => field.split(':')[0])
    expect(names('public')).toEqual(['art'])
    expect(names('internal')).toEqual(['art', 'x'])
    expect(names('staff')).toEqual(['art', 'x'])
    expect(names('partner')).toEqual([])
  })

  test('that include more than when it was approved do not see more', async () => {
    const wider = { ...files, 'gateway.yml': three.replace('partner: { includes: [] }', 'partner: { includes: [internal] }') }
    const gateway = await approvedGateway(files, wider)
    expect(openFields(gateway, 'partner').map(field => field.split(':')[0])).toEqual(['art', 'y'])
    expect(gateway.notices.map(({ message }) => message.en)).toEqual(['"baeume": not approved for the field "x": partner.'])
  })

  test('that are new see what is public without a new approval', async () => {
    const more = { ...files, 'gateway.yml': `${three}  press: { includes: [public] }\n` }
    expect(openFields(await approvedGateway(files, more), 'press')).toEqual(['art: read filter'])
  })
})

describe('the catalogue of what is closed', () => {
  const closed = async (files: Files, approved?: Files) => {
    const gateway = approved ? await approvedGateway(approved, files) : await gatewayOf(files)
    return gateway.models.get('public')?.closed.map(({ id, reason }) => [id, reason])
  }

  test('names a dataset that another audience sees', async () => {
    const internal = trees('audience: internal')
    expect(await closed(internal, internal)).toEqual([['baeume', 'otherAudience']])
  })

  test('names a draft only when its file wants so', async () => {
    expect(await closed(city)).toEqual([])
    expect(await closed(trees('listed: true'))).toEqual([['baeume', 'notApproved']])
  })

  test('holds no field, no column and no place', async () => {
    const files = trees('listed: true\nrows: { STATUS: 1 }')
    const gateway = await gatewayOf(files)
    const [dataset] = gateway.models.get('public')?.closed ?? []
    expect(Object.keys(dataset ?? {}).sort()).toEqual(['id', 'owner', 'reason', 'themes', 'title'])
  })
})

describe('a relation', () => {
  const strassen = (more: string, fields: string) =>
    datasetFile(more, fields)
      .replace('id: baeume', 'id: strassen')
      .replace('{ type: Baum, one: baum, many: baeume }', '{ type: Strasse, one: strasse, many: strassen }')
  const city2 = (
    relation: string,
    own = art,
    other = '  nr: { column: NR, type: int }\n  name: { column: NAME, type: text }',
    otherMore = '',
  ): Files => ({
    ...trees(`relations:\n  strasse: ${relation}`, own),
    'datasets/tiefbau/strassen.yml': strassen(otherMore, other),
  })
  const relations = (gateway: Awaited<ReturnType<typeof gatewayOf>>, audience = 'public') =>
    gateway.models
      .get(audience)
      ?.datasets.get('baeume')
      ?.relations.map(({ name, match }) => [name, ...match.map(({ left, right }) => `${left.column}=${right.column}`)])

  test('by a column that is named nowhere else is opened by itself', async () => {
    expect(relations(await approvedGateway(city2('{ to: strassen, match: { STR: nr } }')))).toEqual([['strasse', 'STR=NR']])
  })

  test('that was not approved, or differently, is closed', async () => {
    const approved = city2('{ to: strassen, match: { STR: nr } }')
    for (const relation of [
      '{ to: strassen, match: { STR2: nr } }',
      '{ to: strassen, match: { STR: nr }, many: true }',
      '{ to: strassen, match: { STR: name }, normalise: { trim: true } }',
    ]) {
      const gateway = await approvedGateway(approved, city2(relation))
      expect(relations(gateway)).toEqual([])
      expect(codes(gateway)).toEqual(['RELATION_CLOSED'])
    }
  })

  test('is closed to whoever does not see its target', async () => {
    const gateway = await approvedGateway(
      city2('{ to: strassen, match: { STR: nr } }', art, '  nr: { column: NR, type: int }', 'audience: internal'),
    )
    expect(relations(gateway, 'public')).toEqual([])
    expect(relations(gateway, 'internal')).toEqual([['strasse', 'STR=NR']])
  })

  test('by a field is closed to whoever does not see the field, unless the column is joinable', async () => {
    const hidden = '  nr: { column: NR, type: int, audience: internal }\n  name: { column: NAME, type: text }'
    const closed = await approvedGateway(city2('{ to: strassen, match: { STR: nr } }', art, hidden))
    expect(relations(closed, 'public')).toEqual([])
    expect(relations(closed, 'internal')).toEqual([['strasse', 'STR=NR']])
    const joinable = await approvedGateway(
      city2('{ to: strassen, match: { STR: nr } }', art, hidden, 'joinable: [{ column: NR, type: int }]'),
    )
    expect(relations(joinable, 'public')).toEqual([['strasse', 'STR=NR']])
    const left = await approvedGateway(
      city2('{ to: strassen, match: { STR: nr } }', `${art}\n  str: { column: STR, type: int, audience: internal }`),
    )
    expect(relations(left, 'public')).toEqual([])
    expect(relations(left, 'internal')).toEqual([['strasse', 'STR=NR']])
  })

  test('onto a joinable column that was not approved is closed', async () => {
    const relation = '{ to: strassen, match: { STR: HAUS } }'
    const files = city2(relation, art, '  nr: { column: NR, type: int }', 'joinable: [HAUS]')
    const approvals = await approvalsOf(files)
    const withoutJoinable = await approvalsOf({ ...city2('{ to: strassen, match: { STR: nr } }', art, '  nr: { column: NR, type: int }') })
    // The trees as approved with the relation, the streets as approved without the joinable column.
    const entries = (text: string) => text.split(/^ {2}- /m)
    const mixed = [
      entries(approvals)[0],
      ...entries(approvals).filter(entry => entry.includes('dataset: baeume')),
      ...entries(withoutJoinable).filter(entry => entry.startsWith('dataset: strassen')),
    ]
    const gateway = await gatewayOf({ ...files, 'approvals.yml': mixed.join('  - ') })
    expect(gateway.models.get('public')?.datasets.size).toBe(2)
    expect(relations(gateway)).toEqual([])
  })
})

describe('without approvals', () => {
  test('everything configured is open when the developer asks for it, and it is said', async () => {
    const gateway = await gatewayOf(trees('', both), { unapproved: true })
    expect(openFields(gateway)).toEqual(['art: read filter', 'hoehe: read'])
    expect(codes(gateway)).toEqual(['UNAPPROVED'])
  })
})

test('a model holds what the contract names and nothing more', async () => {
  const files = trees(
    'about: x\nattribution: y\nlisted: true\naudience: [public, internal]\njoinable: [B]\nrows: { A: 1 }\nupdated: daily',
    both,
  )
  const dataset = (await approvedGateway(files)).models.get('public')?.datasets.get('baeume')
  const said = ['id', 'title', 'about', 'owner', 'licence', 'attribution', 'themes', 'updated', 'names', 'source', 'place', 'can']
  const open = ['key', 'rowRule', 'fields', 'relations', 'freshForSeconds', 'staleForSeconds', 'hash']
  expect(Object.keys(dataset ?? {})).toEqual([...said, ...open])
  expect(Object.keys(dataset?.fields[0] ?? {})).toEqual(['name', 'column', 'type', 'title', 'use'])
})

test('an approval written by the command opens the dataset', async () => {
  await inFolder(city, async folder => {
    const read = () => readConfiguration({ folder, kindsFor, env: {}, now })
    const before = await read()
    if (!before.ok) throw new Error('not right')
    const exposure = before.gateway.exposures.get('baeume')
    if (!exposure) throw new Error('no exposure')
    await storeApproval(folder, approve(exposure, { by: 'DSB', record: 'A-1', on: '2026-11-02', until: '2027-11-01' }))
    const after = await read()
    expect(after.ok && openFields(after.gateway)).toEqual(['art: read'])
  })
})

test('a gateway is frozen all the way down', async () => {
  const gateway = await approvedGateway(trees('rows: { A: 1 }\njoinable: [B]', both))
  const open = (value: unknown, path: string): string[] => {
    if (typeof value !== 'object' || value === null) return []
    const inside =
      value instanceof Map
        ? [...value]
        : value instanceof Set
          ? [...value].map((item, index) => [index, item] as const)
          : Object.entries(value)
    return [...(Object.isFrozen(value) ? [] : [path]), ...inside.flatMap(([key, item]) => open(item, `${path}.${String(key)}`))]
  }
  expect(open(gateway, 'gateway')).toEqual([])
  expect(() => (gateway.models as Map<string, unknown>).set('x', 1)).toThrow('frozen')
  const use = gateway.models.get('public')?.datasets.get('baeume')?.fields[0]?.use as Set<string> | undefined
  expect(() => use?.add('sort')).toThrow('frozen')
})
