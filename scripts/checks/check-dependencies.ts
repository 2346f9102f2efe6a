// Guard: every package that runs beside tokens has its paragraph in decision 0007, no paragraph is about one that is
// gone (threats SC-02), and no package of ours names one that it does not import.
import { dirname } from 'node:path';
import { readText, repositoryFiles } from '../guards/files.ts';
import { type Finding, report } from '../guards/guard.ts';
import { importsOf } from './check-imports.ts';

const decision = 'docs/decisions/0007-run-time-dependencies.md';

export const reasons = {
  absent: `A package that runs beside tokens is one more supplier to trust: say in ${decision} which package of ours needs it, and why.`,
  gone: `A paragraph of ${decision} is about a package that is needed at run time: take out what nothing depends on.`,
  unused:
    'Every package that is installed is one more to trust and to update: take out of package.json what no file of its folder imports.',
};

/** A package.json says this about what it needs at run time. */
interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** @param manifests by their paths @param text of the decision */
export function findings(manifests: ReadonlyMap<string, Manifest>, text: string): Finding[] {
  const explained = new Set(
    text
      .split('\n')
      .filter((line) => line.startsWith('**`'))
      .flatMap((line) => [...line.matchAll(/\*\*`([^`]+)`\*\*/g)].map(([, name]) => name ?? '')),
  );
  const needed = [...manifests].flatMap(([path, { dependencies }]) =>
    Object.keys(dependencies ?? {})
      .filter((name) => !name.startsWith('@hallpass/'))
      .map((name) => ({ path, name })),
  );
  return [
    ...needed
      .filter(({ name }) => !explained.has(name))
      .map(({ path, name }) => ({ path, line: 0, what: name, because: reasons.absent })),
    ...[...explained]
      .filter((name) => !needed.some((one) => one.name === name))
      .map((name) => ({ path: decision, line: 0, what: name, because: reasons.gone })),
  ];
}

/**
 * Finds packages of others that a package.json names and no file beside it imports. One of types counts by what it
 * describes.
 *
 * @param imported names in import statements, by the file that they stand in
 */
export function unused(
  manifests: ReadonlyMap<string, Manifest>,
  imported: ReadonlyMap<string, readonly string[]>,
): Finding[] {
  return [...manifests].flatMap(([path, { dependencies, devDependencies }]) => {
    const folder = `${dirname(path)}/`;
    const used = [...imported].flatMap(([file, names]) => (file.startsWith(folder) ? names : []));
    const isUsed = (name: string): boolean => used.some((one) => one === name || one.startsWith(`${name}/`));
    return Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => !name.startsWith('@hallpass/') && !isUsed(name.replace(/^@types\//, '')))
      .map((what) => ({ path, line: 0, what, because: reasons.unused }));
  });
}

interface TypeScriptConfig {
  compilerOptions?: { types?: string[] };
}

/** A configuration brings in types that no source names: those of what stands in the browser without an import. */
const typesOf = ({ compilerOptions }: TypeScriptConfig): string[] => compilerOptions?.types ?? [];

if (import.meta.main) {
  const files = repositoryFiles();
  const paths = files.filter((path) => /^packages\/[^/]+\/package\.json$/.test(path));
  const manifests = new Map(paths.map((path) => [path, JSON.parse(readText(path).text) as Manifest]));
  const sources = files.filter((path) => path.startsWith('packages/') && /\.tsx?$/.test(path));
  const imported = new Map(sources.map((path) => [path, importsOf(readText(path)).map(({ name }) => name)]));
  for (const path of files.filter((name) => /^packages\/[^/]+\/tsconfig[^/]*\.json$/.test(name)))
    imported.set(path, typesOf(JSON.parse(readText(path).text) as TypeScriptConfig));
  report('dependencies', [...findings(manifests, readText(decision).text), ...unused(manifests, imported)]);
}
