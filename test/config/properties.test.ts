/** Whatever two configurations stand side by side: is the model ever more than one of them? */

import fc from 'fast-check'
import type { Draft, DraftField } from '../../src/config/draft.ts'
import { approve } from '../../src/config/exposure/approval.ts'
import { canonicalJson } from '../../src/config/exposure/canonical.ts'
import { diffExposures } from '../../src/config/exposure/diff.ts'
import { exposureOf } from '../../src/config/exposure/exposure.ts'
import { makeModels } from '../../src/config/policy.ts'
import type { Dataset, Model, Use } from '../../src/model/index.ts'

const audiences = new Map([
  ['public', { includes: [] }],
  ['internal', { includes: ['public'] }],
  ['partner', { includes: [] }],
  ['staff', { includes: ['internal'] }],
])

const namesOf = (id: string) => [0, 1, 2, 3, 4].map(number => `feld${number}${id}`)
const column = (name: string) => `SPALTE_${name.toUpperCase()}`

const someAudiences = fc.uniqueArray(fc.constantFrom('public', 'internal', 'partner'), { minLength: 1 })
const moreUses = fc.uniqueArray(fc.constantFrom<Use>('filter', 'sort', 'group', 'aggregate'))

const field = (name: string): fc.Arbitrary<DraftField> =>
  fc
    .record({
      type: fc.constantFrom('int', 'date'),
      exact: fc.boolean(),
      audiences: someAudiences,
      uses: moreUses,
      column: fc.constantFrom(column(name), column(name), column(name), `${column(name)}_NEU`),
      title: fc.constantFrom('a', 'b'),
    })
    .map(({ type, exact, audiences, uses, column, title }) => ({
      name,
      column,
      type: type as DraftField['type'],
      title: { de: title, en: title },
      ...(!exact && { coarsen: type === 'int' ? { toMultipleOf: 5 } : ({ to: 'year' } as const) }),
      use: new Set<Use>(exact ? ['read', ...uses] : ['read']),
      audiences,
    }))

const relationTo = (from: string, to: string) =>
  fc
    .record({
      many: fc.boolean(),
      left: fc.constantFrom('SCHLUESSEL', 'JOIN_A', 'NUR_LINKS', column(`feld0${from}`)),
      right: fc.constantFrom({ field: `feld0${to}` }, { column: 'JOIN_B' }, { column: 'SCHLUESSEL' }),
    })
    .map(({ many, left, right }) => ({
      name: 'verweis',
      title: { de: 'v', en: 'v' },
      to,
      many,
      match: [{ left: { column: left, type: 'int' as const }, right }],
    }))

const draft = (id: string, to: string): fc.Arbitrary<Draft> =>
  fc
    .record({
      fields: fc.subarray(namesOf(id)).chain(some => fc.tuple(...some.map(field))),
      audiences: someAudiences,
      joinable: fc.subarray(['JOIN_A', 'JOIN_B', 'JOIN_C']),
      relations: fc.array(relationTo(id, to), { maxLength: 1 }),
      // Seldom: else nearly everything would be closed as a whole.
      table: fc.constantFrom('T', 'T', 'T', 'T', 'T2'),
      rows: fc.constantFrom(1, 1, 1, 1, 2),
      listed: fc.boolean(),
    })
    .map(({ table, rows, joinable, ...rest }) => ({
      id,
      title: { de: id, en: id },
      owner: { department: 'Amt' },
      licence: 'cc-zero',
      themes: [],
      names: { type: 'T', one: 't', many: 'ts' },
      source: { id: 'q', kind: 'sqlite', title: 'Q' },
      place: { table },
      placeAsWritten: { table },
      can: { filter: {}, sort: [], group: [], aggregate: [], paging: 'keyset' },
      key: [{ column: 'SCHLUESSEL', type: 'int' }],
      joinable: joinable.map(column => ({ column, type: 'int' })),
      rows: [{ column: 'ZEILENSPALTE', type: 'int', op: 'eq', value: rows }],
      freshForSeconds: 1,
      staleForSeconds: 1,
      ...rest,
    }))

const city = fc.tuple(draft('eins', 'zwei'), draft('zwei', 'eins'))

/** Two cities that have much in common: each takes every part from the one parent or the other. */
const cities = fc
  .tuple(city, city, fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }), fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }))
  .map(([one, other, first, second]): readonly [readonly Draft[], readonly Draft[]] => [
    mixed(one, other, first),
    mixed(one, other, second),
  ])

function mixed(one: readonly Draft[], other: readonly Draft[], coins: readonly boolean[]): readonly Draft[] {
  let at = 0
  const pick = <T>(a: T, b: T): T => (coins[at++ % coins.length] ? a : b)
  return one.map((a, index) => {
    const b = other[index] ?? a
    const fields = namesOf(a.id).flatMap(name => pick(a, b).fields.find(field => field.name === name) ?? [])
    return {
      ...a,
      fields,
      audiences: pick(a, b).audiences,
      joinable: pick(a, b).joinable,
      relations: pick(a, b).relations,
      rows: a.rows,
      place: a.place,
      placeAsWritten: a.placeAsWritten,
      listed: pick(a, b).listed,
    }
  })
}
const today = '2026-11-02'

function models(drafts: readonly Draft[], approved?: readonly Draft[]): ReadonlyMap<string, Model> {
  const exposures = new Map(drafts.map(draft => [draft.id, exposureOf(draft, audiences)]))
  const signed = approved?.map(draft => approve(exposureOf(draft, audiences), { by: 'x', record: 'x', on: '2026-01-01' })) ?? []
  const approvals = new Map(signed.map(approval => [approval.dataset, approval]))
  const sources = new Map([['q', { kind: 'sqlite', connection: { file: 'a' } }]])
  return makeModels({ drafts, exposures, approvals, audiences, sources, today, unapproved: approved === undefined }).models
}

