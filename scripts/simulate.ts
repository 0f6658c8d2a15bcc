import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serve } from '#host/serve.ts';
import { readWorld } from '#host/world.ts';
import { simulate } from '#sim/index.ts';

/** npm run simulate -- [--world NAME] [--port N] [--limits]: serves a pretend world until it is interrupted. */

const WORLDS = new URL('../content/worlds/', import.meta.url);
const worlds = readdirSync(WORLDS)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));

const { world, port, limits } = options();
const file = `content/worlds/${world}.yaml`;
const { url, close } = await start().catch((error: Error) => wrongUse(error.message));

const services = {
  SLIPWAY_QUAY_API: '/quay.io/api/v1',
  SLIPWAY_QUAY_REGISTRY: '/quay.io',
  SLIPWAY_FEDORA_REGISTRY: '/registry.fedoraproject.org',
  SLIPWAY_BODHI_API: '/bodhi',
  SLIPWAY_ENDOFLIFE_API: '/endoflife/api',
  SLIPWAY_KONFLUX_API: '/konflux',
  SLIPWAY_KUBEARCHIVE_API: '/kubearchive',
  SLIPWAY_GITHUB_API: '/github',
  SLIPWAY_GITLAB_API: '/gitlab/api/v4',
  SLIPWAY_COMPOSE_ROOT: '/compose/compose',
  SLIPWAY_FCOS_STREAMS: '/streams',
};
for (const [name, path] of Object.entries(services)) console.log(`${name}=${url}${path}`);
console.log('ready');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());

async function start() {
  const path = fileURLToPath(new URL(`${world}.yaml`, WORLDS));
  return serve(simulate(await readWorld(path, file), { limits }), { port });
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        world: { type: 'string', default: 'sample' },
        port: { type: 'string', default: '0' },
        limits: { type: 'boolean', default: false },
      },
    });
    if (!worlds.includes(values.world)) return wrongUse(`There is no world called "${values.world}".`);
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
      return wrongUse(`"${values.port}" is not a port.`);
    return { ...values, port: Number(values.port) };
  } catch (error) {
    return wrongUse((error as Error).message);
  }
}

function wrongUse(message: string): never {
  console.error(
    `${message}\nUse: npm run simulate -- [--world NAME] [--port N] [--limits]\nWorlds: ${worlds.join(', ')}`,
  );
  process.exit(2);
}
