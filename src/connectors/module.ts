/** What does a kind of source bring along, so that the house can configure and open it? */

import type { z } from 'zod'
import type { Capabilities, Connector, ConnectorServices, Introspector, RecognisedSource, SourceSetting } from '../model/index.ts'

/** One folder below `connectors/` exports one of these; `connectors/index.ts` lists them all. */
export interface ConnectorModule<Connection = unknown, Place = unknown> {
  /** `kind:` in a source file; SQL has several kinds in one module. */
  readonly kinds: readonly string[]
  /** true: a source logs the gateway in with an account whose rights `Introspector.account` tells. */
  readonly accounts?: boolean
  /** Parser of `connection:` in a source file: strict, described, with words of its own for every rule. */
  readonly connection: z.ZodType<Connection>
  /** Parser of what stands beside `use:` in a dataset's `source:`. */
  readonly place: z.ZodType<Place>
  /** What this kind can do at all. A probed source may turn out to do less. */
  capabilities(kind: string): Capabilities
  /** Makes a connector; connects on first use, so that a source that is down never keeps the gateway from starting. */
  open(source: SourceSetting<Connection>, services: ConnectorServices): Connector
  /** Looks at what a source offers, for those who write dataset files. Absent: this kind cannot tell. */
  introspect?(source: SourceSetting<Connection>, services: ConnectorServices): Introspector
  /**
   * A source of this kind from whatever somebody pasted, judged by its look alone; nothing is asked. The first kind that knows it takes
   * it, so a look that several kinds share is left to the others.
   */
  recognise?(pasted: string): RecognisedSource | undefined
}
