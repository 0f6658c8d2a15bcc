import { z } from 'zod';
import type { Http } from '#sources/http.ts';
import { readJson } from '#sources/read.ts';
import { safeLink } from '#status/text/words.ts';
import { type Finding, SCAN_STATES, type Scan, SEVERITIES } from '#status/vulnerability.ts';

/** Quay's scanner: the state of one manifest's scan, and what was found in it. It has no source for Fedora's RPMs. */

const MAX_BYTES = 5 << 20;
const FINDINGS = 5;
const LINKS = 3;

const Word = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').trim().slice(0, 300));
const Severity = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(SEVERITIES))
  .catch('unknown');

const WireVulnerability = z.object({ Name: Word, Severity, FixedBy: Word, Link: z.string().nullish() });
const WireFeature = z.object({ Name: Word, Version: Word, Vulnerabilities: z.array(WireVulnerability).nullish() });
const Answer = z.object({
  status: z.enum(SCAN_STATES),
  data: z.object({ Layer: z.object({ Features: z.array(WireFeature).nullish() }) }).nullish(),
});
type Features = z.infer<typeof WireFeature>[];

/** What the scanner says of one manifest. */
export type Scanned = Pick<Scan, 'state' | 'counts' | 'components' | 'findings'>;

/** Asks for the scan of the manifest with this digest; an index is always `unsupported`. */
export type Scanner = (repository: string, digest: string) => Promise<Scanned>;

/** The scanner behind Quay's API at `api`; the token goes to that origin only. */
export function scanner(http: Http, api: string, options: { token?: string | undefined }): Scanner {
  const authorization = options.token ? `Bearer ${options.token}` : undefined;
  return async (repository, digest) => {
    const url = `${api}/repository/${repository}/manifest/${digest}/security?vulnerabilities=true`;
    const answer = await http.ask(url, { source: 'quay', pace: 'api', maxBytes: MAX_BYTES, authorization });
    const { status, data } = readJson(answer, 'quay', Answer);
    const features = status === 'scanned' ? data?.Layer.Features : null;
    return { state: status, ...(features ? summary(features) : { counts: null, components: null, findings: [] }) };
  };
}

function summary(features: Features): Omit<Scanned, 'state'> {
  const found = new Map<string, Finding>();
  for (const { Name, Version, Vulnerabilities } of features) {
    for (const one of Vulnerabilities ?? []) {
      const finding = findingOf(one, Name, Version);
      found.set(JSON.stringify([finding.id, Name, Version]), finding);
    }
  }
  const all = [...found.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const of = (severity: Finding['severity']) => all.filter((one) => one.severity === severity).length;
  return {
    counts: {
      critical: of('critical'),
      high: of('high'),
      medium: of('medium'),
      low: of('low'),
      negligible: of('negligible'),
      unknown: of('unknown'),
    },
    components: features.length,
    findings: all.slice(0, FINDINGS),
  };
}

function findingOf(one: z.infer<typeof WireVulnerability>, name: string, version: string): Finding {
  // Quay writes all addresses of a finding into one text.
  const links = (one.Link ?? '').split(/\s+/).flatMap((text) => (text.length < 500 ? (safeLink(text) ?? []) : []));
  return {
    id: one.Name,
    severity: one.Severity,
    package: name,
    version,
    fixedBy: one.FixedBy || null,
    links: links.slice(0, LINKS),
  };
}
