// Guard: sentences that users read are plain English. It looks at what stands in strings and between tags, at the guide,
// and at the titles of conformance cases, which docs/fidelity.md lists; comments, names and single words are not its business.
import { matchesGlob } from 'node:path';
import { isTest, readText, repositoryFiles, type TextFile } from '../guards/files.ts';
import { type Finding, lineAt, report } from '../guards/guard.ts';
import { layers } from '../guards/lexer.ts';
import { phrases } from '../guards/plain-english.ts';

const sources = [
  'packages/{cli,console,emulator,pages,protocol,sdk,server,vault}/src/**/*.{ts,tsx}',
  // Titles of cases are sentences of docs/fidelity.md.
  'conformance/{cases,src/statements}/**/*.ts',
  'scripts/generate/*.ts',
];
const documents = ['docs/guide/*.md', 'docs/fidelity.md'];

/** The text between tags: a line of markup that holds no code. */
const markup = /^[ \t]*[A-Z“][^<>{}=;()]*$|>[^<>{}=;]*[a-z] [^<>{}=;]*</gm;

/** Keeps the text that users read in its place; the rest is blank. */
function readByUsers({ path, text }: TextFile): string {
  if (path.endsWith('.md')) return text;
  const { bare, strings } = layers(text);
  if (!path.endsWith('.tsx')) return strings;
  const shown = strings.split('');
  for (const match of bare.matchAll(markup))
    for (const [at, letter] of match[0].split('').entries()) if (letter !== '\n') shown[match.index + at] = letter;
  return shown.join('');
}

export function findings(files: readonly TextFile[]): Finding[] {
  return files.flatMap((file) => {
    const shown = readByUsers(file);
    return phrases.flatMap(({ pattern, because }) =>
      [...shown.matchAll(pattern)].map((match) => ({
        path: file.path,
        line: lineAt(shown, match.index + match[0].search(/\S/)),
        what: match[0].trim().slice(0, 60),
        because,
      })),
    );
  });
}

/** Files with sentences that users read. */
const isRead = (path: string): boolean =>
  (sources.some((pattern) => matchesGlob(path, pattern)) && (path.startsWith('conformance/') || !isTest(path))) ||
  documents.some((pattern) => matchesGlob(path, pattern));

if (import.meta.main) report('plain English', findings(repositoryFiles().filter(isRead).map(readText)));
