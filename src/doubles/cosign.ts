import { type Arguments, optionOf, readArguments, UsageError } from './arguments.ts';
import type { Double, DoubleIo } from './double.ts';
import { bytesOf, type Verify, verifierOf } from './ecdsa.ts';
import { nameOf, parseReference, type Reference } from './reference.ts';
import { type Manifest, readBlob, readManifest, resolve } from './registry.ts';

/** A stand-in for cosign: it really reads the registry and really verifies, and knows only what the runbooks use. */

const VALUED = ['key', 'type', 'output', 'platform'];
const FLAGS = ['insecure-ignore-tlog', 'f', 'force'];
const SIGNATURE = 'dev.cosignproject.cosign/signature';
const TYPES: Readonly<Record<string, string>> = {
  slsaprovenance: 'https://slsa.dev/provenance/v0.2',
  slsaprovenance1: 'https://slsa.dev/provenance/v1',
  spdxjson: 'https://spdx.dev/Document',
  cyclonedx: 'https://cyclonedx.org/bom',
};

export const cosign: Double = async (argv, io) => {
  const given = readArguments('cosign', argv, VALUED, FLAGS);
  const [verb, what] = given.words;
  if (verb === 'verify') return verify(given, io);
  if (verb === 'verify-attestation') return verifyAttestation(given, io);
  if (verb === 'download' && what === 'attestation') return downloadAttestation(given, io);
  if (verb === 'download' && what === 'sbom') return downloadSbom(given, io);
  if (verb === 'tree') return tree(given, io);
  throw new UsageError(
    `Our stand-in for cosign does not know "${given.words.slice(0, 2).join(' ')}". The real cosign may.`,
  );
};

async function verify(given: Arguments, io: DoubleIo): Promise<number> {
  const reference = parseReference(given.words[1] ?? '');
  const digest = await resolve(io.fetch, reference);
  const check = await keyOf(given, io);
  const beside = await besideOf(io, reference, digest, 'sig');
  if (!beside) return refuse(io, 'no signatures found');
  const good: unknown[] = [];
  for (const layer of beside.layers) {
    const payload = await readBlob(io.fetch, reference, layer.digest);
    const claim = JSON.parse(text(payload));
    const isOurs = claim?.critical?.image?.['docker-manifest-digest'] === digest;
    if (isOurs && (await check(bytesOf(layer.annotations[SIGNATURE] ?? ''), payload))) good.push(claim);
  }
  if (good.length === 0) return refuse(io, 'no matching signatures');
  report(io, given.words[1] ?? '');
  io.out(`\n${JSON.stringify(good)}\n`);
  return 0;
}

async function verifyAttestation(given: Arguments, io: DoubleIo): Promise<number> {
  const reference = parseReference(given.words[1] ?? '');
  const digest = await resolve(io.fetch, reference);
  const check = await keyOf(given, io);
  const wanted = optionOf(given, 'type') ?? 'custom';
  const envelopes = await envelopesOf(io, reference, digest);
  if (envelopes.length === 0) return refuse(io, 'no attestations found');
  const good: string[] = [];
  for (const envelope of envelopes) {
    const { payload, payloadType, signatures } = JSON.parse(envelope);
    const statement = JSON.parse(text(bytesOf(payload)));
    const isWanted = statement.predicateType === (TYPES[wanted] ?? wanted);
    const signed = pae(payloadType, bytesOf(payload));
    const names = (statement.subject ?? []).some(
      (one: { digest?: { sha256?: string } }) => `sha256:${one.digest?.sha256}` === digest,
    );
    for (const { sig } of signatures) if (isWanted && names && (await check(bytesOf(sig), signed))) good.push(envelope);
  }
  if (good.length === 0) return refuse(io, 'no matching attestations');
  report(io, given.words[1] ?? '');
  io.out(`${good.join('\n')}\n`);
  return 0;
}

async function downloadAttestation(given: Arguments, io: DoubleIo): Promise<number> {
  const reference = parseReference(given.words[2] ?? '');
  const envelopes = await envelopesOf(io, reference, await resolve(io.fetch, reference));
  if (envelopes.length === 0) return refuse(io, 'found no attestations');
  io.out(`${envelopes.join('\n')}\n`);
  return 0;
}

