import type { APIRoute } from 'astro';
import { markdown } from '#runbook/export/markdown.ts';
import { exampleOf, runbookPaths, textFile } from './_file.ts';

export const getStaticPaths = runbookPaths;

export const GET: APIRoute = async (context) => textFile(markdown(await exampleOf(context)), 'text/markdown');
