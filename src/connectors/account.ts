/** May the gateway's account change anything at its source? Then nothing is read with it, unless the source file says that it may. */

import {
  type Connector,
  failures,
  GatewayError,
  type Introspector,
  type NeededColumns,
  type ReadContext,
  type SourceAccount,
  type SourceRequest,
  type SourceSetting,
  type StreamRequest,
  sourceFailure,
} from '../model/index.ts'

export interface AccountSetting {
  readonly source: Pick<SourceSetting, 'id' | 'allowWriteAccount'>
  /** Made anew for each examination, and closed behind it. */
  readonly look: () => Introspector
  /** What the datasets of the source need: the account should read no more. */
  readonly needed: readonly NeededColumns[]
  readonly warn: (message: string, details?: Readonly<Record<string, unknown>>) => void
  /** Told at first and whenever it has been examined. */
  readonly onState?: (state: AccountState) => void
}

/** `unknown`: not examined yet. `sound`: read with, also where the source file allows more. `refused`: nothing is read with it. */
export type AccountState = 'unknown' | 'sound' | 'refused'

/** A connector whose account has to be found sound before anything is read with it. */
export interface GuardedConnector extends Connector {
  /** Examines the account now, in the background; a source that is down is examined when it is first asked. */
  examine(): Promise<void>
}

/** A refused account is looked at again after so long: somebody may have taken its rights away. */
const againMs = 60_000
const examinationMs = 20_000
/** Rights that one line of the log names. */
const most = 10

export function guardAccount(connector: Connector, setting: AccountSetting): GuardedConnector {
  const leaving = new AbortController()
  let verdict: { readonly refusal?: GatewayError; readonly until: number } | undefined
  let underWay: Promise<GatewayError | undefined> | undefined
  setting.onState?.('unknown')

  /** Shared by everybody who waits for it. */
  const examined = (): Promise<GatewayError | undefined> => {
    if (verdict && verdict.until > Date.now()) return Promise.resolve(verdict.refusal)
    underWay ??= examination(setting, leaving.signal)
      .then(refusal => {
        verdict = refusal ? { refusal, until: Date.now() + againMs } : { until: Number.POSITIVE_INFINITY }
        setting.onState?.(refusal ? 'refused' : 'sound')
        return refusal
      })
      .finally(() => {
        underWay = undefined
      })
    return underWay
  }

  const pass = async ({ signal }: ReadContext): Promise<void> => {
    const refusal = await waitedFor(examined(), signal)
    if (refusal) throw refusal
  }
  /** Nobody who may read waits for a verdict that is known. */
  const mayPass = (): boolean => setting.source.allowWriteAccount === true || (verdict !== undefined && !verdict.refusal)

  return {
    capabilities: connector.capabilities,
    async read(request, context) {
      if (!mayPass()) await pass(context)
      return connector.read(request, context)
    },
    ...(connector.readPacked && {
      readPacked: (request: SourceRequest, context: ReadContext) =>
        mayPass() ? connector.readPacked!(request, context) : pass(context).then(() => connector.readPacked!(request, context)),
    }),
    ...(connector.stream && {
      async *stream(request: StreamRequest, context: ReadContext) {
        if (!mayPass()) await pass(context)
        yield* connector.stream!(request, context)
      },
    }),
    async examine() {
      await examined().catch(() => setting.warn('the account could not be examined yet; it is when the source is first asked'))
    },
    async close() {
      leaving.abort(sourceFailure('SOURCE_UNAVAILABLE', `source ${setting.source.id} is closed`))
      await underWay?.catch(() => {})
      await connector.close()
    },
  }
}

/**
 * @returns why nothing may be read; `undefined`: the account is sound
 * @throws GatewayError when the source cannot be asked at the moment
 */
async function examination({ source, look, needed, warn }: AccountSetting, signal: AbortSignal): Promise<GatewayError | undefined> {
  const introspector = look()
  try {
    const account = await introspector.account!({ signal, deadline: Date.now() + examinationMs })
    tell(account, needed, source, warn)
    if (account.writes.length === 0 || source.allowWriteAccount) return undefined
    const words = `the account ${account.user} may change data (${named(account.writes)}), so nothing is read with it. ${remedy(source.id)}`
    warn(words)
    return sourceFailure('SOURCE_REFUSED', `source ${source.id}: ${words}`)
  } catch (error) {
    // What may pass is no verdict; whoever asks next finds out.
    if (!(error instanceof GatewayError) || failures[error.code].retry) throw error
    const words = `what the account may do cannot be examined (${error.log ?? error.code}), so nothing is read with it. ${remedy(source.id)}`
    warn(words)
    return sourceFailure('SOURCE_REFUSED', `source ${source.id}: ${words}`, error)
  } finally {
    await introspector.close()
  }
}

function remedy(source: string): string {
  return `Give the gateway an account with what "stadttor grants ${source}" prints, or write "allowWriteAccount: true" into the file of the source.`
}

/** What an account may beyond its duty is somebody's business, and no reason to keep a city waiting. */
function tell(
  account: SourceAccount,
  needed: readonly NeededColumns[],
  source: AccountSetting['source'],
  warn: AccountSetting['warn'],
): void {
  if (account.writes.length > 0 && source.allowWriteAccount)
    warn(`the account ${account.user} may change data (${named(account.writes)}); the file of the source allows it`)
  if (account.spare.length > 0) warn(`the account ${account.user} may do more than read: ${named(account.spare)}`)
  // Their names are nobody's to read in a log; `check --live` shows them to who runs it.
  const beyond = readsBeyond(account, needed)
  if (beyond.length > 0)
    warn(`the account ${account.user} may read ${beyond.length} columns that no dataset needs; "stadttor check --live" names them`)
}

function named(rights: readonly string[]): string {
  return rights.length > most ? `${rights.slice(0, most).join('; ')}; and ${rights.length - most} more` : rights.join('; ')
}

/**
 * Columns that an account may read and no dataset needs, as `TABLE.COLUMN`.
 *
 * @example
 *   readsBeyond({ reads: [{ table: 'amt.baum', columns: ['nr', 'pruefer'] }] }, [{ place: { schema: 'amt', table: 'baum' }, columns: ['nr'] }])  // → ['amt.baum.pruefer']
 */
export function readsBeyond({ reads }: Pick<SourceAccount, 'reads'>, needed: readonly NeededColumns[]): readonly string[] {
  return reads.flatMap(({ table, columns }) => {
    const wanted = new Set(needed.filter(({ place }) => isCalled(table, place)).flatMap(one => one.columns))
    return columns.filter(column => !wanted.has(column)).map(column => `${table}.${column}`)
  })
}

/** Columns of a table that an account may read; `undefined`: the source says nothing of this table. */
export function readableColumns({ reads }: Pick<SourceAccount, 'reads'>, place: NeededColumns['place']): readonly string[] | undefined {
  return reads.find(({ table }) => isCalled(table, place))?.columns
}

/** A place without a schema leads to whatever schema the account stands in. */
function isCalled(table: string, place: NeededColumns['place']): boolean {
  const [schema, name] = [place.schema, String(place.table ?? '')]
  return typeof schema === 'string' ? table === `${schema}.${name}` : table === name || table.endsWith(`.${name}`)
}

/** An examination goes on for the others when one of those who wait has gone. */
function waitedFor<T>(work: Promise<T>, signal: ReadContext['signal']): Promise<T> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(signal.reason)
    signal.addEventListener('abort', gone, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', gone))
  })
}
