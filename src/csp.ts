import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Gives every built page a Content-Security-Policy with the hashes of exactly its own inline scripts and styles. */
export function contentSecurityPolicy(): AstroIntegration {
  return {
    name: 'slipway-csp',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const cwd = fileURLToPath(dir);
        for await (const name of glob('**/*.html', { cwd })) {
          const file = new URL(name, dir);
          await writeFile(file, withPolicy(await readFile(file, 'utf8')));
        }
      },
    },
  };
}

/** The page with its policy, placed behind the charset and before the first script; one that brings its own keeps it. */
export function withPolicy(html: string): string {
  if (/<meta http-equiv="content-security-policy"/i.test(html)) return html;
  const meta = `<meta http-equiv="content-security-policy" content="${policy(html)}">`;
  return html.replace(/<head[^>]*>(\s*<meta charset[^>]*>)?/i, (head) => head + meta);
}

/** What the page may load and run. */
export function policy(html: string): string {
  const scripts = hashes(html, /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi);
  const styles = hashes(html, /<style[^>]*>([\s\S]*?)<\/style>/gi);
  return [
    "default-src 'self'",
    // Pagefind, the search, is WebAssembly.
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(' '),
    ["style-src 'self'", ...styles].join(' '),
    // Code colours are custom properties in style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
}

function hashes(html: string, elements: RegExp): string[] {
  const found = [...html.matchAll(elements)].map((match) => match[1] ?? '').filter((body) => body !== '');
  return [...new Set(found)].map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`);
}
