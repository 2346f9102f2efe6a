// Bundles the command line as it is published, where the bundle is missing or older than what it is made of.
import { type Build, buildOnce } from './build-once.ts';
import { packageFolders } from './package/folders.ts';

const bundle: Build = {
  title: 'the command line',
  sources: [...packageFolders().flatMap((folder) => [`${folder}/src`, `${folder}/package.json`]), 'scripts/package'],
  built: 'packages/cli/dist/command/main.js',
  note: 'hallpass-command',
  programs: [['node_modules/rolldown/bin/cli.mjs', '--config', 'scripts/package/command/bundle.ts']],
};

/** @returns the path of its start file from the root of the repository. @throws Error with what went wrong */
export async function buildCommand(say: (line: string) => void): Promise<string> {
  await buildOnce(bundle, say);
  return bundle.built;
}