async function downloadSbom(given: Arguments, io: DoubleIo): Promise<number> {
  const reference = parseReference(given.words[2] ?? '');
  const digest = await ofPlatform(io, reference, optionOf(given, 'platform'));
  const beside = await besideOf(io, reference, digest, 'sbom');
  const layer = beside?.layers[0];
  if (!layer) return refuse(io, `no sbom attached to reference ${nameOf(reference)}@${digest}`);
  io.out(text(await readBlob(io.fetch, reference, layer.digest)));
  return 0;
}

async function tree(given: Arguments, io: DoubleIo): Promise<number> {
  const reference = parseReference(given.words[1] ?? '');
  const digest = await resolve(io.fetch, reference);
  io.out(`📦 Supply Chain Security Related artifacts for an image: ${given.words[1]}\n`);
  for (const [suffix, title] of [
    ['att', '💾 Attestations'],
    ['sig', '🔐 Signatures'],
    ['sbom', '📦 SBOMs'],
  ] as const) {
    const beside = await besideOf(io, reference, digest, suffix);
    if (!beside) continue;
    io.out(`└── ${title} for an image tag: ${nameOf(reference)}:${tagOf(digest, suffix)}\n`);
    for (const { digest: layer } of beside.layers) io.out(`   └── 🍒 ${layer}\n`);
  }
  return 0;
}

async function ofPlatform(io: DoubleIo, reference: Reference, platform: string | undefined): Promise<string> {
  const digest = await resolve(io.fetch, reference);
  if (platform === undefined) return digest;
  const index = await readManifest(io.fetch, reference, digest);
  const child = index?.children.find((one) => one.platform === platform);
  if (!child) throw new Error(`no image of the platform ${platform} in ${nameOf(reference)}@${digest}`);
  return child.digest;
}

async function envelopesOf(io: DoubleIo, reference: Reference, digest: string): Promise<string[]> {
  const beside = await besideOf(io, reference, digest, 'att');
  return Promise.all(
    (beside?.layers ?? []).map(async (layer) => text(await readBlob(io.fetch, reference, layer.digest)).trim()),
  );
}

const besideOf = (io: DoubleIo, reference: Reference, digest: string, suffix: string): Promise<Manifest | null> =>
  readManifest(io.fetch, reference, tagOf(digest, suffix));

const tagOf = (digest: string, suffix: string): string => `${digest.replace(':', '-')}.${suffix}`;

async function keyOf(given: Arguments, io: DoubleIo): Promise<Verify> {
  const path = optionOf(given, 'key');
  if (path === undefined) throw new UsageError('Our stand-in for cosign verifies with --key only.');
  const isLogged = given.options.get('insecure-ignore-tlog');
  if (isLogged !== true && isLogged !== 'true')
    throw new UsageError(
      'Our stand-in for cosign looks into no transparency log: add --insecure-ignore-tlog=true. Konflux writes nothing to one.',
    );
  const key = await io.readFile(path).catch(() => {
    throw new Error(`open ${path}: no such file or directory`);
  });
  return verifierOf(text(key));
}

/** What the real one writes to the error stream before the claims. */
function report(io: DoubleIo, name: string): void {
  const checks = ['The cosign claims were validated', 'The signatures were verified against the specified public key'];
  const lines = checks.map((check) => `  - ${check}`).join('\n');
  io.err(`\nVerification for ${name} --\nThe following checks were performed on each of these signatures:\n${lines}\n`);
}

function refuse(io: DoubleIo, why: string): number {
  io.err(`Error: ${why}\n`);
  return 1;
}

/** The bytes that a DSSE envelope signs. */
function pae(type: string, body: Uint8Array): Uint8Array {
  const encode = new TextEncoder();
  const head = encode.encode(`DSSEv1 ${encode.encode(type).length} ${type} ${body.length} `);
  return Uint8Array.from([...head, ...body]);
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
