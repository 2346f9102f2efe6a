// A module of a bundle no longer stands where its source does. What it looks for beside itself, and the native modules that
// it loads, are found from the package that they belong to.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../guards/files.ts';

/** The questions that rolldown asks a plugin while it bundles, as far as they are answered here. */
interface Plugin {
  name: string;
  resolveId?(specifier: string, importer: string | undefined): { id: string } | undefined;
  load?(id: string): string | undefined;
  transform?(code: string, id: string): { code: string; map: null } | undefined;
}

const ofOurs = /\/packages\/([^/]+)\/src\/(.+)\.ts$/;

/** The place, at run time, that the built file of a module of ours has, or would have without a bundle. */
function builtPlace(id: string): string {
  const [, folder = '', module = ''] = ofOurs.exec(id) ?? [];
  // The files of the bundle itself lie in a folder of `dist`.
  if (folder === 'cli') return `new URL('../${module}.js', import.meta.url).href`;
  const { name, exports } = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) as {
    name: string;
    exports: { '.'?: { default?: string } };
  };
  if (exports['.']?.default !== './dist/index.js') throw new Error(`${name} has no dist/index.js to start from.`);
  return `new URL('./${module}.js', import.meta.resolve('${name}')).href`;
}

/** Gives `import.meta.url` in our modules the value that it has in the built packages. */
export function placesOfModules(): Plugin {
  return {
    name: 'places-of-modules',
    transform(code, id) {
      if (!ofOurs.test(id) || !code.includes('import.meta.url')) return undefined;
      return { code: code.replaceAll('import.meta.url', builtPlace(id)), map: null };
    },
  };
}

const PREFIX = '\0native:';

/** Takes modules with a native part from where the package of ours that imports them finds them. */
export function nativeModules(names: readonly string[]): Plugin {
  return {
    name: 'native-modules',
    resolveId(specifier, importer = '') {
      const folder = ofOurs.exec(importer)?.[1];
      if (folder === undefined || !names.includes(specifier)) return undefined;
      return { id: `${PREFIX}${folder}/${specifier}` };
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const [folder = '', name = ''] = id.slice(PREFIX.length).split('/');
      if (!existsSync(join(root, 'packages', folder))) throw new Error(`There is no package ${folder}.`);
      return [
        "import { createRequire } from 'node:module';",
        `export default createRequire(import.meta.resolve('@hallpass/${folder}'))('${name}');`,
      ].join('\n');
    },
  };
}

/**
 * Takes `process` from where it always is. An import of `node:process` reads all its properties, and some of them load
 * a part of Node that nobody has asked for.
 */
export function processAsItIs(): Plugin {
  const id = '\0process';
  return {
    name: 'process-as-it-is',
    resolveId: (specifier) => (specifier === 'node:process' ? { id } : undefined),
    load: (asked) => (asked === id ? 'export default globalThis.process;' : undefined),
  };
}
