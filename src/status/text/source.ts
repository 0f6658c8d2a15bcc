import type { DoctorReport } from '#status/doctor.ts';
import type { SourceId, SourceReport } from '#status/model.ts';
import type { Bucket } from '#status/states.ts';

/** The sources and their states in the words of the sources page. */

interface SourceText {
  what: string;
  /** What the pages cannot say without it. */
  without: string;
}

export const SOURCE_TEXTS = {
  quay: {
    what: 'Quay’s REST API: tags, their history, when a repository last changed',
    without:
      'The registry protocol is asked instead: digests and dates are found, but not when a tag moved, nor which signatures lie beside an image.',
  },
  oci: {
    what: 'the registry protocol: index, manifest and configuration of every architecture, and the bundles of pipelines',
    without:
      'An image that was not read before stays unknown, whatever its tag says; one that is known keeps its figures.',
  },
  provenance: {
    what: 'signatures and attestations that lie beside an image, read and verified',
    without:
      'Signatures are seen, where Quay lists them, and not verified; nothing is said about who built an image and from what.',
  },
  sbom: {
    what: 'the list of packages that lies beside an image, or in its layers where a refresh reads them',
    without: 'No packages are listed or compared.',
  },
  konflux: {
    what: 'builds, tests and promotions; needs a token',
    without: 'Failed attempts are not known: an image can be failing and still look fresh until it ages.',
  },
  kubearchive: {
    what: 'builds that the cluster has already forgotten; needs a token',
    without: 'Older attempts are not known.',
  },
  github: {
    what: 'issues, changes and releases of projects there that the images wait for, and files with pipelines',
    without:
      'Blockers from there are listed as people wrote them down, and their state is not known. A token adds the checks of changes, and more than 60 requests an hour.',
  },
  gitlab: {
    what: 'merge requests with their pipelines, issues, the public test reports, and files that start pipelines',
    without: 'Neither open merge requests nor test reports are shown; an image is not called tested.',
  },
  bodhi: {
    what: 'Fedora’s releases, their states, and the security updates that were pushed to them',
    without:
      'endoflife.date speaks alone, or what was last known stays; a release that neither knows is called unknown. Images are compared with the security updates that were last known.',
  },
  endoflife: {
    what: 'the last days of releases, as second voice',
    without: 'Bodhi speaks alone; an end that only endoflife.date knows is missing.',
  },
  compose: {
    what: 'Fedora’s composes and how they went, and the streams of CoreOS',
    without:
      'The newest compose is not compared with the one an image was built from: a late image and a failed compose look alike.',
  },
} as const satisfies Record<SourceId, SourceText>;

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
