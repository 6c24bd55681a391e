/** What a service is asked never loses a row, whatever the condition. */

import fc from 'fast-check'
import { srsOf } from '../../../src/connectors/features/axes.ts'
import type { Filter, ServerType } from '../../../src/connectors/features/filter.ts'
import { push } from '../../../src/connectors/features/push.ts'
import type { Known, Skill } from '../../../src/connectors/features/pushed.ts'
import { matches } from '../../../src/connectors/shared/local.ts'
import type { Cell, Column, Condition } from '../../../src/model/index.ts'
import { open } from '../../support/columns.ts'

const columns = {
  whole: open('whole', 'int'),
  amount: open('amount', 'decimal'),
  words: open('words', 'text'),
  code: open('code', 'code'),
  yes: open('yes', 'boolean'),
  day: open('day', 'date'),
  moment: open('moment', 'datetime', { zone: 'Europe/Berlin' }),
  place: open('place', 'point', { crs: 'EPSG:25832' }),
}
const serverTypes: Record<string, ServerType> = {
  whole: 'integer',
  amount: 'number',
  words: 'text',
  code: 'integer',
  yes: 'integer',
  day: 'date',
  moment: 'moment',
  place: 'geometry',
}

const known = (can: (skill: Skill) => boolean = () => true): Known => ({
  can: (_column, skill) => can(skill),
  serverType: column => serverTypes[column.column]!,
  srs: () => srsOf('EPSG:4326'),
})
const all = known()

