/** Is a source's account what the gateway needs, and no more? */

import type { Source } from '../../config/index.ts'
import type { SourceAccount } from '../../model/index.ts'
import { type Finding, finding } from './finding.ts'

/** Names that one line shows. */
const most = 20

/** @param beyond columns that the account may read and no dataset needs */
export function judgeAccount({ id: source, allowWriteAccount }: Source, account: SourceAccount, beyond: readonly string[]): Finding[] {
  const { user, writes, spare, statementMs } = account
  const found: Finding[] = []
  if (writes.length > 0) {
    found.push(
      allowWriteAccount
        ? finding(
            'ACCOUNT_ALLOWED',
            { source },
            {
              de: `Das Konto „${user}“ darf Daten ändern, und die Datei der Quelle erlaubt es: ${listed(writes)}.`,
              en: `The account "${user}" may change data, and the file of the source allows it: ${listed(writes)}.`,
            },
          )
        : finding(
            'ACCOUNT_WRITES',
            { source },
            {
              de: `Das Konto „${user}“ darf Daten ändern (${listed(writes)}); „serve“ liest damit nichts. Abhilfe: „stadttor grants ${source}“, oder „allowWriteAccount: true“ in der Datei der Quelle.`,
              en: `The account "${user}" may change data (${listed(writes)}); "serve" reads nothing with it. Remedy: "stadttor grants ${source}", or "allowWriteAccount: true" in the file of the source.`,
            },
          ),
    )
  }
  if (spare.length > 0) {
    found.push(
      finding(
        'ACCOUNT_SPARE',
        { source },
        {
          de: `Das Konto „${user}“ darf mehr als lesen: ${listed(spare)}.`,
          en: `The account "${user}" may do more than read: ${listed(spare)}.`,
        },
      ),
    )
  }
  if (beyond.length > 0) {
    found.push(
      finding(
        'ACCOUNT_READS_MORE',
        { source },
        {
          de: `Das Konto „${user}“ darf ${beyond.length} Spalten lesen, die kein Datensatz braucht: ${listed(beyond)}.`,
          en: `The account "${user}" may read ${beyond.length} columns that no dataset needs: ${listed(beyond)}.`,
        },
      ),
    )
  }
  found.push(
    finding(
      'STATEMENT_LIMIT',
      { source },
      statementMs === undefined
        ? {
            de: `Die Quelle selbst setzt Anweisungen dieses Kontos keine bekannte Frist; es gilt die des Gateways („limits.statement“).`,
            en: `The source itself sets no known time limit for statements of this account; the gateway's own holds ("limits.statement").`,
          }
        : {
            de: `Die Quelle selbst beendet Anweisungen dieses Kontos nach ${statementMs} ms.`,
            en: `The source itself ends statements of this account after ${statementMs} ms.`,
          },
    ),
  )
  return found
}

function listed(names: readonly string[]): string {
  return names.length > most ? `${names.slice(0, most).join(', ')}, … (${names.length})` : names.join(', ')
}