/** Everything a dataset lets an audience do: `field use`, with what the field is. */
function granted(model: Model | undefined): Map<string, string> {
  return new Map(
    [...(model?.datasets.values() ?? [])].flatMap(dataset =>
      dataset.fields.flatMap(field => [...field.use].map((use): [string, string] => [`${dataset.id}.${field.name} ${use}`, field.column])),
    ),
  )
}

const runs = { numRuns: 200 }

test('a model never grants more than the configuration and never more than the approval', () => {
  let seen = 0
  fc.assert(
    fc.property(cities, ([wished, approved]) => {
      const [served, asWished, asApproved] = [models(wished, approved), models(wished), models(approved)]
      for (const audience of audiences.keys())
        for (const [grant, column] of granted(served.get(audience))) {
          seen += 1
          expect(granted(asWished.get(audience)).get(grant)).toBe(column)
          expect(granted(asApproved.get(audience)).get(grant)).toBe(column)
        }
    }),
    runs,
  )
  expect(seen).toBeGreaterThan(100)
})

test('what was approved as a whole is served as a whole', () => {
  fc.assert(
    fc.property(city, drafts => {
      expect(canonicalJson(models(drafts, drafts))).toBe(canonicalJson(models(drafts)))
    }),
    runs,
  )
})

test('what is closed to an audience appears nowhere in its model', () => {
  fc.assert(
    fc.property(cities, ([wished, approved]) => {
      for (const model of models(wished, approved).values()) {
        for (const dataset of model.datasets.values()) {
          const text = canonicalJson(dataset)
          const open = new Set(dataset.fields.map(({ name }) => name))
          const draft = wished.find(({ id }) => id === dataset.id)
          for (const name of namesOf(dataset.id).filter(name => !open.has(name))) expect(text).not.toContain(`"${name}"`)
          const needed = columnsNeeded(dataset)
          for (const column of [...(draft?.fields ?? []), ...(draft?.joinable ?? [])].map(({ column }) => column))
            if (!needed.has(column)) expect(text).not.toContain(`"${column}"`)
        }
        const closed = canonicalJson(model.closed)
        expect(closed).not.toMatch(/feld|SPALTE|SCHLUESSEL|JOIN|"T"/)
      }
    }),
    runs,
  )
})

/** Columns that requests for an open dataset cannot do without. */
function columnsNeeded(dataset: Dataset): ReadonlySet<string> {
  const relations = dataset.relations.flatMap(({ match }) => match.flatMap(({ left, right }) => [left.column, right.column]))
  return new Set([...dataset.fields, ...dataset.key].map(({ column }) => column).concat(relations, 'ZEILENSPALTE'))
}

test('a relation is there only for an audience that sees its target', () => {
  let seen = 0
  fc.assert(
    fc.property(cities, ([wished, approved]) => {
      for (const model of models(wished, approved).values())
        for (const dataset of model.datasets.values())
          for (const relation of dataset.relations) {
            seen += 1
            const target = model.datasets.get(relation.to)
            expect(target).toBeDefined()
            const known = new Set([...(target?.fields ?? []), ...(target?.key ?? [])].map(({ column }) => column))
            for (const { right } of relation.match) expect([...known, 'JOIN_B']).toContain(right.column)
          }
    }),
    runs,
  )
  expect(seen).toBeGreaterThan(20)
})

test('where nothing widened since the approval, everything wished is served', () => {
  let seen = 0
  fc.assert(
    fc.property(cities, ([wished, approved]) => {
      const exposures = (drafts: readonly Draft[]) => new Map(drafts.map(draft => [draft.id, exposureOf(draft, audiences)]))
      const differences = diffExposures(exposures(approved), exposures(wished))
      const widened = differences.some(({ change, message }) => change === 'widened' && !message.en.includes('The catalogue'))
      const same = canonicalJson(fieldsOf(models(wished, approved))) === canonicalJson(fieldsOf(models(wished)))
      if (!widened) {
        seen += 1
        expect(same).toBe(true)
      }
      if (!same) expect(widened).toBe(true)
    }),
    runs,
  )
  expect(seen).toBeGreaterThan(0)
})

test('narrowing never widens: less of everything is no difference that needs an approval', () => {
  fc.assert(
    fc.property(city, fc.infiniteStream(fc.boolean()), ([one], keep) => {
      const next = () => keep.next().value === true
      const less: Draft = {
        ...one,
        fields: one.fields.filter(next).map(field => ({ ...field, use: new Set([...field.use].filter(use => use === 'read' || next())) })),
        relations: one.relations.filter(next),
        joinable: one.joinable.filter(next),
        listed: false,
      }
      const differences = diffExposures(new Map([[one.id, exposureOf(one, audiences)]]), new Map([[one.id, exposureOf(less, audiences)]]))
      expect(differences.filter(({ change }) => change !== 'narrowed')).toEqual([])
    }),
    runs,
  )
})

test('the hash of a model changes exactly when the model does', () => {
  const known = new Map<string, string>()
  fc.assert(
    fc.property(cities, ([wished, approved]) => {
      for (const model of models(wished, approved).values())
        for (const dataset of model.datasets.values()) {
          const { hash, ...rest } = dataset
          const text = canonicalJson(rest)
          expect(known.get(hash) ?? text).toBe(text)
          known.set(hash, text)
        }
    }),
    runs,
  )
  expect(new Set(known.values()).size).toBe(known.size)
})

function fieldsOf(models: ReadonlyMap<string, Model>): unknown {
  return new Map(
    [...models].map(([audience, model]) => [
      audience,
      [...model.datasets.values()].map(({ fields, relations, id }) => ({ id, fields, relations })),
    ]),
  )
}