describe('the filter', () => {
  const { whole, amount, words, code, yes, day, moment, place } = columns
  test.each<[string, Condition, Filter | 'all' | 'none', string]>([
    ['a number', { op: 'eq', column: whole, value: 7 }, { op: 'eq', property: 'whole', literal: '7', type: 'integer' }, 'exact'],
    ['a fraction of a whole number', { op: 'eq', column: open('whole', 'decimal'), value: '7.5' }, 'none', 'exact'],
    [
      'a decimal that may be a double: a hair to either side',
      { op: 'eq', column: amount, value: '17.6' },
      {
        op: 'and',
        of: [
          { op: 'gte', property: 'amount', literal: '17.5999999999824', type: 'number' },
          { op: 'lte', property: 'amount', literal: '17.6000000000176', type: 'number' },
        ],
      },
      'nearly',
    ],
    ['less than', { op: 'lt', column: whole, value: 7 }, { op: 'lt', property: 'whole', literal: '7', type: 'integer' }, 'exact'],
    [
      'not less than, without a not',
      { op: 'not', of: { op: 'lt', column: whole, value: 7 } },
      { op: 'gte', property: 'whole', literal: '7', type: 'integer' },
      'exact',
    ],
    [
      'a text',
      { op: 'eq', column: words, value: 'Seestraße 7' },
      { op: 'eq', property: 'words', literal: 'Seestraße 7', type: 'text' },
      'exact',
    ],
    [
      'a text with a quote: by its letters',
      { op: 'eq', column: words, value: "O'Brien" },
      { op: 'like', property: 'words', pattern: 'O*Brien*' },
      'loose',
    ],
    [
      'a text with wildcards',
      { op: 'contains', column: words, value: '100%_Eiche*' },
      { op: 'like', property: 'words', pattern: '*100*Eiche*' },
      'loose',
    ],
    [
      'a text with umlauts, which few services fold',
      { op: 'startsWith', column: words, value: 'Ölweide' },
      { op: 'like', property: 'words', pattern: '*lweide*' },
      'loose',
    ],
    ['an empty text', { op: 'eq', column: words, value: '' }, 'none', 'exact'],
    ['a text that no XML can hold', { op: 'eq', column: words, value: 'a\u0000b' }, 'none', 'exact'],
    ['half a character', { op: 'eq', column: words, value: 'a\ud83c' }, 'none', 'exact'],
    ['another text', { op: 'ne', column: words, value: 'a' }, 'all', 'loose'],
    [
      'a code that the service keeps as a number',
      { op: 'eq', column: code, value: '12' },
      { op: 'eq', property: 'code', literal: '12', type: 'integer' },
      'exact',
    ],
    ['a code that no number is written as', { op: 'eq', column: code, value: '012' }, 'none', 'exact'],
    [
      'yes, kept as a number',
      { op: 'eq', column: yes, value: true },
      { op: 'eq', property: 'yes', literal: '1', type: 'integer' },
      'exact',
    ],
    ['not yes', { op: 'ne', column: yes, value: true }, { op: 'eq', property: 'yes', literal: '0', type: 'integer' }, 'exact'],
    [
      'a day',
      { op: 'gte', column: day, value: '2026-03-29' },
      { op: 'gte', property: 'day', literal: '2026-03-29', type: 'date' },
      'exact',
    ],
    [
      'a moment: the service may read it in another zone',
      { op: 'gt', column: moment, value: '2026-03-29T10:00:00Z' },
      { op: 'gte', property: 'moment', literal: '2026-03-28T00:00:00', type: 'moment' },
      'loose',
    ],
    ['nothing of a list', { op: 'in', column: whole, values: [] }, 'none', 'exact'],
    [
      'a list',
      { op: 'in', column: whole, values: [1, 2] },
      {
        op: 'or',
        of: [
          { op: 'eq', property: 'whole', literal: '1', type: 'integer' },
          { op: 'eq', property: 'whole', literal: '2', type: 'integer' },
        ],
      },
      'exact',
    ],
    [
      'a part that can be asked beside one that cannot',
      {
        op: 'and',
        of: [
          { op: 'eq', column: whole, value: 1 },
          { op: 'ne', column: words, value: 'a' },
        ],
      },
      { op: 'eq', property: 'whole', literal: '1', type: 'integer' },
      'loose',
    ],
    [
      'one or the other, where one cannot be asked',
      {
        op: 'or',
        of: [
          { op: 'eq', column: whole, value: 1 },
          { op: 'ne', column: words, value: 'a' },
        ],
      },
      'all',
      'loose',
    ],
    ['all of nothing', { op: 'and', of: [] }, 'all', 'exact'],
    ['one of nothing', { op: 'or', of: [] }, 'none', 'exact'],
    [
      'a box',
      { op: 'bbox', column: place, box: [9.1, 47.6, 9.2, 47.7] },
      { op: 'bbox', property: 'place', srsName: 'EPSG:4326', lower: [9.1, 47.6], upper: [9.2, 47.7] },
      'loose',
    ],
    [
      'keys',
      { op: 'keys', columns: [whole, words], keys: [[1, 'a']] },
      {
        op: 'and',
        of: [
          { op: 'eq', property: 'whole', literal: '1', type: 'integer' },
          { op: 'eq', property: 'words', literal: 'a', type: 'text' },
        ],
      },
      'exact',
    ],
  ])('asks for %s', (_what, condition, filter, trust) => {
    expect(push(condition, all)).toEqual({ filter, trust })
  })

  test('of a box has latitude first where the spelling of the system wants it', () => {
    const urn: Known = { ...all, srs: () => srsOf('urn:ogc:def:crs:EPSG::4326') }
    expect(push({ op: 'bbox', column: place, box: [9.1, 47.6, 9.2, 47.7] }, urn).filter).toMatchObject({
      lower: [47.6, 9.1],
      upper: [47.7, 9.2],
    })
  })

  test.each(['eq', 'range', 'like', 'isNull', 'bbox'] as const)('asks nothing of a service that cannot do %s', skill => {
    const questions: Record<Exclude<Skill, 'case'>, Condition> = {
      eq: { op: 'eq', column: whole, value: 1 },
      range: { op: 'lt', column: whole, value: 1 },
      like: { op: 'contains', column: words, value: 'Eiche' },
      isNull: { op: 'isNull', column: whole, value: true },
      bbox: { op: 'bbox', column: place, box: [9, 47, 10, 48] },
    }
    expect(push(questions[skill], all).filter).not.toBe('all')
    expect(
      push(
        questions[skill],
        known(asked => asked !== skill),
      ),
    ).toEqual({ filter: 'all', trust: 'loose' })
  })

  test('does not count on a service that does not tell upper from lower case', () => {
    const blind = known(skill => skill !== 'case')
    expect(push({ op: 'eq', column: words, value: 'Eiche' }, blind)).toEqual({
      filter: { op: 'eq', property: 'words', literal: 'Eiche', type: 'text' },
      trust: 'loose',
    })
    expect(push({ op: 'eq', column: words, value: '12-7' }, blind).trust).toBe('exact')
  })

  test('does not compare numbers that the service keeps as text', () => {
    const text: Known = { ...all, serverType: () => 'text' }
    expect(push({ op: 'lt', column: whole, value: 10 }, text).filter).toBe('all')
    expect(push({ op: 'eq', column: whole, value: 7 }, text).filter).toBe('all')
  })
})

