/** The forge on which this site is edited. */

/**
 * Address at which a file is edited there. GitHub and GitLab put the cursor in the line that the fragment names.
 * `base` is the value of SLIPWAY_EDIT_URL, such as `https://gitlab.com/group/name/-/edit/main/`.
 */
export function editAddress(base: string, file: string, line = 1): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return `${base.replace(/\/*$/, '/')}${path}${line > 1 ? `#L${line}` : ''}`;
}

/** Names of the fields of the form for a new issue. */
export interface IssueFields {
  title: string;
  body: string;
}

/** The fields of the form at `address`, the value of SLIPWAY_ISSUES_URL; null where it is no such form. */
export function issueFieldsOf(address: string): IssueFields | null {
  if (!URL.canParse(address)) return null;
  const { protocol, pathname, username, password, search, hash } = new URL(address);
  if (protocol !== 'https:' || username || password || search || hash) return null;
  const [, project = '', gitlab] = /^\/([^/]+(?:\/[^/]+)+?)(\/-)?\/issues\/new$/.exec(pathname) ?? [];
  if (project === '') return null;
  return gitlab ? { title: 'issue[title]', body: 'issue[description]' } : { title: 'title', body: 'body' };
}
