/** On which forge the forms write for those who sign in. */

/** As Sveltia CMS has it, with the way in which changes are published. */
export interface Backend {
  backend: Record<string, unknown>;
  publish_mode?: 'editorial_workflow';
}

export interface Access {
  backend: Backend;
  /** Null: nobody can sign in, and only a folder on this machine can be edited. */
  forge: { name: string; project: string; origins: string[] } | null;
}

const EDIT = /^(?<origin>https:\/\/[^/]+)\/(?<project>[^?#]+?)\/(?:-\/edit|edit|_edit)\/(?<branch>[^?#]+?)\/?$/;

/**
 * What SLIPWAY_EDIT_URL tells: `https://gitlab.com/group/name/-/edit/main/`, `https://github.com/owner/name/edit/main/`
 * or `https://forge.example/owner/name/_edit/main/` of Forgejo. `app` is the id of an OAuth application without a secret.
 */
export function accessOf(edit: string | undefined, app?: string): Access {
  const { origin = '', project = '', branch = '' } = EDIT.exec(edit ?? '')?.groups ?? {};
  if (origin === '' || !/^[\w.-]+(?:\/[\w.-]+)+$/.test(project)) return NOBODY;
  const common = { repo: project, branch };
  if (edit?.includes('/-/edit/')) {
    const access = app ? { auth_type: 'pkce', app_id: app } : TOKEN;
    const backend = { name: 'gitlab', ...common, base_url: origin, api_root: `${origin}/api/v4`, ...access };
    return {
      backend: { backend, publish_mode: 'editorial_workflow' },
      forge: { name: 'GitLab', project, origins: [origin] },
    };
  }
  if (edit?.includes('/_edit/')) {
    const access = app ? { app_id: app } : TOKEN;
    const backend = { name: 'gitea', ...common, base_url: origin, api_root: `${origin}/api/v1`, ...access };
    return { backend: { backend }, forge: { name: 'Forgejo', project, origins: [origin] } };
  }
  if (origin !== 'https://github.com') return NOBODY;
  return {
    // Signing in at GitHub needs a server that keeps a secret; a token needs none.
    backend: { backend: { name: 'github', ...common, ...TOKEN }, publish_mode: 'editorial_workflow' },
    forge: { name: 'GitHub', project, origins: ['https://api.github.com', 'https://github.com'] },
  };
}

const TOKEN = { auth_methods: ['token'] };

/** Sveltia CMS offers a folder on this machine only beside a forge; that no one can sign in there, the page sees to. */
const NOBODY: Access = {
  backend: { backend: { name: 'gitlab', repo: 'local/slipway', branch: 'main', ...TOKEN } },
  forge: null,
};

/** What /admin/ may load and ask: this site, and the forge on which the signed in work. */
export function policyOf({ forge }: Access): string {
  const origins = forge?.origins ?? [];
  return [
    "default-src 'self'",
    "script-src 'self'",
    // The editor writes its styles into the page.
    "style-src 'self' 'unsafe-inline'",
    ['img-src', "'self'", 'data:', 'blob:', ...origins].join(' '),
    "font-src 'self' data:",
    ['connect-src', "'self'", 'blob:', 'data:', ...origins].join(' '),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
}
