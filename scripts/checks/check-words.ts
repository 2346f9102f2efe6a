// Guard: nothing in the repository ties it to one machine or workplace, nothing is left half done, no check is switched
// off. The patterns are spelled so that they do not match themselves.
import { matchesGlob } from 'node:path';
import { readText, repositoryFiles, type TextFile } from '../guards/files.ts';
import { type Finding, lineAt, report } from '../guards/guard.ts';

interface WordRule {
  pattern: RegExp;
  /** Only these files; all text files otherwise. */
  files?: string;
  because: string;
}

export const rules: readonly WordRule[] = [
  {
    pattern: /(?<![\w.~-])\/(?:[w]ork|[r]oot|[h]ome\/\w+|[U]sers\/\w+|[t]mp\/\w+)(?:\/|\b)/g,
    because:
      "No path of somebody's machine: it is not there on the next one. Name files from the root of the repository, or make a temporary folder.",
  },
  {
    pattern:
      /\b(?:[r]egistry\.(?:npmjs|yarnpkg)\.\w+|[d]eb\.debian\.org|[n]pm\.pkg\.github\.com)|"resolved":\s*"http/gi,
    because: 'No address of a package registry: npm and apt are asked as the machine has set them up.',
  },
  {
    pattern: /\b(?:[C]EO|[A]I|the [b]rief|this [w]orkplace)\b/g,
    because: 'The repository speaks about the product, not about how or where it was written.',
  },
  {
    pattern: /\b(?:[T]ODO|[F]IXME)\b/g,
    because: 'Nothing is left half done: finish it, or open an issue and say in the documents what is not there.',
  },
  {
    files: '**/*.ts',
    pattern:
      /\b(?:test|it|describe|suite|t|context)\s*\.\s*(?:[o]nly|[s]kip|[t]odo)\s*\(|\{[^{}\n]*\b(?:[o]nly|[s]kip|[t]odo):\s*(?:true|['"`])/g,
    because: 'Every test runs, every time: a test that is passed over is forgotten.',
  },
  {
    files: '**/*.ts',
    pattern: /@ts-(?:[i]gnore|[n]ocheck)/g,
    because:
      'The type check is never switched off; `@ts-expect-error` with a reason shows where a type is meant to refuse.',
  },
];

const binary = '**/*.{png,jpg,ico,woff2,gz,zip,p12,der,wasm,db}';

export function findings(files: readonly TextFile[]): Finding[] {
  return files.flatMap(({ path, text }) =>
    rules
      .filter((rule) => rule.files === undefined || matchesGlob(path, rule.files))
      .flatMap(({ pattern, because }) =>
        [...text.matchAll(pattern)].map((match) => ({
          path,
          line: lineAt(text, match.index),
          what: match[0].trim(),
          because,
        })),
      ),
  );
}

const absent =
  'A file that is named is here: readers have nothing but this repository. Where a document is meant, say what it says, or name one of docs/.';
/** A document by its name, or a source file by its path: from the root, or in backticks from some folder. */
const named =
  /[\w./-]*\w\.md\b|(?<![\w./@-])(?:packages|conformance|scripts|e2e|bench)\/[\w./-]+\.tsx?\b|(?<=`)[\w-]+\/[\w./-]*\.tsx?(?=`)/g;

/** Names of documents and source files, in sources and documents, that no file of the repository has. */
export function absentFiles(files: readonly TextFile[], paths: readonly string[]): Finding[] {
  const here = (name: string): boolean =>
    paths.some((path) => `/${path}`.endsWith(`/${name.replace(/^(?:\.{0,2}\/)+/, '')}`));
  return files
    .filter(({ path }) => matchesGlob(path, '**/*.{ts,tsx,md}') && !matchesGlob(path, 'scripts/**/*.test.ts'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(named)]
        .filter(([name]) => !here(name))
        .map((match) => ({ path, line: lineAt(text, match.index), what: match[0], because: absent })),
    );
}

if (import.meta.main) {
  const paths = repositoryFiles().filter((path) => !matchesGlob(path, binary));
  const files = paths.map(readText);
  report('words', [...findings(files), ...absentFiles(files, paths)]);
}
