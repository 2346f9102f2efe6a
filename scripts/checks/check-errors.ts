// Guard: an entry of the catalogue of errors is answered by something here, or says that it only advises holders.
import { type CatalogueError, errors } from '@hallpass/protocol';
import { isTest, readText, repositoryFiles, type TextFile } from '../guards/files.ts';
import { type Finding, report } from '../guards/guard.ts';

const catalogue = 'packages/protocol/src/errors/errors.ts';

export const reasons = {
  unused: `An error that nothing answers with misleads whoever reads ${catalogue}: use it, take it out, or say \`adviceOnly\`.`,
  answered: `An error that is answered here is no advice alone: take \`adviceOnly\` out of its entry in ${catalogue}.`,
};

/** @param files sources, without tests and without the catalogue itself */
export function findings(
  entries: Readonly<Record<string, Pick<CatalogueError, 'adviceOnly'>>>,
  files: readonly TextFile[],
): Finding[] {
  return Object.entries(entries).flatMap(([key, { adviceOnly = false }]) => {
    const named = files.some(({ text }) => text.includes(`'${key}'`));
    if (named !== adviceOnly) return [];
    return [{ path: catalogue, line: 0, what: key, because: named ? reasons.answered : reasons.unused }];
  });
}

if (import.meta.main) {
  const sources = repositoryFiles().filter(
    (path) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path) && !isTest(path) && path !== catalogue,
  );
  report('errors', findings(errors, sources.map(readText)));
}
