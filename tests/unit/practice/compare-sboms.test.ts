import { expect, test } from 'vitest';
import { readLabs } from '#host/labs.ts';
import { readWorld } from '#host/world.ts';
import { openPractice } from '#practice/open.ts';

test('the list that a colleague has sent is what the production image of the world holds', async () => {
  const lab = (await readLabs('.')).find(({ id }) => id === 'compare-sboms');
  const world = await readWorld('content/worlds/duty.yaml');
  const production = world.repositories.find(({ repository }) => repository === 'fedora/fedora-bootc');
  const row = JSON.stringify(production?.tags['45']);
  expect(new Set(row.match(/"packages":[^\]]*\]/g))).toEqual(new Set(['"packages":["standard-before"]']));
  const shell = await openPractice(world, { role: 'none', registries: [] });
  // Yesterday's development image holds the same set, and has an SBOM.
  const { stdout } = await shell.run(
    'cosign download sbom --platform linux/amd64 quay.io/bootc-devel/fedora-bootc-45-standard:20261119-091700 | jq -r ".packages[] | [.name, .versionInfo] | @tsv" | sort',
  );
  expect(lab?.files['production-packages']).toBe(stdout);
});
