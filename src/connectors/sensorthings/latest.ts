/** How do the newest observations of many datastreams come in one answer? Asked of the datastreams, each with its own first few. */

import type { Column, Condition, KeyedRequest } from '../../model/index.ts'
import { columnsNamed } from '../shared/columns.ts'
import { isObject } from '../shared/json.ts'
import { answerLocally, type LocalRow, matches } from '../shared/local.ts'
import { type EntitySet, idProperty, type Link } from './entities.ts'
import { type Found, filterOf, inOrder, isSorted, type Job, pushedOf } from './job.ts'
import { idLiteral } from './literal.ts'
import { allOf, pageSize, pagesOf, type Walk } from './pages.ts'
import { type Entity, type Path, pathOf } from './path.ts'
import { mostValues } from './push.ts'
import { nested, type Options, orderText, shown, type Wanted, wantedOf } from './question.ts'
import { readRows } from './rows.ts'

/** More of each parent than this are not worth an answer that holds them all. */
const mostEach = 500

/**
 * Rows by a key of the one entity that they hang on: observations by datastream, datastreams by thing. Each parent brings at most as
 * many as are wanted, in the order that is wanted: `Datastreams?$filter=…&$expand=Observations($orderby=…;$top=…)`.
 *
 * @returns `undefined` when it cannot be asked in this way
 */
export async function latest(request: KeyedRequest, job: Job): Promise<Found | undefined> {
  const { set, trust, errand } = job
  const { orderBy } = request
  const way = wayOf(request, set)
  const each = request.perKey + (request.position && 'skip' in request.position ? request.position.skip : 0)
  if (!way || each > mostEach || (request.position && 'after' in request.position) || !(await inOrder(orderBy, job))) return undefined
  const own = await pushedOf(request.where, job)
  const nest = { set: way.link.set, back: way.link.back, child: set, column: orderBy[0]!.column }
  if (!own.exact || !(await trust.nests(nest, errand))) return undefined

  const { parentKey, link, name } = way
  const columns = columnsNamed(request)
  const deep = await trust.deep(
    set,
    columns.map(column => pathOf(set, column)),
    errand,
  )
  const { child, parent } = split(columns, set, name, deep)
  const options: Options = { ...filterOf(own), orderby: orderText(set, orderBy), top: String(each) }
  const { select, expand } = shown(parent)
  const expanded = [`${link.back}${nested(child, options)}`, ...(expand === undefined ? [] : [expand])].join(',')

  const found: LocalRow[] = []
  let unreadable = 0
  for (let at = 0; at < request.keys.length; at += mostValues) {
    const ofKeys: Condition = { op: 'keys', columns: [parentKey], keys: request.keys.slice(at, at + mostValues) }
    const parents = await pushedOf(ofKeys, { ...job, set: link.set })
    if (parents.filter === undefined) return undefined
    const walk: Walk = {
      ...job,
      resource: link.set,
      options: { ...(select !== undefined && { select }), expand: expanded, ...filterOf(parents) },
      skip: 0,
      size: pageSize,
    }
    for await (const page of allOf(walk, false)) {
      for (const entity of page) {
        if (!matches(ofKeys, readRows(link.set, [entity], [parentKey]).rows[0]!)) continue
        const read = readRows(set, await childrenOf(entity, { each, name, link, child, options }, job), columns)
        if (!isSorted(read.rows, orderBy)) {
          trust.doubtNest(nest)
          return undefined
        }
        found.push(...read.rows)
        unreadable += read.unreadable
      }
    }
  }
  return { rows: answerLocally(request, found), unreadable }
}

interface Way {
  /** The key as a column of the parent. */
  readonly parentKey: Column
  readonly link: Link
  /** How the child calls its parent. */
  readonly name: string
}

/** The one link to one that the key leads over. */
function wayOf({ match }: KeyedRequest, set: EntitySet): Way | undefined {
  const [column, ...others] = match
  const path = column && pathOf(set, column)
  const [step, ...further] = path?.steps ?? []
  if (!column || !path || !step || others.length > 0 || further.length > 0 || step.link.many) return undefined
  const parentKey = { ...column, column: column.column.slice(step.name.length + 1) }
  return { parentKey, link: step.link, name: step.name }
}

/** What is wanted of the child, and what of the parent that it is found under. */
function split(columns: readonly Column[], set: EntitySet, name: string, deep: boolean): { child: Wanted; parent: Wanted } {
  const paths = columns.map(column => pathOf(set, column))
  const inParent = (path: Path): boolean => path.steps[0]?.name === name
  const child = wantedOf(
    paths.filter(path => !inParent(path)),
    deep,
  )
  const parent = wantedOf(
    paths.filter(inParent).map(path => ({ ...path, steps: path.steps.slice(1) })),
    deep,
  )
  return { child, parent }
}

interface Children {
  readonly each: number
  readonly name: string
  readonly link: Link
  readonly child: Wanted
  /** Filter and order of the children. */
  readonly options: Options
}

/** Entities below a parent, each with the parent put in. Services cut nested lists short; the rest is asked for by itself. */
async function childrenOf(parent: Entity, { each, name, link, child, options }: Children, job: Job): Promise<Entity[]> {
  const listed = parent[link.back]
  const children = Array.isArray(listed) ? listed.filter(isObject) : []
  const id = idLiteral(parent[idProperty])
  if (children.length < each && parent[`${link.back}@iot.nextLink`] !== undefined && id !== undefined) {
    const { top: _, ...same } = options
    const walk: Walk = {
      ...job,
      resource: `${link.set}(${encodeURIComponent(id)})/${link.back}`,
      options: { ...shown(child), ...same },
      skip: children.length,
      size: each - children.length,
    }
    for await (const more of pagesOf(walk)) {
      children.push(...more)
      if (children.length >= each) break
    }
  }
  return children.slice(0, each).map(entity => ({ ...entity, [name]: parent }))
}
