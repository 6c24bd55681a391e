/** What may the gateway's account do at an Oracle Database? */

import type { SourceAccount } from '../../../model/index.ts'
import { type Fragment, raw } from '../compile/fragment.ts'
import { type Ask, readsOf } from './catalogue.ts'

/** System privileges that only let in. */
const reading: ReadonlySet<string> = new Set(['CREATE SESSION', 'SET CONTAINER'])
/** System privileges that read more than was granted, or mean nothing by themselves. */
const spareRights = /^(ALTER SESSION|UNLIMITED TABLESPACE|(SELECT|READ) ANY .*|FLASHBACK ANY TABLE|EXEMPT .*)$/

const systemSql = raw('select p.privilege from session_privs p order by p.privilege')

/** What PUBLIC may do is Oracle's own affair. */
const objectsSql = raw(
  'select p.privilege, p.table_schema, p.table_name from all_tab_privs p where p.grantee = user or p.grantee in (select r.role from session_roles r) ' +
    'union select p.privilege, p.table_schema, p.table_name from all_col_privs p where p.grantee = user or p.grantee in (select r.role from session_roles r)',
)

const ownSql = raw(`select o.object_name from user_objects o where o.object_type = 'TABLE' order by o.object_name fetch first 20 rows only`)

const readsSql = raw(
  `select p.table_schema || '.' || p.table_name, c.column_name from all_tab_privs p join all_tab_columns c on c.owner = p.table_schema and c.table_name = p.table_name ` +
    `where p.privilege in ('READ', 'SELECT') and (p.grantee = user or p.grantee in (select r.role from session_roles r)) order by p.table_schema, p.table_name, c.column_id fetch first 20000 rows only`,
)

const userSql = raw('select user from dual')

export async function oracleAccount(ask: Ask): Promise<SourceAccount> {
  const [[user] = []] = await ask(userSql)
  const system = (await ask(systemSql)).map(([privilege]) => privilege ?? '')
  const objects = (await ask(objectsSql)).map(([privilege, schema, name]) => ({ privilege: privilege ?? '', on: `${schema}.${name}` }))
  const own = (await ask(ownSql)).map(([name]) => `owner of ${user}.${name}`)
  const reads = await ask(readsSql)
  const line = ({ privilege, on }: (typeof objects)[number]): string => `${privilege} on ${on}`
  return {
    user: user ?? '',
    writes: [
      ...system.filter(privilege => !reading.has(privilege) && !spareRights.test(privilege)),
      ...own,
      ...objects.filter(({ privilege }) => !/^(READ|SELECT|EXECUTE)$/.test(privilege)).map(line),
    ],
    spare: [
      ...system.filter(privilege => spareRights.test(privilege)),
      ...objects.filter(({ privilege }) => privilege === 'EXECUTE').map(line),
      // Rows that were selected for update stay locked until somebody ends the transaction.
      ...objects.filter(({ privilege }) => privilege === 'SELECT').map(right => `${line(right)}, which also locks rows (READ does not)`),
    ],
    reads: readsOf(reads),
  }
}

/** For review. */
export const oracleAccountStatements: Readonly<Record<string, Fragment>> = {
  user: userSql,
  'system privileges': systemSql,
  'privileges on objects': objectsSql,
  'own tables': ownSql,
  'readable columns': readsSql,
}
