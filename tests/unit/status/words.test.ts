import { expect, test } from 'vitest';
import { dayText } from '#status/text/dates.ts';
import { imageName, lifecycleText, releaseName, safeLink, visible } from '#status/text/words.ts';
import { image, snapshot } from '../../support/snapshot.ts';

const { releases } = snapshot([]);

test('names an image by variant, release and channel', () => {
  expect(imageName(image('production/standard/44'), releases)).toBe('standard Fedora 44, production');
  const stream = { id: 'stable', name: 'CoreOS stable', state: 'supported', eolAt: null } as const;
  expect(imageName(image('production/coreos/stable'), [stream])).toBe('CoreOS stable, production');
});

test('names a release that the snapshot does not know by its number or its id', () => {
  expect(releaseName('47', [])).toBe('Fedora 47');
  expect(releaseName('testing-devel', [])).toBe('testing-devel');
});

test('says of a release until when it is supported, and that it is not known where it is not', () => {
  const texts = releases.map((release) => lifecycleText(release, dayText));
  expect(texts).toEqual(['moves daily', 'supported', 'until 2 Jun 2027', 'ends 9 Dec 2026', 'ended 27 May 2026']);
  expect(lifecycleText({ id: 'x', name: 'x', state: 'unknown', eolAt: null }, dayText)).toBe('lifecycle not known');
});

test('shows control characters and direction overrides instead of obeying them', () => {
  expect(visible('a\u0007b\u001b[31m\u007f')).toBe('a␇b␛[31m␡');
  expect(visible('gpj\u202egnp')).toBe('gpj⟨U+202E⟩gnp');
  expect(visible('plain – text ☃')).toBe('plain – text ☃');
});

test.each([
  ['https://quay.io/repository/x', 'https://quay.io/repository/x'],
  ['http://localhost:5000/x', 'http://localhost:5000/x'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['no address', null],
  [null, null],
])('lets %s become the link %s', (url, link) => {
  expect(safeLink(url)).toBe(link);
});
