import { expect, test } from 'vitest';
import ClientCommands from '#components/reference/ClientCommands.astro';
import Codes from '#components/reference/Codes.astro';
import Fields from '#components/reference/Fields.astro';
import Made from '#components/reference/Made.astro';
import { fieldRows } from '#handbook/reference/fields.ts';
import { render, spoken } from '../../../support/render.ts';

const fields = (schema: unknown) =>
  render(Fields, {
    name: 'Fields',
    labelledby: 'fields',
    rows: fieldRows({ type: 'object', properties: { a: schema } }),
  });

test('a field has an address of its own and says what it may hold; what a schema says is no markup', async () => {
  const html = await fields({ type: 'string', description: 'As <b>bold</b> `code`', enum: ['x', 'y'], default: 'x' });
  expect(html).toMatch(/<tr[^>]* id="a"/);
  expect(html).toContain('href="#a"');
  expect(html).not.toContain('<b>bold');
  expect(spoken(html)).toContain('One of: x, y Default: &quot;x&quot;');
});

test('a field without words says so', async () => {
  expect(spoken(await fields({ type: 'string' }))).toContain('Not described yet.');
});

test('a code has an address that is safe, and its runbooks', async () => {
  const rows = [{ code: 'n/a', meaning: 'Nothing.', links: [{ title: 'Do it', href: '/runbooks/do/' }] }];
  const html = await render(Codes, { title: 'Codes', id: 'codes', rows, links: 'Runbooks' });
  expect(html).toContain('id="codes-n-a"');
  expect(html).toContain('<a href="/runbooks/do/"');
});

test('a client says what ran it last, in the words of what it was', async () => {
  const group = (client: 'real' | 'double') => ({
    name: 'cosign',
    ran: { client, version: 'v2.0' },
    verbs: [{ anchor: 'cosign-tree', verb: 'tree', changes: 'none', runbooks: [], labs: [] }],
  });
  const told = async (client: 'real' | 'double') =>
    spoken(await render(ClientCommands, { group: group(client), isPractised: false }));
  expect(await told('real')).toContain('last ran with cosign 2.0.');
  expect(await told('double')).toContain('our stand-in for cosign');
  expect(
    spoken(await render(ClientCommands, { group: { ...group('real'), ran: null }, isPractised: false })),
  ).toContain('No record tells of a run of it.');
});

test('a file is a link only where a forge is known', async () => {
  const files = (href: string | null) => render(Made, { files: [{ file: 'content/x.yaml', href }] });
  expect(await files(null)).not.toContain('<a');
  expect(await files('https://example.org/x')).toContain('href="https://example.org/x"');
});
