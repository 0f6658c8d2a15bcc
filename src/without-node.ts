const STUB = '\0slipway:zlib';

/** A plugin of Vite. For bundles of the browser: just-bash asks for zlib at its start, and needs it for gzip and gunzip alone. */
export function withoutNode() {
  return {
    name: 'slipway-without-node',
    enforce: 'pre' as const,
    resolveId: (id: string) => (id === 'node:zlib' ? STUB : null),
    load: (id: string) =>
      id === STUB
        ? `const none = () => { throw new Error('not simulated: the practice shell has no gzip'); };
export const gzipSync = none, gunzipSync = none, constants = {};`
        : null,
  };
}
