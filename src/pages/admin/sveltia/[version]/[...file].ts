import type { APIContext } from 'astro';
import { cmsFile, cmsFiles, cmsVersion } from '#host/cms.ts';

/** The editor of /admin/, from its package and from no other origin. */
export const getStaticPaths = () => {
  const version = cmsVersion();
  return cmsFiles().map((file) => ({ params: { version, file } }));
};

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  png: 'image/png',
  txt: 'text/plain',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
};

export const GET = ({ params }: APIContext): Response => {
  const name = params['file'] ?? '';
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return new Response(cmsFile(name), { headers: { 'content-type': type } });
};
