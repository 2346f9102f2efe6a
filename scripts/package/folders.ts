// These packages are published: every folder of `packages` with a package.json that is not private.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../guards/files.ts';

interface PackageManifest {
  name: string;
  private?: boolean;
  [field: string]: unknown;
}

export function manifestOf(folder: string): PackageManifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as PackageManifest;
}

/** Paths from the root of the repository, e.g. `packages/server`. */
export function packageFolders(): string[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')) && manifestOf(folder).private !== true)
    .toSorted();
}
