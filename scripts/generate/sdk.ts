// This module writes the reference page of the JavaScript SDK, read from its sources: the members of FB, and the options
// of FB.init and FB.login. Each carries its sentence as a doc comment.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, table } from './markdown.ts';

const source = join(import.meta.dirname, '../../packages/sdk/src');

/** A doc comment, and the name that it is about: a property, a member or a quoted word. */
const documented = /^ {2}\/\*\* (.+) \*\/\n {2}'?(\w+)'?/gm;

/**
 * The names of one list of a source, with their sentences.
 * @param from the text in front of the list @throws Error where the source has no such list, or a list without names
 */
function namesOf(file: string, from: string): [name: string, sentence: string][] {
  const text = readFileSync(join(source, file), 'utf8');
  const start = text.indexOf(from);
  const list = text.slice(start, endOf(text, start));
  const found = [...list.matchAll(documented)].map(([, sentence = '', name = '']): [string, string] => [
    name,
    sentence,
  ]);
  if (start < 0 || found.length === 0) throw new Error(`${file} has no documented list behind "${from}".`);
  return found;
}

/** The first line that closes a list at the beginning of a line. */
function endOf(text: string, start: number): number {
  const ends = ['\n}', '\n]'].map((end) => text.indexOf(end, start)).filter((at) => at >= 0);
  return Math.min(...ends);
}

const rows = (names: readonly (readonly [string, string])[]): (readonly [string, string])[] =>
  names.map(([name, sentence]) => [code(name), sentence]);

export function sdkPage(): string {
  return [
    '# The JavaScript SDK',
    'What `FB` has, in the file that a page loads from `/{locale}/sdk.js`. It is held to the types of `@types/facebook-js-sdk`. How to use it: [Log people in from a page](../guide/browser-sdk.md).',
    '## FB',
    table(['member', 'what it does'], rows(namesOf('sdk.ts', 'const FB = {'))),
    '## Options of FB.init',
    table(
      ['option', 'what it does'],
      rows([...namesOf('page/settings.ts', 'export interface Settings {'), ...namesOf('init.ts', 'const starts:')]),
    ),
    '`frictionlessRequests`, `hideFlashCallback`, `useFamilyLogin`, `fedCM` and whatever else is given are taken and not used; an `authResponse` is refused.',
    '## Options of FB.login',
    'Also attributes of the button. `response_type` adds to `token,signed_request,graph_domain`; with `override_default_response_type: true` it stands in their place. Unknown options are passed over.',
    table(['option', 'what it does'], rows(namesOf('login/login.ts', 'const passedOn = ['))),
  ].join('\n\n');
}
