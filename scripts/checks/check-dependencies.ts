// Guard: every package that runs beside tokens has its paragraph in decision 0007, and no paragraph is about one that
// is gone (threats SC-02).
import { readText, repositoryFiles } from '../guards/files.ts';
import { type Finding, report } from '../guards/guard.ts';

const decision = 'docs/decisions/0007-run-time-dependencies.md';

export const reasons = {
  absent: `A package that runs beside tokens is one more supplier to trust: say in ${decision} which package of ours needs it, and why.`,
  gone: `A paragraph of ${decision} is about a package that is needed at run time: take out what nothing depends on.`,
};

/** A package.json says this about what it needs at run time. */
interface Manifest {
  dependencies?: Record<string, string>;
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

if (import.meta.main) {
  const paths = repositoryFiles().filter((path) => /^packages\/[^/]+\/package\.json$/.test(path));
  const manifests = new Map(paths.map((path) => [path, JSON.parse(readText(path).text) as Manifest]));
  report('dependencies', findings(manifests, readText(decision).text));
}
