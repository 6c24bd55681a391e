/** Jest calls this after the last suite: servers that were started for this run end. */

export default async function end(): Promise<void> {
  await (globalThis as { endServers?: () => Promise<unknown> }).endServers?.()
}
