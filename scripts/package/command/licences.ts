// Packages of others are in the bundle of the command: their licences go with it, in one file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of a bundle that is read here. */
type Bundle = Readonly<Record<string, { type: 'asset' } | { type: 'chunk'; moduleIds: readonly string[] }>>;

interface Build {
  emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown;
}

/** The folder of the package of somebody else that a module is from. */
const folderOf = (id: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replaceAll('\\', '/'))?.[0];

/** Writes `LICENCES.txt`. @throws Error when a package has no licence that could be written */
export function licencesOfOthers() {
  return {
    name: 'licences-of-others',
    generateBundle(this: Build, _options: unknown, bundle: Bundle): void {
      const ids = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const folders = new Set(ids.map(folderOf).filter((folder) => folder !== undefined));
      this.emitFile({
        type: 'asset',
        fileName: 'LICENCES.txt',
        source: [...folders].map(licenceOf).toSorted().join('\n\n'),
      });
    },
  };
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find((one) => /^licen[cs]e(?:\.|$)/i.test(one));
  if (license === undefined) throw new Error(`The package.json of ${name} names no licence.`);
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
