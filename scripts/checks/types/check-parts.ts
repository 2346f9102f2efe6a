// Guard: a function says which parts of a running node it uses. One that takes the whole node can only be tested with a
// whole server, and nobody sees from outside what it may touch.
import { isTest, sourceFiles, type TextFile } from '../../guards/files.ts';
import { type Finding, lineAt, report } from '../../guards/guard.ts';
import { layers } from '../../guards/lexer.ts';

const SERVER = 'packages/server/src/';

/** The rooms that join everything: calls, pages, jobs and the list of what an operator does. They take the whole node. */
const wholeAllowed: readonly string[] = [
  'entries/',
  'graph/',
  'grants/',
  'http/',
  'index.ts',
  'installation/start.ts',
  'jobs/',
  'login/',
  'nodes/',
  'oauth/',
  'operations/',
  'parse/',
  'site/',
  // The table of an operator's acts: each row takes what it uses.
  'operator/operator.ts',
  // A node for an act that is only tried is made of a whole one.
  'liveness/rehearsal.ts',
];

const because =
  'A function below the graph and the pages takes the parts of a node that it uses: `Pick<Installation, …>`, or `ChangeContext` where it makes a change.';

/** `: Installation`, or a generic of it, as the type of a parameter; `Installation['facts']` is one part. */
const whole = /:\s*(?:Readonly<)?Installation\b(?!\s*\[)/g;

/** Every place of a file that takes the whole node where it may not. */
export function findings({ path, text }: TextFile): Finding[] {
  if (!path.startsWith(SERVER) || isTest(path)) return [];
  if (wholeAllowed.some((room) => path.slice(SERVER.length).startsWith(room))) return [];
  const { code } = layers(text);
  const lines = text.split('\n');
  return [...code.matchAll(whole)].map(({ index }) => {
    const line = lineAt(code, index);
    return { path, line, what: (lines[line - 1] ?? '').trim(), because };
  });
}

if (import.meta.main) report('parts', sourceFiles().flatMap(findings));
