/** What do the errors of Oracle and of its driver mean for us? */

import { codeOf, networkDiagnosis } from './network.ts'
import type { Diagnosis } from './session.ts'

/** @see https://docs.oracle.com/error-help/db/ */
const byServerCode: readonly (readonly [numbers: readonly number[], diagnosis: Diagnosis])[] = [
  // Killed, shut down, idle for too long, lost.
  [[22, 28, 31, 45, 1012, 1041, 1089, 1092, 2396, 2399, 3113, 3114, 3135], { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' }],
  // Starting or stopping; a service or SID that the listener does not know; broken inside (the driver hangs up then).
  [[600, 603, 1033, 1034, 1090, 3134, 12_505, 12_514, 12_521, 12_528, 12_541], { code: 'SOURCE_UNAVAILABLE' }],
  // A deadlock; undo that is gone; a row that was changed under us; a table that was truncated under us.
  [[60, 1555, 8103, 8177], { code: 'SOURCE_BUSY', again: 'sameConnection' }],
  // Locked; too many sessions or processes; nobody is free to serve; out of memory.
  [[18, 20, 54, 2391, 4031, 12_516, 12_518, 12_519, 12_520, 30_006], { code: 'SOURCE_BUSY' }],
  // Broken off by us, by a limit of the account's profile, or by the resource manager.
  [[40, 1013, 2393, 2394, 2395, 7455, 56_720], { code: 'SOURCE_TIMEOUT' }],
  // Login, password, account, rights. Never tried again: the account would be locked.
  [[1005, 1017, 1031, 1039, 1045, 1456, 16_000, 28_000, 28_001, 28_003, 28_009, 28_040, 28_193, 41_900], { code: 'SOURCE_REFUSED' }],
  // A value that its column cannot take.
  [
    [1424, 1426, 1438, 1461, 1489, 1722, 1795, 1830, 1839, 1841, 1843, 1847, 1850, 1851, 1852, 1858, 1861, 1878, 6502, 12_899],
    { code: 'BAD_USER_INPUT' },
  ],
  // Table, column, view, synonym, function or type is not what it was; a geometry without an index, in another reference system, or of
  // a shape that WKB has no words for; a server without the Java that its functions for geometries need.
  [
    [
      904, 918, 932, 942, 979, 980, 1775, 1820, 1821, 4043, 4063, 6550, 6553, 13_199, 13_226, 13_249, 13_295, 22_835, 29_538, 29_540,
      29_900, 29_902,
    ],
    { code: 'SOURCE_CHANGED' },
  ],
]

/** Numbers of "this statement is not SQL": what we write names things that are no longer there or no longer what they were. */
const syntax = { from: 900, to: 1000 } as const

const byDriverCode: Readonly<Record<string, Diagnosis>> = {
  // A connection that was closed, is closed, or has lost its server.
  'NJS-003': { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  'NJS-500': { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  'NJS-501': { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  'NJS-513': { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  'NJS-521': { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' },
  'NJS-123': { code: 'SOURCE_TIMEOUT' },
  // A number that no NUMBER holds.
  'NJS-115': { code: 'BAD_USER_INPUT' },
  // An old password verifier; a login that is none of ours.
  'NJS-116': { code: 'SOURCE_REFUSED' },
  'NJS-101': { code: 'SOURCE_REFUSED' },
  // The server did not prove that it knows the password.
  'NJS-173': { code: 'SOURCE_REFUSED' },
  // A server that is too old, has a national character set that nobody uses, or wants to encrypt in Oracle's own way.
  'NJS-138': { code: 'SOURCE_UNAVAILABLE' },
  'NJS-100': { code: 'SOURCE_UNAVAILABLE' },
  'NJS-192': { code: 'SOURCE_UNAVAILABLE' },
  'NJS-533': { code: 'SOURCE_UNAVAILABLE' },
}

/** Nobody listens, the certificate is wrong, the listener refuses, the connect string makes no sense. */
const cannotConnect = /^NJS-5(0[3-8]|1[0-24-9]|2[02-4]|29|3[05-6])$/

/**
 * @example
 *   diagnose({ code: 'ORA-00060', errorNum: 60 })                             // → { code: 'SOURCE_BUSY', again: 'sameConnection' }
 *   diagnose({ code: 'NJS-511', message: 'refused\nCause: ORA-12516' }).code  // → 'SOURCE_BUSY'
 *   diagnose({ code: 'NJS-518' }).code                                        // → 'SOURCE_UNAVAILABLE'
 *   diagnose({ code: 'ORA-04711', errorNum: 4711 }).code                      // → 'SOURCE_ANSWER_INVALID'
 */
export function diagnose(error: unknown): Diagnosis {
  const number = serverCodeOf(error)
  const known = byServerCode.find(([numbers]) => numbers.includes(number))?.[1]
  if (known) return known
  if (number >= syntax.from && number < syntax.to) return { code: 'SOURCE_CHANGED' }
  const code = codeOf(error)
  if (code in byDriverCode) return byDriverCode[code]!
  if (cannotConnect.test(code)) return { code: 'SOURCE_UNAVAILABLE' }
  return networkDiagnosis(error) ?? { code: 'SOURCE_ANSWER_INVALID' }
}

/** The server's own number, also where the driver wraps it in one of its own; 0: it gave none. */
function serverCodeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 0
  if ('errorNum' in error && typeof error.errorNum === 'number') return error.errorNum
  const message = 'message' in error ? String(error.message) : ''
  return Number(/\bORA-(\d{5})\b/.exec(message)?.[1] ?? 0)
}

const sentences: Readonly<Record<string, string>> = {
  'NJS-116': 'the account has only a password verifier of Oracle 10g; have its password set again on the server',
  'NJS-138':
    'Oracle Database before 12.1 can only be reached through Oracle’s own client libraries (Thick mode), which Stadttor does not use; move the schema to 12.1 or later, or offer it through such a database',
  'NJS-506': 'the certificate of the server is not trusted; name the city’s own certificate authority in NODE_EXTRA_CA_CERTS',
  'NJS-518': 'the listener does not know this service; compare the connect string with `lsnrctl services`',
  'NJS-519': 'the listener does not know this SID; most databases today are reached by a service name: host:port/service',
  'NJS-533': 'the server insists on Oracle’s native network encryption, which only Thick mode has; use TCPS: tcps://host:port/service',
  'ORA-01017': 'it is not tried again before the next request: servers lock accounts after some wrong passwords',
  'ORA-03134': 'the server is older than this driver can speak to: 12.1 is the oldest',
  'ORA-28000': 'the account is locked; after unlocking it, correct the password here first',
  'ORA-28001': 'the password has expired; set a new one on the server and here',
}

/** Says for the operator what to do, where the driver's own words do not. */
export function explained(error: unknown): unknown {
  const sentence = sentences[codeOf(error)]
  if (sentence === undefined || !(error instanceof Error)) return error
  const number = serverCodeOf(error)
  return Object.assign(new Error(`${error.message} (${sentence})`, { cause: error }), {
    code: codeOf(error),
    ...(number !== 0 && { errorNum: number }),
  })
}
