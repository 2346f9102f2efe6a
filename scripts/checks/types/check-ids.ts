// Guard: an id has the type of what it names. A parameter or property that is called the id of something and is any text
// lets an app-scoped id go where the platform's own is wanted.
import { isTest, sourceFiles, type TextFile } from '../../guards/files.ts';
import { type Finding, lineAt, report } from '../../guards/guard.ts';
import { layers } from '../../guards/lexer.ts';

const SERVER = 'packages/server/src/';

/** These come before the store, or take what an operator wrote in a seed, which is looked at where it is planted. */
const textAllowed: readonly string[] = [
  'hash.ts',
  'hosts.ts',
  'networks.ts',
  'operator/seed-world.ts',
  'settings.ts',
  'store/migrations/',
  'wire/',
  'world.ts',
];

const kinds: Readonly<Record<string, string>> = {
  account: 'AdAccountId',
  adAccount: 'AdAccountId',
  app: 'AppId',
  business: 'BusinessId',
  member: 'MemberId',
  page: 'PageId',
  person: 'PersonId',
  scoped: 'ScopedId',
};

const named = new RegExp(`\\b(${Object.keys(kinds).join('|')})(?:Id|_id)\\??:\\s*(?:readonly )?string\\b`, 'g');

/** Every id of a file that is any text. */
export function findings({ path, text }: TextFile): Finding[] {
  if (!path.startsWith(SERVER) || isTest(path)) return [];
  if (textAllowed.some((room) => path.slice(SERVER.length).startsWith(room))) return [];
  const { code } = layers(text);
  return [...code.matchAll(named)].map(({ 0: what, 1: kind = '', index }) => ({
    path,
    line: lineAt(code, index),
    what: `${what} is ${kinds[kind]}`,
    because: 'An id has the type of what it names, of `store/ids.ts`; a text from outside becomes one by `parse`.',
  }));
}

if (import.meta.main) report('ids', sourceFiles().flatMap(findings));
