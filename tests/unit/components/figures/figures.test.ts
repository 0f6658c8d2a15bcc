import { expect, test } from 'vitest';
import LifeCycles from '#components/figures/LifeCycles.astro';
import Readiness from '#components/figures/Readiness.astro';
import { longestGaps } from '#status/gaps.ts';
import { lifeCycles } from '#status/life-cycles.ts';
import { buildFigures, parityFigures, problemFigures, trustFigures } from '#status/readiness.ts';
import { attempts } from '../../../support/evidence.ts';
import { render, spoken } from '../../../support/render.ts';
import { digest, hoursAgo, image, NOW, signature, snapshot, target } from '../../../support/snapshot.ts';

const BASE = 'development/standard/45';

/** The figures of these images as the page shows them. */
async function shown(images: ReturnType<typeof image>[], change: Record<string, unknown> = {}): Promise<string> {
  const html = await render(Readiness, {
    asOf: NOW,
    builds: buildFigures(images, NOW),
    gaps: longestGaps(
      images,
      images.map(({ id }) => target(id)),
      [],
      NOW,
    ),
    trust: trustFigures(images),
    parity: parityFigures(images),
    incidents: null,
    problems: problemFigures([]),
    outages: null,
    names: new Map(images.map(({ id }) => [id, `name of ${id}`])),
    ...change,
  });
  return spoken(html);
}

test('where nothing is recorded, the page says so and shows no figure', async () => {
  const text = await shown([]);
  expect(text).toContain('No build is on record');
  expect(text).toContain('No move of a tag is on record');
  expect(text).toContain('not known: the cluster was not asked');
  expect(text).toContain('no event is on record');
  expect(text).not.toContain('%');
});

test('a share stands with its cases, and too few cases are called that', async () => {
  const many = image(BASE, 'fresh', { attempts: attempts('ok', 'ok', 'failed', 'ok', 'ok', 'ok') });
  const few = image('development/minimal/45', 'fresh', { attempts: attempts('ok', 'ok') });
  const text = await shown([many, few]);
  expect(text).toContain('standard 83 % 5 of 6');
  expect(text).toContain('minimal not enough data 2 of 2');
  expect(text).toContain('all 88 % 7 of 8');
  expect(text).toContain('x86_64 0 % 0 of 8');
});

test('nothing but all is a hundred percent, and nothing but none is zero', async () => {
  const good = new Array<'ok' | 'failed'>(20).fill('ok');
  const images = Array.from({ length: 20 }, (_, index) =>
    image(`development/v${index}/45`, 'fresh', { attempts: attempts(...(index ? good : good.with(0, 'failed'))) }),
  );
  expect(await shown(images)).toContain('all 99 % 399 of 400');
});

test('only tags that stood still for much longer than expected are listed, the others are counted', async () => {
  const still = (id: string, hours: number) =>
    image(id, 'fresh', { history: [{ digest: digest(id), from: hoursAgo(hours), to: null }] });
  const text = await shown([still(BASE, 36), still('development/minimal/45', 60)]);
  expect(text).toContain('Of 2 kinds of image');
  expect(text).toContain('are left out: 1.');
  expect(text).toContain(
    'name of development/minimal/45 60 h 1 move since 19 Nov 2026 24 h from 19 Nov 2026, lasts still',
  );
  expect(text).not.toContain(`name of ${BASE}`);
});

test('proofs that were found wrong or verified are counted apart, and what nobody looked at is no zero', async () => {
  const wrong = image(BASE, 'trust-failed', { signature: signature('failed'), sbom: null });
  const verified = image('development/standard/44', 'fresh', { signature: signature('verified'), sbom: null });
  const text = await shown([wrong, verified]);
  expect(text).toContain('100 % 2 of 2 1 verified 1 found wrong');
  expect(text).toContain('not looked at');
});

test('the table of releases says who named a last day and how long is left', async () => {
  const images = ['43', '42', 'rawhide'].map((release) => image(`development/standard/${release}`));
  const releases = [
    { id: '43', name: 'Fedora 43', state: 'supported', eolAt: '2026-12-09', eolBy: 'bodhi' },
    { id: '42', name: '<b>42</b>', state: 'eol', eolAt: '2026-05-27' },
    { id: 'rawhide', name: 'Rawhide', state: 'rawhide', eolAt: null },
  ] as const;
  const html = await render(LifeCycles, {
    rows: lifeCycles(snapshot(images, { releases: [...releases] })),
    asOf: NOW,
  });
  const text = spoken(html);
  expect(text).toContain('Rawhide rawhide none is known no end');
  expect(text).toContain('Fedora 43 ends soon 9 Dec 2026 18 days Bodhi');
  expect(text).toContain('ended 27 May 2026 178 days ago not recorded');
  expect(html).toContain('&lt;b&gt;42');
});
