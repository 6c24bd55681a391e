/** What does the house know once every file was read and made sense? */

import type { z } from 'zod'
import type { BBox, Capabilities, Language, Model, SourceSetting, Text } from '../model/index.ts'
import type { Audience } from './audiences.ts'
import type { Approval } from './exposure/approval.ts'
import type { Description } from './exposure/description.ts'
import type { Exposure } from './exposure/exposure.ts'
import type { Opening } from './form/opening.ts'
import type { Mistake } from './mistake.ts'
import type { Notice } from './notices.ts'

/** What the house must know of a kind of source to parse its configuration; every connector module is one. */
export interface SourceKindParser {
  /** `kind:` in a source file. */
  readonly kinds: readonly string[]
  /** true: a source of this kind logs the gateway in, and its file may allow an account that can write. */
  readonly accounts?: boolean
  /** Parser of `connection:` in a source file. A rule's own message may be `German | English`. */
  readonly connection: z.ZodType
  /** Parser of what stands beside `use:` in a dataset's `source:`. */
  readonly place: z.ZodType
  capabilities(kind: string): Capabilities
}

export interface ReadOptions {
  /** Folder with `gateway.yml`. */
  readonly folder: string
  /** Told what stands as `kind:` in the files of sources; gives those kinds, and all there are when one of the names is none. Never empty. */
  readonly kindsFor: (named: ReadonlySet<string>) => Promise<readonly SourceKindParser[]>
  /** Environment variables for `${NAME}`. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970 (UTC): decides which approvals have expired. */
  readonly now: number
  /** true: everything the configuration wishes is served, approved or not. For a developer's machine; the caller has to see to loopback and warnings. */
  readonly unapproved?: boolean
  /** true: secrets that are not there are no mistake. For commands that open no source, such as `diff`; such a gateway must not be served. */
  readonly withoutSecrets?: boolean
}

/** Either everything makes sense, or here is everything that does not. */
export type Configuration = { readonly ok: true; readonly gateway: Gateway } | { readonly ok: false; readonly mistakes: readonly Mistake[] }

/** An API key as stored: the key itself cannot be had from it. */
export interface ApiKey {
  readonly name: string
  readonly audience: string
  /** `sha256:` and 64 hexadecimal digits, of the whole key. */
  readonly hash: string
  /** Last day on which the key opens anything, in the city's zone: `2027-06-30`. */
  readonly expires?: string
}

/** A source and who runs it. */
export interface Source extends SourceSetting {
  readonly owner?: string
  /** Opening hours; outside of them the source is not asked, and only the cache answers. */
  readonly open?: readonly Opening[]
}

/** Everything a city configured, parsed, checked and deeply frozen. */
export interface Gateway {
  readonly city: {
    readonly name: string
    readonly title: Text
    readonly operator: string
    readonly contact?: string
    /** IANA zone. */
    readonly zone: string
    readonly extent?: BBox
    /** What happens to places that lie far outside the extent. */
    readonly outside: 'flag' | 'close'
  }
  /** Language of answers when a caller asks for none. */
  readonly language: Language
  /** Seals ids and page marks; at least 32 characters. */
  readonly secret?: string
  readonly server: {
    readonly host: string
    /** 0: any free port. */
    readonly port: number
    /** For CORS; `*` for all. */
    readonly origins: readonly string[]
  }
  readonly limits: {
    /** Rows of one page at most. */
    readonly pageSize: number
    /** Rows of a page when the caller names no number; never more than `pageSize`. */
    readonly defaultPageSize: number
    readonly depth: number
    readonly aliases: number
    readonly cost: number
    readonly bodyBytes: number
    readonly headerBytes: number
    /** Requests that are answered at once. */
    readonly requestsAtOnce: number
    readonly requestMs: number
    readonly exportMs: number
    /** Exports that are sent at once. */
    readonly exportsAtOnce: number
    /** Groups of an aggregate at most. */
    readonly groups: number
    /** Values of one list in a filter at most. */
    readonly filterValues: number
  }
  readonly cache: {
    readonly memoryBytes: number
    /** Bytes of whole answers; 0: none is kept. */
    readonly answerBytes: number
    /** Address of a Redis; may hold a password. */
    readonly redis?: string
    /** Start of every key in Redis. */
    readonly prefix: string
  }
  /** Where Prometheus asks; absent: nowhere. */
  readonly metrics?: { readonly host: string; readonly port: number }
  /** By name; `public` is always there. */
  readonly audiences: ReadonlyMap<string, Audience>
  readonly keys: readonly ApiKey[]
  /** By id. */
  readonly sources: ReadonlyMap<string, Source>
  /** By audience: what each may know. */
  readonly models: ReadonlyMap<string, Model>
  /** By dataset: what the configuration wishes, before any approval. */
  readonly exposures: ReadonlyMap<string, Exposure>
  /** By dataset: what was approved, expired and void ones included. */
  readonly approvals: ReadonlyMap<string, Approval>
  /** By dataset: words and times, which need no approval. */
  readonly descriptions: ReadonlyMap<string, Description>
  /** Milliseconds since 1970 (UTC): when an approval begins or ends next. From then on the models are no longer what they should be; ask `at`. */
  readonly nextChange?: number
  /** The same configuration at another time: approvals that have ended close their datasets. */
  readonly at: (now: number) => Gateway
  readonly notices: readonly Notice[]
}
