import type { Scan } from '#world/advisory.ts';
import type { World } from '#world/model.ts';
import type { Shelf } from './registry.ts';

/** Quay's security endpoint: an index is never supported, and no source of the scanner knows Fedora's RPMs. */
// assumes: quay.security

const SEVERITY = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  negligible: 'Negligible',
  unknown: 'Unknown',
} as const;
const FEDORA_ARCH: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };
const ALWAYS: Scan['findings'] = [
  { id: '', severity: 'unknown', package: 'sample-module', version: '1.0.0', fixedBy: '', link: '' },
];

/** The body for a digest that the shelf holds; null for one that it does not. */
export function security(world: World, name: string, shelf: Shelf, digest: string): object | null {
  const stored = shelf.manifests.get(digest);
  if (!stored) return null;
  const manifest = parsed(stored.bytes);
  if (!manifest.config) return { status: 'unsupported', data: null };
  const config = shelf.blobs.get(manifest.config.digest)?.bytes;
  const { architecture = '' } = config ? parsed(config) : {};
  const arch = FEDORA_ARCH[architecture] ?? architecture;
  const rule = world.scans.find(
    ({ repository, arches }) => (repository ?? name) === name && (!arches || arches.some((one) => one === arch)),
  );
  const status = rule?.state ?? 'scanned';
  return { status, data: status === 'scanned' ? { Layer: layer(digest, rule?.findings ?? []) } : null };
}

interface Wire {
  config?: { digest: string };
  architecture?: string;
}

function parsed(bytes: Uint8Array): Wire {
  const wire: Wire = JSON.parse(new TextDecoder().decode(bytes));
  return wire;
}

function layer(digest: string, findings: Scan['findings']) {
  const features = Map.groupBy([...ALWAYS, ...findings], (one) => `${one.package} ${one.version}`);
  return {
    Name: digest,
    ParentName: '',
    NamespaceName: '',
    IndexedByVersion: 4,
    Features: [...features.values()].flatMap(([first, ...rest]) =>
      first
        ? {
            Name: first.package,
            VersionFormat: '',
            NamespaceName: '',
            AddedBy: digest,
            Version: first.version,
            BaseScores: [],
            CVEIds: [],
            Vulnerabilities: [first, ...rest].filter(({ id }) => id !== '').map(vulnerability),
          }
        : [],
    ),
  };
}

function vulnerability({ id, severity, fixedBy, link }: Scan['findings'][number]) {
  return {
    Severity: SEVERITY[severity],
    NamespaceName: 'sample-updater',
    Link: link,
    FixedBy: fixedBy,
    Description: 'Sample finding.',
    Name: id,
    Metadata: null,
  };
}
