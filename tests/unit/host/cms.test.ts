import { expect, test } from 'vitest';
import { cmsFile, cmsFiles, cmsVersion, withOwnFonts } from '#host/cms.ts';

test('the editor takes its fonts from beside it', () => {
  const script = cmsFile('index.js').toString();
  expect(script).not.toContain('cdn.jsdelivr.net');
  const fonts = [...script.matchAll(/url\((sveltia\/[^)]+\.woff2)\)/g)].map(([, path]) => path);
  expect(fonts.length).toBe(3);
  for (const path of fonts) expect(cmsFiles()).toContain(path?.replace(`sveltia/${cmsVersion()}/`, ''));
});

test('a font that the package does not bring stops the build', () => {
  const address = 'url(https://cdn.jsdelivr.net/fontsource/fonts/other:vf@1.0.0/latin.woff2)';
  expect(() => withOwnFonts(address, ['assets/noto-mono-latin.woff2'], '1.0.0')).toThrow(/has no file for .*other/);
});

test('maps of the sources are not published', () => {
  expect(cmsFiles()).toContain('index.js');
  expect(cmsFiles().filter((name) => name.endsWith('.map'))).toEqual([]);
});
