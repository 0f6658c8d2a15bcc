import { digestOf } from './read.ts';

/** Content that never changes, kept by its digest. */
export interface Content {
  read(digest: string): Promise<Uint8Array | null>;
  write(digest: string, bytes: Uint8Array): Promise<void>;
}

/** A store that forgets what no longer matches its digest, so that damage on disk costs one request. */
export function verified(store: Content): Content {
  return {
    async read(digest) {
      const bytes = await store.read(digest);
      return bytes && digestOf(bytes) === digest ? bytes : null;
    },
    write: (digest, bytes) => store.write(digest, bytes),
  };
}

/** A store in memory, for the sample and for tests. */
export function inMemory(): Content {
  const kept = new Map<string, Uint8Array>();
  return {
    read: async (digest) => kept.get(digest) ?? null,
    write: async (digest, bytes) => void kept.set(digest, bytes),
  };
}
