import { expect, test } from 'vitest';
import ReleaseTable from '#components/status/board/ReleaseTable.astro';
import Security from '#components/status/security/Security.astro';
import { cellOf } from '#status/cell.ts';
import type { Advisory, Vulnerabilities } from '#status/vulnerability.ts';
import { render, spoken } from '../../../support/render.ts';
import { digest, image, NOW, snapshot, target } from '../../../support/snapshot.ts';

const ID = 'production/standard/44';

function advisory(id: string, change: Partial<Advisory> = {}): Advisory {
  return {
    ...{ id, severity: 'urgent', url: `https://updates.example/${id}`, pushedAt: NOW },
    packages: [{ name: 'openssl', has: '1:3.5.3-1', fixed: '1:3.5.4-1', arches: ['x86_64', 's390x'] }],
    ...change,
  };
}

function found(lacking: Advisory[], change: Partial<Vulnerabilities> = {}): Vulnerabilities {
  const counts = { urgent: lacking.length, high: 0, medium: 0, low: 0, unspecified: 0 };
  return {
    ...{ image: digest(ID), scans: [], scansWhy: null, why: null },
    updates: { checkedAt: NOW, release: '44', arches: ['x86_64', 's390x'], total: 9, untold: 0, counts, lacking },
    ...change,
  };
}

const shown = (vulnerabilities: Vulnerabilities | null) =>
  render(Security, { image: image(ID, 'fresh', { vulnerabilities }), snapshot: snapshot([]) });

test('names each update that is lacking, with its link, what is there and what would fix it', async () => {
  const html = await shown(found([advisory('FEDORA-2026-A')]));
  expect(html).toContain('href="https://updates.example/FEDORA-2026-A"');
  expect(spoken(html)).toMatch(
    /1 security update is out that this image lacks: 1 urgent\. .* FEDORA-2026-A urgent 21 Nov 2026 openssl 1:3\.5\.3-1 → 1:3\.5\.4-1 all compared/,
  );
  expect(spoken(html)).toContain('Not compared, without a package list: aarch64, ppc64le.');
});

test('folds what is more than ten, and keeps foreign text and links harmless', async () => {
  const many = Array.from({ length: 12 }, (_, index) => advisory(`U${index}`));
  expect(await shown(found(many))).toMatch(/<summary[^>]*>2 more<\/summary>/);
  const hostile = advisory('<b>\u202eU', { url: 'javascript:alert(1)' });
  const html = await shown(found([hostile]));
  expect(html).toContain('&lt;b&gt;⟨U+202E⟩U');
  expect(html).not.toContain('javascript:');
});

test('says that all are in it, why it is not known, and nothing where nothing was asked', async () => {
  expect(spoken(await shown(found([])))).toContain('All 9 security updates that Fedora has pushed');
  const unknown = spoken(await shown(found([], { updates: null, why: 'No package list is known.' })));
  expect(unknown).toContain('Not known whether Fedora’s security updates are in this image. No package list is known.');
  expect(unknown).not.toMatch(/\ball\b/i);
  expect(spoken(await shown(null))).toBe('');
});

test('says of the scanner what it covers, arch by arch, and links only to the web', async () => {
  const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 };
  const finding = { severity: 'high' as const, package: 'go-module', version: 'v1', fixedBy: null };
  const scans: Vulnerabilities['scans'] = [
    {
      ...{ arch: 'x86_64', digest: digest('x'), state: 'scanned', counts: { ...none, high: 1 }, components: 3 },
      ...{ checkedAt: NOW, triedAt: null, why: null },
      findings: [{ ...finding, id: 'CVE-1', links: ['javascript:alert(1)', 'https://a.example/1'] }],
    },
    {
      ...{ arch: 's390x', digest: digest('s'), state: null, counts: null, components: null, findings: [] },
      ...{ checkedAt: null, triedAt: null, why: 'it answered 520' },
    },
  ];
  const html = await shown(found([], { scans }));
  const said = spoken(html);
  expect(said).toContain('has no data for Fedora’s RPMs');
  expect(said).toContain('x86_64 1 language-level finding (1 high) in 3 components; RPMs not covered');
  expect(said).toContain('s390x not known: it answered 520 no answer yet');
  expect(said).toContain('CVE-1, high, in go-module v1 on x86_64: no fix named');
  expect(html).toContain('href="https://a.example/1"');
  expect(html).not.toContain('javascript:');
  const mirror = spoken(await shown(found([], { scansWhy: 'The registry has no scanner.' })));
  expect(mirror).toContain('The registry has no scanner.');
});

test('a release’s table counts what its images lack, and is silent where it does not know', async () => {
  const table = (vulnerabilities: Vulnerabilities | null) => {
    const one = image(ID, 'fresh', { vulnerabilities });
    const rows = [{ image: one, cell: cellOf(one, target(ID), snapshot([one])) }];
    return render(ReleaseTable, { rows, title: 'Images', now: NOW });
  };
  expect(spoken(await table(found([advisory('A')])))).toContain('lacks 1 security update (1 urgent)');
  for (const silent of [null, found([])]) expect(spoken(await table(silent))).not.toContain('security update');
});
