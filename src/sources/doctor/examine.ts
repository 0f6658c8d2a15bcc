import { SourceError } from '#sources/error.ts';
import type { QuayTag } from '#sources/registry/quay.ts';
import type { DoctorReport } from '#status/doctor.ts';
import { ASSUMPTIONS, type Patient, type Surgery } from './assumptions.ts';
import { PIPELINE_ASSUMPTIONS } from './pipeline-assumptions.ts';

/** The doctor: asks the real services what the simulator takes for granted. */

/** Holds every assumption against the services; a question that fails is neither held nor refuted. */
export async function examine(surgery: Surgery): Promise<DoctorReport['results']> {
  const example = surgery.targets.find(({ api, confirmed, plan }) => api !== null && confirmed && plan === 'planned');
  if (!example) return [];
  const { clients } = surgery;
  const listings = new Map<string, Promise<Map<string, number | null>>>();
  let rows: Promise<QuayTag[]> | undefined;
  const patient: Patient = {
    ...surgery,
    example,
    rows: () =>
      (rows ??= clients.quay.tags(example.repository, [{ name: example.tag, since: null }]).then((list) => list.rows)),
    listing(namespace) {
      const listing = listings.get(namespace) ?? clients.quay.namespace(namespace);
      listings.set(namespace, listing);
      return listing;
    },
    head: (path, more) =>
      clients.http.ask(`${example.registry}/v2/${example.repository}/${path}`, {
        ...{
          source: 'oci',
          pace: 'registry',
          maxBytes: 4 << 20,
          method: 'HEAD',
          accept: 'application/vnd.oci.image.index.v1+json',
        },
        ...more,
      }),
  };
  return Promise.all(
    [...ASSUMPTIONS, ...PIPELINE_ASSUMPTIONS].map(async ({ id, what, pages, ask }) => {
      try {
        const { holds, detail } = await ask(patient);
        return { id, what, pages, outcome: holds ? ('holds' as const) : ('differs' as const), detail };
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const differs = error.kind === 'unreadable' || error.kind === 'endless';
        return {
          id,
          what,
          pages,
          outcome: differs ? ('differs' as const) : ('could-not-ask' as const),
          detail: error.message.slice(0, 2_000),
        };
      }
    }),
  );
}
