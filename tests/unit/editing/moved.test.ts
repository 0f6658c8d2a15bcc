import { expect, test } from 'vitest';
import { checkMoved } from '#editing/moved.ts';

const lives = (address: string): boolean => ['/handbook/here/', '/status/'].includes(address);
const faults = (redirects: Record<string, string>, published: string[] = []) =>
  checkMoved({ redirects, lives, published }).map(({ message, action }) => `${message} ${action}`);

test('a page that was published and is gone needs a line', () => {
  expect(faults({}, ['/handbook/old/', '/handbook/old/', '/status/'])).toEqual([
    'The page /handbook/old/ was published, and is gone. Add a line to content/redirects.yaml: "/handbook/old/: /its/new/address/".',
  ]);
  expect(faults({ '/handbook/old/': '/handbook/here/' }, ['/handbook/old/'])).toEqual([]);
});

test.each([
  ['to nothing', { '/a/': '/gone/' }, 'leads to /gone/, which is not there'],
  ['from a page that is there', { '/status/': '/handbook/here/' }, 'Take the line out'],
  ['over a second one', { '/a/': '/b/', '/b/': '/status/' }, 'which is sent on itself'],
])('a redirect %s is refused', (_, redirects, why) => {
  expect(faults(redirects)).toEqual([expect.stringContaining(why)]);
});
