import { expect, test } from 'vitest';
import { accessOf, policyOf } from '#editing/forms/backend.ts';

test('the forge and its project come from the address of the edit links', () => {
  expect(accessOf('https://gitlab.com/group/sub/name/-/edit/main/')).toMatchObject({
    backend: {
      backend: { name: 'gitlab', repo: 'group/sub/name', branch: 'main', auth_methods: ['token'] },
      publish_mode: 'editorial_workflow',
    },
    forge: { name: 'GitLab', project: 'group/sub/name', origins: ['https://gitlab.com'] },
  });
  expect(accessOf('https://github.com/owner/name/edit/main/')).toMatchObject({
    backend: {
      backend: { name: 'github', repo: 'owner/name', auth_methods: ['token'] },
      publish_mode: 'editorial_workflow',
    },
  });
});

test('an instance of one’s own, and one of Forgejo, are asked at their own address', () => {
  expect(accessOf('https://git.example.org/a/b/-/edit/main/').backend.backend).toMatchObject({
    api_root: 'https://git.example.org/api/v4',
  });
  const { backend } = accessOf('https://forge.example.org/a/b/_edit/main/');
  expect(backend.backend).toMatchObject({ name: 'gitea', api_root: 'https://forge.example.org/api/v1' });
  // The editor has no review of changes there.
  expect(backend.publish_mode).toBeUndefined();
});

test('with the id of an application GitLab asks for a name and password itself', () => {
  expect(accessOf('https://gitlab.com/a/b/-/edit/main/', 'app').backend.backend).toMatchObject({
    auth_type: 'pkce',
    app_id: 'app',
  });
});

test('without a forge, or at an address that is none, nobody signs in and nobody else is asked', () => {
  for (const edit of [
    undefined,
    '',
    'x',
    'http://gitlab.com/a/b/-/edit/main/',
    'https://example.org/a/b/edit/main/',
    'https://gitlab.com/a b/c/-/edit/main/',
  ]) {
    const access = accessOf(edit);
    expect(access.forge, edit).toBeNull();
    expect(policyOf(access)).toContain("connect-src 'self' blob: data:;");
  }
});

test('the policy allows no script of others, and only the forge besides this site', () => {
  const policy = policyOf(accessOf('https://github.com/owner/name/edit/main/'));
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self' blob: data: https://api.github.com https://github.com;");
  expect(policy).not.toMatch(/unsafe-eval|\*|script-src[^;]*unsafe-inline/);
});
