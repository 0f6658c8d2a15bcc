/** The config of an image, as far as skopeo prints it. */

interface Process {
  User?: string;
  ExposedPorts?: Record<string, unknown>;
  Env?: string[];
  Entrypoint?: string[];
  Cmd?: string[];
  Volumes?: Record<string, unknown>;
  WorkingDir?: string;
  Labels?: Record<string, string>;
  StopSignal?: string;
}

export interface ImageConfig {
  created?: string;
  author?: string;
  architecture?: string;
  os?: string;
  config?: Process;
  rootfs?: { type?: string; diff_ids?: string[] };
  history?: Record<string, unknown>[];
}

const ROOT = ['created', 'author', 'architecture', 'os', 'config', 'rootfs', 'history'];
const PROCESS = ['User', 'ExposedPorts', 'Env', 'Entrypoint', 'Cmd', 'Volumes', 'WorkingDir', 'Labels', 'StopSignal'];
const HISTORY = ['created', 'created_by', 'author', 'comment', 'empty_layer'];

/** In the order in which Go writes its fields; others than these it does not know. */
export function ordered(config: ImageConfig): Record<string, unknown> {
  const { config: inner = {}, history } = config;
  return picked(
    {
      ...{ ...config, architecture: config.architecture ?? '', os: config.os ?? '' },
      config: picked({ ...inner, ...(inner.Labels ? { Labels: byKey(inner.Labels) } : {}) }, PROCESS),
      rootfs: { type: config.rootfs?.type ?? '', diff_ids: config.rootfs?.diff_ids ?? null },
      ...(history ? { history: history.map((row) => picked(row, HISTORY)) } : {}),
    },
    ROOT,
  );
}

function picked(from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}

/** A map as Go writes it. */
export const byKey = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
