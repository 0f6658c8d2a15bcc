import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#host/child.ts';

/** A certificate that lives as long as one run and is trusted by nothing else. */

export interface Certificate {
  key: string;
  cert: string;
  /** Where the certificate lies, for SSL_CERT_FILE and its like. */
  file: string;
}

/** Makes one for these hosts in this folder; throws where openssl cannot. */
export async function certificateFor(hosts: readonly string[], folder: string): Promise<Certificate> {
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const names = [...new Set(['localhost', ...hosts])].map((host) => `DNS:${host}`).join(',');
  const { code, output } = await run(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=sample services of Slipway', '-addext', `subjectAltName=${names}`],
      ...['-keyout', key, '-out', file],
    ],
    { capture: true },
  );
  if (code !== 0) throw new Error(`openssl could not make a certificate (code ${code}): ${output.trim()}`);
  return { key: await readFile(key, 'utf8'), cert: await readFile(file, 'utf8'), file };
}
