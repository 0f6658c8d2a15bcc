import { writeFileSync } from 'node:fs';

/** Loaded into a measured process with --import: leaves what it has used in the file that BENCH_USAGE names. */

const file = process.env['BENCH_USAGE'];
// Workers inherit the import; the process itself is what is measured, and it ends last.
if (file) process.on('exit', () => writeFileSync(file, JSON.stringify(process.resourceUsage())));
