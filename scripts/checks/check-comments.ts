// Guard: a doc comment stands at what it explains, and a comment is a sentence that a reader understands alone.
import { type Finding, lineAt, report } from '../guards/guard.ts';
import { repositoryFiles, readText, type TextFile } from '../guards/files.ts';

export const reasons = {
  nothing:
    'A doc comment belongs to the declaration right below it: move it there, make it a line comment, or take it out.',
  question:
    'A comment is a sentence with a subject and a verb: one that begins with "What", "Who", "Where", "How" or "Whether" is half of one. Say "The … that …", "Tells whether …" or "These … are …".',
  riddle:
    'A comment is a sentence with a subject and a verb that says what is meant: "The same …" and "Of the …" send the reader elsewhere.',
};

const doc = /^[ \t]*\/\*\*(?:(?!\*\/)[^])*\*\/[ \t]*\n([^\n]*)/gm;
/** A comment cannot explain these: nothing, the end of something, or another comment that is no directive. */
const nothing = /^\s*(?:$|[})\]]|\/\*\*|\/\/ (?!biome-ignore|oxlint-disable))/;
const riddle =
  /(?:\/\*\*|\/\/|^[ \t]*\*)[ \t]+(?:The same\b[^.:;,]{0,60}\.|Of (?:the|a|an|all|one|these|those|it)\b)|\bdoc: ['"`]Of /gm;

const question = /^(?:(?:What|Who)(?:ever)?|Where|How|Whether|Why|Which|Whose|Whom|That)\b/;

/** The first line of every comment, with its line in the file. Lines of `//` below each other are one comment. */
function firstLines(text: string): Array<{ line: number; words: string }> {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line, at) => {
    if (line.startsWith('//') && !lines[at - 1]?.startsWith('//'))
      return [{ line: at + 1, words: line.replace(/^\/\/\s*/, '') }];
    if (!line.startsWith('/*')) return [];
    const words = line.replace(/^\/\*+\s*/, '');
    return [{ line: at + 1, words: words || (lines[at + 1] ?? '').replace(/^\*\s*/, '') }];
  });
}

export function findings(files: readonly TextFile[]): Finding[] {
  return files.flatMap(({ path, text }) => [
    ...[...text.matchAll(doc)]
      .filter(([, next = '']) => nothing.test(next))
      .map((match) => ({
        path,
        line: lineAt(text, match.index),
        what: `is followed by ${match[1]?.trim().slice(0, 20) || 'an empty line'}`,
        because: reasons.nothing,
      })),
    ...firstLines(text)
      .filter(({ words }) => question.test(words))
      .map(({ line, words }) => ({ path, line, what: words.slice(0, 40), because: reasons.question })),
    ...[...text.matchAll(riddle)].map((match) => ({
      path,
      line: lineAt(text, match.index),
      what: match[0].trim(),
      because: reasons.riddle,
    })),
  ]);
}

if (import.meta.main)
  report(
    'comments',
    findings(
      repositoryFiles()
        .filter((path) => /\.tsx?$/.test(path))
        .map(readText),
    ),
  );
