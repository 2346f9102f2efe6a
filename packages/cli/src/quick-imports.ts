// Makes the start quicker, from the sources by a third and from the bundle by a tenth. For each import Node asks the file
// system several times: is it a link, is there a package.json nearer by, of which kind is the file? Where all of that is
// certain, this answers in its place.
import { registerHooks } from 'node:module';

const ours = new URL('../../', import.meta.url).href;
/** The files of the bundle; there are none beside the sources. */
const bundle = new URL('command/', import.meta.url).href;

/**
 * Packages of hundreds of small files that are ES modules without exception: inside them `./x.js` is the file of that
 * name.
 */
const plainPackages = /\/node_modules\/(?:kysely\/dist|zod\/v4|hono\/dist)\/(?!cjs\/).*\.js$/;

function certainFormat(url: string): 'module' | 'module-typescript' | undefined {
  if (url.startsWith(bundle)) return 'module';
  if (url.startsWith(ours) && url.endsWith('.ts')) return 'module-typescript';
  return plainPackages.test(url) ? 'module' : undefined;
}

export function quickImports(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (parentURL === undefined || !specifier.startsWith('.')) return next(specifier, context);
      const format = certainFormat(parentURL);
      const { href: url } = new URL(specifier, parentURL);
      if (format === undefined || certainFormat(url) !== format) return next(specifier, context);
      return { url, format, shortCircuit: true };
    },
  });
}
