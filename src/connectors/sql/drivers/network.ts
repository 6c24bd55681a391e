/** Which failures of a network do all drivers share? */

import type { Diagnosis } from './session.ts'

const lost = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', 'ERR_STREAM_DESTROYED', 'ERR_IPC_CHANNEL_CLOSED'])
const unreachable = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EACCES',
  'ENOENT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** `undefined` when the code is not the network's. */
export function networkDiagnosis(error: unknown): Diagnosis | undefined {
  const code = codeOf(error)
  if (lost.has(code)) return { code: 'SOURCE_UNAVAILABLE', again: 'newConnection' }
  return unreachable.has(code) ? { code: 'SOURCE_UNAVAILABLE' } : undefined
}

export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