describe('property', () => {
  const cells: Record<keyof typeof columns, fc.Arbitrary<Cell>> = {
    whole: fc.option(fc.integer({ min: -3, max: 3 })),
    amount: fc.option(fc.constantFrom('0.1', '0.3', '17.6', '-2')),
    words: fc.option(fc.constantFrom('a', 'A', 'Eiche', 'EICHE', 'Ölweide', 'ölweide', "O'Brien", 'a%b', 'zwei\nZeilen', '🌳 Linde')),
    code: fc.option(fc.constantFrom('1', '2')),
    yes: fc.option(fc.boolean()),
    day: fc.option(fc.constantFrom('2026-03-28', '2026-03-29', '2026-03-30')),
    moment: fc.option(fc.constantFrom('2026-03-29T00:30:00Z', '2026-03-29T22:30:00Z', '2026-03-31T00:00:00Z')),
    place: fc.option(
      fc.constantFrom<Cell>(
        { type: 'Point', coordinates: [9.15, 47.65] },
        { type: 'Point', coordinates: [9.3, 47.65] },
        { type: 'Point', coordinates: [9.1, 47.6] },
      ),
    ),
  }
  const scalarLeaf = fc.constantFrom('whole', 'amount', 'words', 'code', 'yes', 'day', 'moment').chain(name => {
    const column: Column = columns[name as keyof typeof columns]
    const value = cells[name as keyof typeof columns].filter(cell => cell !== null) as fc.Arbitrary<string | number | boolean>
    const text = name === 'words'
    return fc.oneof(
      fc.record({ op: fc.constantFrom('eq' as const, 'ne' as const), column: fc.constant(column), value }),
      fc.record({
        op: fc.constantFrom('in' as const, 'notIn' as const),
        column: fc.constant(column),
        values: fc.array(value, { maxLength: 3 }),
      }),
      fc.record({ op: fc.constant('isNull' as const), column: fc.constant(column), value: fc.boolean() }),
      text
        ? fc.record({
            op: fc.constantFrom('contains' as const, 'startsWith' as const),
            column: fc.constant(column),
            value: value.map(one => String(one).slice(0, 5)),
          })
        : fc.record({
            op: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
            column: fc.constant(column),
            value,
          }),
      fc.record({ op: fc.constant('keys' as const), columns: fc.constant([column]), keys: fc.array(fc.tuple(value), { maxLength: 3 }) }),
    )
  })
  const geoLeaf = fc.constantFrom<Condition>(
    { op: 'bbox', column: columns.place, box: [9.1, 47.6, 9.2, 47.7] },
    { op: 'near', column: columns.place, longitude: 9.15, latitude: 47.65, metres: 12_000 },
    {
      op: 'within',
      column: columns.place,
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [9.1, 47.6],
            [9.2, 47.6],
            [9.1, 47.7],
            [9.1, 47.6],
          ],
        ],
      },
    },
  )
  const { condition } = fc.letrec<{ condition: Condition }>(tie => ({
    condition: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.oneof({ arbitrary: scalarLeaf, weight: 5 }, geoLeaf) as fc.Arbitrary<Condition>,
      fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('condition'), { maxLength: 3 }) }),
      fc.record({ op: fc.constant('not' as const), of: tie('condition') }),
    ),
  }))
  const skills = fc.subarray<Skill>(['eq', 'range', 'like', 'isNull', 'bbox', 'case'])

  test('every row that a condition is true for passes the filter, and with an exact one no other', () => {
    fc.assert(
      fc.property(condition, fc.record(cells), skills, (where, row, can) => {
        const { filter, trust } = push(
          where,
          known(skill => can.includes(skill)),
        )
        const cellOf = (column: Column): Cell => row[column.column as keyof typeof row]
        const found = filter === 'all' || (filter !== 'none' && passes(filter, name => row[name as keyof typeof row]))
        const wanted = matches(where, cellOf)
        if (wanted) expect(found).toBe(true)
        if (trust === 'exact') expect(found).toBe(wanted)
      }),
      { numRuns: 3_000 },
    )
  })

  test('no filter holds a not, an empty text, or a sign that a service has been seen to stumble over', () => {
    fc.assert(
      fc.property(condition, where => {
        const { filter } = push(where, all)
        for (const { op, text } of leaves(filter)) {
          if (op === 'like') expect(text).toMatch(/^[A-Za-z0-9*]+$/)
          if (op === 'eq') expect(text).toMatch(/^[\p{L}\p{N} ._,:()+/-]+$/u)
        }
      }),
    )
  })
})

