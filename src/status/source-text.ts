import type { DoctorReport } from './doctor.ts';
import type { SourceId, SourceReport } from './model.ts';
import type { Bucket } from './states.ts';

/** The sources and their states in the words of the sources page. */

export const SOURCE_TEXTS = {
  quay: 'Quay’s REST API: tags, their history, when a repository last changed',
  oci: 'the registry protocol: index, manifest and configuration of every architecture',
  provenance: 'the attestation that lies beside an image',
  sbom: 'the list of packages that lies beside an image',
  konflux: 'builds, tests and promotions; needs a token',
  kubearchive: 'builds that the cluster has already forgotten; needs a token',
  github: 'changes and issues in repositories there',
  gitlab: 'changes and issues in repositories there',
  bodhi: 'Fedora’s releases and their states',
  endoflife: 'the last days of releases, as second voice',
  compose: 'Fedora’s composes',
} as const satisfies Record<SourceId, string>;

interface Look {
  word: string;
  shape: string;
  bucket: Bucket;
}

export const SOURCE_STATES = {
  ok: { word: 'answered', shape: 'dot', bucket: 'ok' },
  partial: { word: 'answered in part', shape: 'half-outline', bucket: 'attention' },
  failed: { word: 'did not answer', shape: 'cross', bucket: 'bad' },
  skipped: { word: 'not asked', shape: 'dash', bucket: 'none' },
} as const satisfies Record<SourceReport['state'], Look>;

export const OUTCOMES = {
  holds: { word: 'holds', shape: 'dot', bucket: 'ok' },
  differs: { word: 'differs', shape: 'differs', bucket: 'bad' },
  'could-not-ask': { word: 'could not ask', shape: 'question', bucket: 'no-signal' },
} as const satisfies Record<DoctorReport['results'][number]['outcome'], Look>;
