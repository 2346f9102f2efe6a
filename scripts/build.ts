// `npm run build`: makes of every package what is published: ES modules and types in `dist`, the licence beside them.
// What browsers run is bundled, and the command line, which would else load a thousand files. A second run builds only what
// has changed.
import { copyFileSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildBrowserFiles } from './build-browser.ts';
import { buildCommand } from './build-command.ts';
import { root } from './guards/files.ts';
import { packageFolders } from './package/folders.ts';
import { run } from './test/process.ts';

const LIMIT = 300_000;

const begun = performance.now();
for (const folder of packageFolders()) removeStale(folder);
await build(['node_modules/typescript/bin/tsc', '-b', ...packageFolders().flatMap(projectOf)]);
await buildCommand(() => {});
await buildBrowserFiles(() => {});
for (const folder of packageFolders()) copyFileSync(join(root, 'LICENSE'), join(root, folder, 'LICENSE'));
const sdk = gzipSync(readFileSync(join(root, 'packages/sdk/dist/web/sdk.js'))).length;
console.log(`sdk.js has ${sdk} bytes compressed.`);
console.log(`Built ${packageFolders().length} packages in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);

/** Removes what was built of sources that are no longer there, so that it is not published. */
function removeStale(folder: string): void {
  const dist = join(root, folder, 'dist');
  if (folder === 'packages/console' || folder === 'packages/sdk' || !existsSync(dist)) return;
  for (const file of globSync('**/*.{js,d.ts}', { cwd: dist, exclude: ['command/**'] })) {
    const source = join(root, folder, 'src', file.replace(/(?:\.d)?\.[jt]s$/, '.ts'));
    const isBundled = folder === 'packages/cli' && !file.endsWith('.d.ts');
    if (isBundled || !existsSync(source)) rmSync(join(dist, file));
  }
}

/** Ends the build with what the tool said when it fails. */
async function build(command: readonly string[]): Promise<void> {
  const ended = await run(process.execPath, command, LIMIT);
  if (ended.code === 0) return;
  console.error(ended.said);
  process.exit(1);
}

/**
 * Lists what `tsc -b` builds of a package. The package of the command alone is one plain file, which also runs under an
 * old Node.
 */
function projectOf(folder: string): string[] {
  return ['tsconfig.build.json', 'tsconfig.json']
    .map((name) => `${folder}/${name}`)
    .filter((path) => existsSync(join(root, path)))
    .slice(0, 1);
}
