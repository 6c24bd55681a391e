/** How many rows there are in all, in the statement of a page: what a count of its own would say. */

import { type Condition, type RowsRequest, unpacked } from '../../../src/model/index.ts'
import { engine, open } from '../../support/columns.ts'
import { patient } from '../../support/waiting.ts'
import { kinds, type Lab, openLab, rowsOf, tableAs } from './lab.ts'
import { describeWith } from './servers.ts'

const [id, name, height] = [engine('id', 'int'), open('name', 'text'), open('hoehe', 'decimal')]

for (const [kind, missing] of kinds) {
  describeWith(missing, `rows and how many there are at ${kind}`, () => {
    let lab: Lab
    let opened: ReturnType<Lab['open']>

    beforeAll(async () => {
      lab = await openLab(kind)
      const rows = Array.from({ length: 60 }, (_, at) => `(${at + 1}, ${at % 4 === 3 ? 'null' : `'Art ${at % 4}'`}, ${at / 10})`)
      await lab.run(
        'create table baum (id int primary key, name varchar(20), hoehe decimal(6, 1))',
        `insert into baum values ${rows.join(', ')}`,
      )
      opened = lab.open()
    })

    afterAll(() => lab.tidyUp())

    const trees = (more: Partial<RowsRequest>): RowsRequest => rowsOf(tableAs('baum', id), [name, height, id], more)
    const isArt: Condition = { op: 'eq', column: name, value: 'Art 1' }
    const backwards = [
      { column: height, direction: 'desc', nulls: 'last' },
      { column: id, direction: 'desc', nulls: 'last' },
    ] as const

    test.each<[string, Partial<RowsRequest>, number]>([
      ['of everything', { limit: 7 }, 60],
      ['of what a filter lets through', { where: isArt, limit: 4 }, 15],
      [
        'of what several conditions let through',
        { where: { op: 'and', of: [isArt, { op: 'gt', column: height, value: '2' }] }, limit: 3 },
        10,
      ],
      ['whatever page it is', { where: isArt, limit: 4, position: { after: [30] } }, 15],
      ['in another order, from the back', { where: isArt, orderBy: backwards, limit: 4, position: { after: ['3', 31] } }, 15],
    ])('%s', async (_what, request, total) => {
      const alone = await opened.connector.read(trees(request), patient())
      expect(alone.rows.length).toBeGreaterThan(1)
      for (const read of [opened.connector.read, opened.connector.readPacked!]) {
        opened.calls.length = 0
        const { rows } = await read(trees({ ...request, total: true }), patient())
        expect(opened.calls).toHaveLength(1)
        expect(unpacked(rows)).toEqual(alone.rows.map(row => [...row, total]))
      }
    })
  })
}
