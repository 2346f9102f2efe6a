// The program `rolldown` reads here how the command line is bundled: all that a command needs is in a few files, because
// finding, reading and linking a thousand modules takes longer than running them. Each command still loads its own
// part alone.
import { dirname, join, resolve } from 'node:path';
import { root } from '../../guards/files.ts';
import { licencesOfOthers } from './licences.ts';
import { nativeModules, placesOfModules, processAsItIs } from './module-places.ts';

/** Sources as a stack names them: `@hallpass/server/src/parse/host.ts`, `kysely/dist/kysely.js`. */
const nameOfSource = (source: string, map: string): string =>
  resolve(dirname(map), source)
    .replaceAll('\\', '/')
    .replace(/^.*\/node_modules\//, '')
    .replace(/^.*\/packages\/([^/]+)\//, '@hallpass/$1/');

export default {
  cwd: root,
  input: {
    main: 'packages/cli/src/main.ts',
    index: 'packages/cli/src/index.ts',
    sealed: 'packages/cli/src/sealed/main.ts',
    'heap-growth': 'packages/cli/src/surroundings/heap-growth.ts',
  },
  platform: 'node',
  // A package with a form for `import` and one for `require` is bundled in the form that Node would load.
  resolve: { conditionNames: ['source', 'node'] },
  external: [
    // Files for browsers lie beside the code of these.
    '@hallpass/console',
    '@hallpass/sdk',
    // Installed by those who want it.
    '@hallpass/mcp',
    'pg-native',
  ],
  plugins: [nativeModules(['sodium-native']), processAsItIs(), placesOfModules(), licencesOfOthers()],
  output: {
    dir: join(root, 'packages/cli/dist/command'),
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    // V8 keeps the text of what it runs: without spaces and comments it is shorter, and of characters of one byte each.
    // Names stay, for stacks.
    minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
    charset: 'ascii',
    keepNames: true,
    sourcemap: true,
    sourcemapExcludeSources: true,
    sourcemapPathTransform: nameOfSource,
  },
};
