import type { AstroIntegration } from 'astro';

interface Processor {
  options: { mdastPlugins: unknown[] };
}

interface Link {
  url: string;
}

interface Context {
  setProperty(node: Link, name: 'url', value: string): void;
}

/** Lets a Markdown page write `/status/` and still be right when the site lies under a base path. */
export function linksUnderBase(base: string): AstroIntegration {
  return {
    name: 'slipway-links',
    hooks: {
      'astro:config:setup': ({ config }) => {
        const processor = config.markdown.processor;
        if (!isExtensible(processor)) {
          throw new Error(
            `The Markdown processor "${processor?.name}" takes no mdast plugins: teach src/links.ts its way.`,
          );
        }
        processor.options.mdastPlugins.push({
          name: 'links-under-base',
          link: rewrite(base),
          definition: rewrite(base),
        });
      },
    },
  };
}

/** `/status/` to `/slipway/status/`; everything else stays. */
export function underBase(url: string, base: string): string {
  return url.startsWith('/') && !url.startsWith('//') ? base + url.slice(1) : url;
}

function rewrite(base: string) {
  return (node: Link, context: Context) => {
    const url = underBase(node.url, base);
    if (url !== node.url) context.setProperty(node, 'url', url);
  };
}

function isExtensible(processor: unknown): processor is Processor {
  if (typeof processor !== 'object' || processor === null || !('options' in processor)) return false;
  const { options } = processor;
  return (
    typeof options === 'object' && options !== null && 'mdastPlugins' in options && Array.isArray(options.mdastPlugins)
  );
}
