// Ids of one kind do not go where another kind is wanted: snippets are compiled, and what must not compile does not.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const root = fileURLToPath(new URL('../../../../', import.meta.url));

const names = `
import type { Facts } from '${source}installation/facts.ts';
import type { Installation } from '${source}installation/installation.ts';
import { knownAs } from '${source}people/scoped-id.ts';
import { ScopedId } from '${source}store/ids.ts';
import type { Viewer } from '${source}graph/authentication/viewer.ts';
declare const facts: Facts;
declare const installation: Installation;
declare const viewer: Extract<Viewer, { kind: 'page' }>;
const { app, person, page, record } = viewer;
declare const sent: string;
declare const use: (...values: unknown[]) => void;
use(facts, installation, knownAs, app, person, page, record, ScopedId, sent);
`;

const right: Record<string, string> = {
  'a platform id where a person is looked up': 'use(facts.person(person.id), facts.person(record.user));',
  'a scoped id where the person behind it is looked up':
    'use(facts.personBehind(app.id, await knownAs(installation, app.id, person.id)));',
  'a text that was sent, once it is read as an id':
    'const read = ScopedId.parse(sent); if (read) use(facts.personBehind(app.id, read));',
};

const wrong: Record<string, string> = {
  'a scoped id where a person is looked up': 'use(facts.person(await knownAs(installation, app.id, person.id)));',
  'a scoped id where a grant is looked up': 'use(facts.grant(app.id, await knownAs(installation, app.id, person.id)));',
  'a scoped id where the role on a Page is looked up':
    'use(facts.pageRole(page.id, await knownAs(installation, app.id, person.id)));',
  'a text that was sent where an id is wanted': 'use(facts.personBehind(app.id, sent));',
  'a platform id where a scoped id is wanted': 'use(facts.personBehind(app.id, person.id));',
  'the person of a token where a scoped id is wanted': 'use(facts.personBehind(app.id, record.user));',
  'a person where an app is wanted': 'use(facts.app(person.id));',
  'app and person the wrong way round': 'use(facts.grant(person.id, app.id));',
  'a Page where a person is wanted': 'use(facts.person(page.id));',
  'a person where a Page is wanted': 'use(facts.page(person.id));',
};

describe('the types of ids', () => {
  let folder = '';
  let output = '';
  const fileOf = (name: string): string => `${name.replaceAll(/\W+/g, '-')}.ts`;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hallpass-ids-'));
    const snippets = Object.entries({ ...right, ...wrong });
    await Promise.all(
      snippets.map(async ([name, text]) => writeFile(join(folder, fileOf(name)), `${names}${text}\nexport {};\n`)),
    );
    const options = {
      extends: `${root}tsconfig.node.json`,
      compilerOptions: {
        noEmit: true,
        rewriteRelativeImportExtensions: false,
        typeRoots: [`${root}node_modules/@types`],
      },
      include: ['*.ts', `${root}packages/db/src/sodium-native.d.ts`],
    };
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options));
    output = await new Promise((resolve) => {
      const args = [`${root}node_modules/typescript/bin/tsc`, '-p', folder, '--pretty', 'false'];
      execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 24 }, (_error, stdout) => resolve(stdout));
    });
  });
  after(async () => rm(folder, { recursive: true, force: true }));

  const errorsIn = (name: string): string[] => output.split('\n').filter((line) => line.startsWith(fileOf(name)));

  it('are wrong nowhere but in the snippets that must not compile', () =>
    assert.deepEqual(
      output
        .split('\n')
        .filter(
          (line) =>
            /^\S+\(\d+,\d+\): error/.test(line) && !Object.keys(wrong).some((name) => line.startsWith(fileOf(name))),
        ),
      [],
    ));
  for (const name of Object.keys(right)) it(`take ${name}`, () => assert.deepEqual(errorsIn(name), []));
  for (const name of Object.keys(wrong))
    it(`refuse ${name}`, () => assert.match(errorsIn(name).join('\n'), /error TS2345/));
});
