/** Who vouches for the test server? A certificate of its own, made anew for each run by `openssl` and never kept. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificate {
  /** Private key and certificate in PEM. The certificate is its own authority. */
  readonly key: string
  readonly cert: string
}

/** For `localhost` and 127.0.0.1; `undefined` where there is no openssl. */
export function makeCertificate(names = 'DNS:localhost,IP:127.0.0.1'): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'stadttor-tds-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const names_ = ['-subj', '/CN=Test SQL Server', '-addext', `subjectAltName=${names}`]
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-days', '2', ...names_, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}
