/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';

export default getViteConfig({
  test: {
    include: ['tests/{unit,site,pseudo,real}/**/*.test.ts'],
    testTimeout: 20_000,
  },
});
