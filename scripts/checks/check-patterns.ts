// Guard: no regular expression takes longer than its text is long, whatever the text. One that does holds the whole
// process for everybody while somebody's request is matched (threats IV-16).
import { isTest, sourceFiles, type TextFile } from '../guards/files.ts';
import { slowText } from '../guards/backtracking.ts';
import { type Finding, report } from '../guards/guard.ts';
import { patternsOf } from '../guards/lexer.ts';

const because =
  'A regular expression is done in time that grows with its text and no faster: write it so that there is one way to match, or look for its parts one after the other.';

export function findings(files: readonly TextFile[]): Finding[] {
  const known = new Map<string, string | undefined>();
  return files.flatMap(({ path, text }) =>
    patternsOf(text).flatMap(({ line, source, flags }): Finding[] => {
      const written = `/${source}/${flags}`;
      if (!known.has(written)) {
        const slow = slowText(new RegExp(source, flags));
        known.set(
          written,
          slow && `${slow.ms.toFixed(0)} ms for ${slow.length} characters of ${JSON.stringify(slow.pump)}`,
        );
      }
      const found = known.get(written);
      return found === undefined ? [] : [{ path, line, what: `${written}  ${found}`, because }];
    }),
  );
}

/** True for what runs at the side of the people who use it; tests read what they wrote themselves. */
const published = (file: TextFile): boolean => file.path.startsWith('packages/') && !isTest(file.path);

if (import.meta.main) report('patterns', findings(sourceFiles().filter(published)));
