import type { APIRoute, GetStaticPaths } from 'astro';
import { writePackages } from '#status/packages.ts';
import { readStatus } from '../../../_data.ts';
import { publishedLists } from '../../../_packages.ts';
import { readRecords } from '../../../_records.ts';

export const getStaticPaths = (async () => {
  const [{ snapshot }, lists] = await Promise.all([readStatus(), publishedLists()]);
  return [...lists].flatMap(([digest, arches]) =>
    arches.map((arch) => ({
      params: { image: digest.replace('sha256:', ''), arch },
      props: { digest, arch, mode: snapshot.mode },
    })),
  );
}) satisfies GetStaticPaths;

/** The RPMs of one arch of an image, one a line: name, [epoch:]version-release, arch, source package. */
export const GET: APIRoute = async ({ props: { digest, arch, mode } }) => {
  const list = await (await readRecords()).packages(digest, arch);
  if (!list) throw new Error(`The list of ${digest} on ${arch} has gone while the site was built.`);
  const text = writePackages(list).replace('{', `{"mode":${JSON.stringify(mode)},`);
  return new Response(text, { headers: { 'content-type': 'application/json' } });
};
