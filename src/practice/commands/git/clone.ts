import { readArguments } from '#practice/arguments.ts';
import type { CommandIo } from '#practice/command.ts';
import { fatal, GitError } from './fail.ts';
import { isAncestor, short } from './revision.ts';
import { bare, type Clone, openClone, type Store, save, writeTree } from './store.ts';
import { ask, checkAddress, checkRemote, takeIn } from './wire.ts';

/** `git clone`, `git fetch`, `git ls-remote`. */

export async function clone(argv: string[], io: CommandIo): Promise<number> {
  const read = readArguments('git clone', argv, { switches: ['quiet q'], values: ['branch b'] });
  const [remote = '', name = /([^/:]+?)(?:\.git)?\/*$/.exec(remote)?.[1] ?? ''] = read.words;
  if (remote === '') throw new GitError('fatal: You must specify a repository to clone.', 129);
  checkAddress(remote);
  const root = name.startsWith('/') ? name : `${io.cwd === '/' ? '' : io.cwd}/${name.replace(/\/+$/, '')}`;
  const there = await io.files.list(root);
  if ((there === null && (await io.files.exists(root))) || (there && there.length > 0))
    throw fatal(`destination path '${name}' already exists and is not an empty directory.`);
  if (!read.has('quiet')) io.err(`Cloning into '${name}'...\n`);
  const wire = await ask(io, remote);
  const branch = read.one('branch') ?? wire.trunk;
  if (wire.branches[branch] === undefined) throw fatal(`Remote branch ${branch} not found in upstream origin`);
  const store: Store = {
    ...{
      remote,
      branch,
      detached: null,
      previous: null,
      branches: bare({}),
      remotes: bare(wire.branches),
      trunk: wire.trunk,
    },
    ...{ upstreams: bare({ [branch]: branch }), fetched: null, index: {}, commits: {}, blobs: {}, user: {} },
  };
  takeIn(store, wire);
  store.branches[branch] = wire.branches[branch];
  store.index = store.commits[wire.branches[branch]]?.tree ?? {};
  const made: Clone = { io, root, prefix: '', store };
  await io.files.makeFolder(root);
  await writeTree(made, {}, store.index);
  await save(made);
  return 0;
}

export async function fetch(argv: string[], clone: Clone): Promise<number> {
  const read = readArguments('git fetch', argv, { switches: ['quiet q', 'prune p', 'all'] });
  const [remote, ...names] = read.words;
  checkRemote(clone, remote);
  await fetched(clone, names, { isQuiet: read.has('quiet'), isPruning: read.has('prune') });
  await save(clone);
  return 0;
}

/** Takes in what the remote has of all branches, or of those that are named. */
export async function fetched(
  clone: Clone,
  names: readonly string[],
  { isQuiet, isPruning }: { isQuiet: boolean; isPruning: boolean },
): Promise<void> {
  const { io, store } = clone;
  const wire = await ask(io, store.remote);
  const wanted = names.length > 0 ? names : Object.keys(wire.branches).sort();
  const absent = wanted.find((name) => wire.branches[name] === undefined && wire.branches[plain(name)] === undefined);
  if (absent !== undefined) throw fatal(`couldn't find remote ref ${absent}`);
  takeIn(store, wire);
  const rows: { lead: string; what: string; from: string; to: string }[] = [];
  if (isPruning && names.length === 0)
    for (const name of Object.keys(store.remotes).filter((one) => wire.branches[one] === undefined)) {
      delete store.remotes[name];
      rows.push({ lead: '-', what: '[deleted]', from: '(none)', to: `origin/${name}` });
    }
  for (const name of wanted.map(plain)) {
    const [old, now = ''] = [store.remotes[name], wire.branches[name]];
    if (names.length > 0) rows.push({ lead: '*', what: 'branch', from: name, to: 'FETCH_HEAD' });
    if (old !== now) rows.push({ ...moved(store, old, now), from: name, to: `origin/${name}` });
    store.remotes[name] = now;
  }
  const first = names[0] ?? store.upstreams[store.branch ?? ''] ?? store.trunk;
  store.fetched = wire.branches[plain(first)] ?? null;
  if (isQuiet || rows.length === 0) return;
  const width = Math.max(10, ...rows.map(({ from }) => from.length));
  io.err(`From ${store.remote.replace(/\/*$/, '').replace(/\.git$/, '')}\n`);
  for (const { lead, what, from, to } of rows)
    io.err(` ${lead} ${what.padEnd(17)} ${from.padEnd(width)} -> ${to}${lead === '+' ? '  (forced update)' : ''}\n`);
}

const plain = (name: string): string => (name === 'HEAD' ? name : name.replace(/^refs\/heads\//, ''));

function moved(store: Store, old: string | undefined, now: string): { lead: string; what: string } {
  const [before, after] = [store.commits[old ?? ''], store.commits[now]];
  if (old === undefined || !before || !after) return { lead: '*', what: '[new branch]' };
  return isAncestor(store, before, after)
    ? { lead: ' ', what: `${short(old)}..${short(now)}` }
    : { lead: '+', what: `${short(old)}...${short(now)}` };
}

export async function lsRemote(argv: string[], io: CommandIo): Promise<number> {
  const read = readArguments('git ls-remote', argv, { switches: ['heads h', 'quiet q', 'exit-code', 'tags t'] });
  const [name, ...patterns] = read.words;
  const isAddress = name?.includes('://') ?? false;
  const remote = isAddress ? (name ?? '') : (await openClone(io)).store.remote;
  const wire = await ask(io, remote);
  if (name === undefined && !read.has('quiet')) io.err(`From ${remote}\n`);
  const branches = Object.entries(wire.branches).map(([branch, id]) => [`refs/heads/${branch}`, id] as const);
  const heads = read.has('heads') ? [] : [['HEAD', wire.branches[wire.trunk] ?? ''] as const];
  const isMeant = (ref: string) =>
    patterns.length === 0 ||
    patterns.some((one) =>
      new RegExp(`(^|/)${one.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(ref),
    );
  const rows =
    read.has('tags') && !read.has('heads')
      ? []
      : [...heads, ...branches.sort(([a], [b]) => (a < b ? -1 : 1))].filter(([ref]) => isMeant(ref));
  io.out(rows.map(([ref, id]) => `${id}\t${ref}\n`).join(''));
  return rows.length === 0 && read.has('exit-code') ? 2 : 0;
}
