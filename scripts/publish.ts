import { fileURLToPath } from 'node:url';
import { publish, restore } from '#host/writer.ts';
import { mergeHistory } from '#status/history.ts';

/** Keeps what was last seen on the branch `status`: `publish` puts it there, `restore` brings it back. */

const keeping = {
  clone: fileURLToPath(new URL('..', import.meta.url)),
  dir: fileURLToPath(new URL('../content/status', import.meta.url)),
  remote: process.env['SLIPWAY_REMOTE'] || 'origin',
  branch: process.env['SLIPWAY_BRANCH'] || 'status',
  mergeHistory,
};

async function main(verb: string | undefined): Promise<number> {
  if (verb === 'publish') {
    const { commit, tries, files } = await publish(keeping);
    const tried = tries === 1 ? '' : `, at try ${tries}`;
    console.log(
      commit
        ? `status: ${files} files are on "${keeping.branch}" as ${commit.slice(0, 10)}${tried}`
        : `status: "${keeping.branch}" holds all of it already`,
    );
    return 0;
  }
  if (verb === 'restore') {
    console.log(`status: ${await restore(keeping)} files came from "${keeping.branch}"`);
    return 0;
  }
  console.error('publish: say what to do. Use "npm run publish:status" or "npm run restore:status".');
  return 2;
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  console.error(`status: ${(error as Error).message}`);
  process.exitCode = 1;
}
