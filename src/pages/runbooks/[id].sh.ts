import type { APIRoute } from 'astro';
import { script } from '#runbook/export/script.ts';
import { exampleOf, runbookPaths, textFile } from './_file.ts';

export const getStaticPaths = runbookPaths;

export const GET: APIRoute = async (context) => textFile(script(await exampleOf(context)), 'text/x-shellscript');
