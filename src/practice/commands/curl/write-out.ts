import { NotSimulated } from '#practice/command.ts';

/** What `--write-out` prints after a transfer. */

export interface Transfer {
  url: string;
  method: string;
  status: number;
  contentType: string;
  bytes: number;
  redirects: number;
  redirectUrl: string;
  file: string;
  exitCode: number;
}

type Value = (transfer: Transfer) => string;

const code: Value = ({ status }) => String(status).padStart(3, '0');
const VALUES: Readonly<Record<string, Value>> = {
  http_code: code,
  response_code: code,
  url: ({ url }) => url,
  url_effective: ({ url }) => url,
  method: ({ method }) => method,
  size_download: ({ bytes }) => String(bytes),
  content_type: ({ contentType }) => contentType,
  num_redirects: ({ redirects }) => String(redirects),
  redirect_url: ({ redirectUrl }) => redirectUrl,
  filename_effective: ({ file }) => file,
  exitcode: ({ exitCode }) => String(exitCode),
  http_version: ({ status }) => (status === 0 ? '0' : '2'),
  scheme: () => 'HTTPS',
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

export function writeOut(template: string, transfer: Transfer): string {
  return template
    .replace(/\\([ntr])/g, (_, char: string) => ESCAPES[char] ?? '')
    .replace(/%%|%\{([^}]*)\}/g, (all, name: string | undefined) => {
      if (all === '%%') return '%';
      const value = VALUES[name ?? ''];
      if (!value) throw new NotSimulated(`%{${name}} of curl --write-out`);
      return value(transfer);
    });
}
