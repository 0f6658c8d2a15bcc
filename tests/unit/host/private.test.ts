import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { privateHost } from '#host/private.ts';
import { transport } from '#host/transport.ts';

let asked = 0;
const server = createServer((_, response) => {
  asked++;
  response.end();
});
const port = () => (server.address() as AddressInfo).port;
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done())));
afterAll(() => server.close());

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '169.254.169.254',
  '192.168.0.1',
  '0.0.0.0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  'fd00::1',
])('%s is a private address', (host) => {
  expect(privateHost(host)?.message).toMatch(/is an address of a private network$/);
});

test.each(['quay.io', '140.82.121.4', '[2606:50c0:8000::153]', '127.example.org'])('%s is none', (host) => {
  expect(privateHost(host)).toBeNull();
});

test.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1'])(
  'who asks what is public asks nothing of %s',
  async (host) => {
    const net = transport({ publicOnly: true });
    const asking = net.fetch(new Request(`http://${host}:${port()}/`));
    await expect(asking).rejects.toMatchObject({ cause: { message: expect.stringContaining('private network') } });
    expect(asked).toBe(0);
    await net.close();
  },
);

test('a transport for all reaches this machine', async () => {
  const net = transport();
  await net.fetch(new Request(`http://localhost:${port()}/`));
  expect(asked).toBe(1);
  await net.close();
});
