// `npm run build`: makes of every package what is published: ES modules and types in `dist`, the licence beside them. Nothing
// is bundled. A second run builds only what has changed.
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './guards/files.ts';
import { packageFolders } from './package/folders.ts';
import { run } from './test/process.ts';

const LIMIT = 300_000;

const begun = performance.now();
const built = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-b', ...packageFolders().filter(isCompiled)], LIMIT);
if (built.code === 0) {
  for (const folder of packageFolders()) copyFileSync(join(root, 'LICENSE'), join(root, folder, 'LICENSE'));
  console.log(`Built ${packageFolders().length} packages in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
} else {
  console.error(built.said);
  process.exitCode = 1;
}

/** The package of the command alone is one plain file that also runs under an old Node. */
function isCompiled(folder: string): boolean {
  return existsSync(join(root, folder, 'tsconfig.json'));
}
