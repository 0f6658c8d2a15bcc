/** Loaded with --import ahead of a script: keeps what Node compiles, which halves the time that the script needs to begin. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '../.cache/code'));
