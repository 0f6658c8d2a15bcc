import { SourceError } from '#sources/error.ts';
import { inListOrder, type Package } from '#status/packages.ts';
import { JsonFault, jsonStrings } from './json-strings.ts';
import { isRpm, packageOf } from './purl.ts';

/** SPDX 2 and CycloneDX as they come, reduced to the RPMs that they name. */

export interface SbomContents {
  format: 'spdx' | 'cyclonedx';
  /** By name, then evr, then arch; none twice. */
  packages: Package[];
  /** Package URLs of RPMs that could not be read. */
  unreadable: number;
}

export interface SbomReader {
  write(part: Uint8Array): void;
  end(): void;
  /** What was read; only after `end`. */
  contents(): SbomContents;
}

const MANY = 20_000;

/** A reader of one SBOM, called `what` in its errors; a SourceError where it is none, and `too-large` at over 20,000 RPMs. */
export function sbomReader(what: string): SbomReader {
  const found = new Map<string, Package>();
  let format: SbomContents['format'] | null = null;
  let unreadable = 0;
  const fail = (why: string) => new SourceError('sbom', 'unreadable', `${what}: ${why}`);

  const strings = jsonStrings((text, path) => {
    if (path.length === 1) format ??= formatOf(path[0], text);
    if (!isRpm(text) || !isPurl(path)) return;
    const one = packageOf(text);
    if (one === undefined) unreadable += 1;
    if (!one) return;
    found.set(`${one.name} ${one.evr} ${one.arch}`, one);
    if (found.size > MANY) throw new SourceError('sbom', 'too-large', `${what} lists over ${MANY} RPMs`);
  });

  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw error instanceof JsonFault ? fail(error.message) : error;
    }
  };

  return {
    write: (part) => guarded(() => strings.write(part)),
    end: () => guarded(() => strings.end()),
    contents() {
      if (!format) throw fail('it is neither SPDX 2 nor CycloneDX');
      return { format, unreadable, packages: inListOrder([...found.values()]) };
    },
  };
}

function formatOf(key: string | undefined, text: string): SbomContents['format'] | null {
  if (key === 'spdxVersion' && text.startsWith('SPDX-2.')) return 'spdx';
  return key === 'bomFormat' && text === 'CycloneDX' ? 'cyclonedx' : null;
}

/** Where package URLs stand: `packages[].externalRefs[].referenceLocator`, `components[]….purl`. */
function isPurl(path: readonly string[]): boolean {
  const [first] = path;
  if (first === 'packages') return path.length === 5 && path[2] === 'externalRefs' && path[4] === 'referenceLocator';
  if (first !== 'components' || path.at(-1) !== 'purl') return false;
  // A component may hold components; what else names one, such as its pedigree, is not in the image.
  return path.slice(0, -1).every((key, index) => key === (index % 2 === 0 ? 'components' : '*'));
}
