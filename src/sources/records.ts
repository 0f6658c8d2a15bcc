import { PipelineDefinition } from '#pipeline/definition.ts';
import { Recording } from '#pipeline/recording.ts';
import type { Arch } from '#status/arch.ts';
import { type PackageList, readPackages, writePackages } from '#status/packages.ts';

/** What was once found out about a digest and does not change: too large for the snapshot, kept beside it. */
export interface Records {
  /** By the digest of the image (its index) and the arch. */
  packages(image: string, arch: Arch): Promise<PackageList | null>;
  keepPackages(list: PackageList): Promise<void>;
  /** Of the build of an image, as its attestation tells it. */
  recording(image: string): Promise<Recording | null>;
  /** Of a run by its name, as the cluster told it. */
  runRecording(run: string): Promise<Recording | null>;
  keepRecording(recording: Recording): Promise<void>;
  /** Text of any record by its name, as in `updates/45.json`; null where there is none. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  /** Whether there is a record of this name that is not empty, without reading it. */
  has(name: string): Promise<boolean>;
}

/** Texts by name: what a folder does, or a map. */
export type Shelf = Pick<Records, 'read' | 'write' | 'has'>;

const hexOf = (digest: string): string => digest.replace('sha256:', '');
export const packagesName = (image: string, arch: Arch): string => `packages/${hexOf(image)}/${arch}.json`;
export const recordingName = (image: string): string => `recordings/${hexOf(image)}.json`;
/** Whether a run's name is fit for the name of a record. */
export const isRunName = (run: string): boolean => /^[a-z0-9][a-z0-9.-]{0,94}$/.test(run);
export const runRecordingName = (run: string): string => `recordings/run-${run}.json`;
/** A pipeline's definition by its digest. */
export const pipelineName = (digest: string): string => `pipelines/${hexOf(digest)}.json`;
/** A text of upstream by its digest, on a shelf of its own. */
export const yamlName = (digest: string): string => `${hexOf(digest)}.yaml`;

/** Records on a shelf; a damaged one counts as none, since it can be found out anew. */
export function records(shelf: Shelf): Records {
  const recordingAt = async (name: string) => {
    const text = await shelf.read(name);
    return text === null ? null : parseRecording(text);
  };
  return {
    ...shelf,
    async packages(image, arch) {
      const text = await shelf.read(packagesName(image, arch));
      return text === null ? null : readPackages(text);
    },
    keepPackages: (list) => shelf.write(packagesName(list.image, list.arch), writePackages(list)),
    recording: (image) => recordingAt(recordingName(image)),
    runRecording: (run) => recordingAt(runRecordingName(run)),
    keepRecording: (recording) => shelf.write(nameOf(recording), `${JSON.stringify(recording)}\n`),
  };
}

function nameOf({ origin, image, run }: Recording): string {
  if (origin === 'attestation' && image) return recordingName(image);
  if (!run) throw new TypeError('A recording without an image needs the name of its run: pass one.');
  return runRecordingName(run);
}

function parseRecording(text: string): Recording | null {
  try {
    return Recording.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A pipeline's definition as its record tells it; null where that is damaged, so that it is found out anew. */
export function parseDefinition(text: string): PipelineDefinition | null {
  try {
    return PipelineDefinition.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A shelf in memory, for the sample and for tests. */
export function memoryShelf(): Shelf & { texts: ReadonlyMap<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    read: async (name) => texts.get(name) ?? null,
    write: async (name, text) => void texts.set(name, text),
    has: async (name) => Boolean(texts.get(name)),
  };
}