/** The filter as an honest service would apply it, in SQL's way: what is missing passes nothing. It folds letters of ASCII only. */
function passes(filter: Filter, cellOf: (name: string) => Cell): boolean {
  switch (filter.op) {
    case 'and':
      return filter.of.every(part => passes(part, cellOf))
    case 'or':
      return filter.of.some(part => passes(part, cellOf))
    case 'isNull':
      return cellOf(filter.property) === null
    case 'notNull':
      return cellOf(filter.property) !== null
    case 'bbox': {
      const cell = cellOf(filter.property)
      if (cell === null || typeof cell !== 'object' || cell.type !== 'Point') return false
      const [x, y] = cell.coordinates as [number, number]
      return x >= filter.lower[0] && x <= filter.upper[0] && y >= filter.lower[1] && y <= filter.upper[1]
    }
    case 'like': {
      const cell = cellOf(filter.property)
      const pattern = new RegExp(`^${filter.pattern.replaceAll('*', '[^]*')}$`)
      const folded = (text: string): string => text.replace(/[A-Z]/g, letter => letter.toLowerCase())
      return cell !== null && new RegExp(folded(pattern.source)).test(folded(String(cell)))
    }
    default: {
      const cell = cellOf(filter.property)
      if (cell === null) return false
      const order = compare(cell, filter.literal, filter.property)
      return { eq: order === 0, lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[filter.op]
    }
  }
}

function compare(cell: Cell, literal: string, property: string): number {
  if (property === 'whole' || property === 'amount') return Number(cell) - Number(literal)
  const own = property === 'yes' ? String(Number(cell)) : String(cell)
  return own < literal ? -1 : own > literal ? 1 : 0
}

function leaves(filter: Filter | 'all' | 'none'): { op: string; text: string }[] {
  if (typeof filter === 'string') return []
  if (filter.op === 'and' || filter.op === 'or') return filter.of.flatMap(leaves)
  return [{ op: filter.op, text: 'literal' in filter ? filter.literal : 'pattern' in filter ? filter.pattern : '' }]
}
