import { ensureBrowser } from './browser.ts';
import { type Absent, CLIENTS, type Client, ensureClients } from './clients.ts';
import { thisMachine } from './machine.ts';
import type { Stage } from './stages.ts';

/** Clients and a browser for these stages: what there is, and what cannot be had with the reason. */
export async function provide(
  stages: readonly Stage[],
  say: (text: string) => void,
): Promise<{ absent: Absent[]; browser: string | null }> {
  const machine = thisMachine(say);
  const needs = new Set(stages.flatMap((stage) => stage.needs));
  const absent = await ensureClients(
    machine,
    (Object.keys(CLIENTS) as Client[]).filter((name) => needs.has(name)),
  );
  if (!needs.has('browser')) return { absent, browser: null };
  const { chromium } = await import('@playwright/test');
  const found = await ensureBrowser(machine, chromium.executablePath());
  if ('why' in found) return { absent: [...absent, found], browser: null };
  say(`browser: ${found.path}, from ${found.from}`);
  return { absent, browser: found.path };
}
