// The guards of exports, errors and comments can fail.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings as comments, reasons as commentReasons } from './check-comments.ts';
import { findings as errors, reasons as errorReasons } from './check-errors.ts';
import { doorsOf, findings as unusedExports } from './check-exports.ts';
import { findings as parts } from './types/check-parts.ts';

const file = (path: string, text: string) => ({ path, text });

describe('the guard of exports', () => {
  const apps = file('packages/server/src/store/apps.ts', 'export const byId = 1;\nexport interface App {}\n');
  const unused = (...texts: string[]): string[] =>
    unusedExports([apps, ...texts.map((text, index) => file(`packages/server/src/store/user${index}.ts`, text))]).map(
      ({ what }) => what,
    );

  it('finds what no other file uses', () => {
    assert.deepEqual(unused(), ['byId', 'App']);
    assert.deepEqual(unused("import { byId } from './apps.ts';"), ['App']);
    assert.deepEqual(unused("// import { byId, App } from './apps.ts';"), ['byId', 'App']);
    assert.deepEqual(unused("import { byId, App } from './pages.ts';"), ['byId', 'App']);
  });

  it('knows every way to use a name', () => {
    assert.deepEqual(unused("import { byId as find, type App } from './apps.ts';"), []);
    assert.deepEqual(unused("import * as apps from './apps.ts';\napps.byId;\nlet app: apps.App;"), []);
    assert.deepEqual(unused("import * as apps from './apps.ts';\napps.byId;"), ['App']);
    assert.deepEqual(unused("import * as apps from './apps.ts';\nshow(apps);"), []);
    assert.deepEqual(unused("export { byId } from './apps.ts';\nlet app: import('./apps.ts').App;"), []);
    assert.deepEqual(unused("const { byId } = await import('./apps.ts');"), ['App']);
    assert.deepEqual(unused("const load = () => import('./apps.ts');"), []);
    assert.deepEqual(unused("export * from './apps.ts';"), []);
  });

  it('leaves alone what a package offers', () => {
    const doors = doorsOf('packages/server', { exports: { './apps': { source: './src/store/apps.ts' } } });
    assert.deepEqual(unusedExports([apps], doors), []);
  });
});

describe('the guard of errors', () => {
  const source = file('packages/server/src/a.ts', "throw graphError('token.missing');");

  it('finds what nothing answers with, and advice that is answered', () => {
    const because = (entries: Parameters<typeof errors>[0]) => errors(entries, [source]).map((one) => one.because);
    assert.deepEqual(because({ 'token.missing': {}, 'token.origin': { adviceOnly: true } }), []);
    assert.deepEqual(because({ 'token.origin': {} }), [errorReasons.unused]);
    assert.deepEqual(because({ 'token.missing': { adviceOnly: true } }), [errorReasons.answered]);
  });
});

describe('the guard of comments', () => {
  const because = (text: string) => comments([file('packages/server/src/a.ts', text)]).map((one) => one.because);

  it('finds comments that are half a sentence', () => {
    for (const words of [
      'What it is.',
      'Who asks: a person.',
      'Where it goes',
      'Whether it is.',
      'Whoever asks, waits.',
    ])
      for (const text of [
        `// ${words}\nconst a = 1;\n`,
        `/** ${words} */\nconst a = 1;\n`,
        `/**\n * ${words}\n */\nconst a = 1;\n`,
      ])
        assert.deepEqual(because(text), [commentReasons.question], text);
    assert.deepEqual(because('// It says\n// What it is.\nconst a = 1;\n'), []);
    assert.deepEqual(because('// When it ends, so do they.\nconst a = 1;\n'), []);
  });

  it('finds doc comments that belong to nothing', () => {
    assert.deepEqual(because('/** Ends it. */\nexport function end() {}\n'), []);
    assert.deepEqual(because('/** It is a table. */\n// biome-ignore format: a table\nconst rows = [];\n'), []);
    for (const next of ['', '}', '/** Another one. */', '// Another one.'])
      assert.deepEqual(because(`/** Ends it. */\n${next}\n`), [commentReasons.nothing], next);
  });

  it('finds comments that are no sentence of their own', () => {
    for (const words of ['The same.', 'The same for Pages.', 'Of the person.', 'Of a batch.'])
      assert.deepEqual(because(`/** ${words} */\nconst a = 1;\n`), [commentReasons.riddle], words);
    assert.deepEqual(because('// The same person may come twice: the second visit wins.\n'), []);
  });
});

describe('the guard of parts', () => {
  const found = (path: string, text: string): string[] =>
    parts({ path: `packages/server/src/${path}`, text }).map(({ line, what }) => `${line} ${what}`);

  it('finds a function that takes the whole node, destructured or not, in a list or in a type', () => {
    assert.deepEqual(found('codes/codes.ts', 'const a = (installation: Installation, x: 1) => x;'), [
      '1 const a = (installation: Installation, x: 1) => x;',
    ]);
    assert.deepEqual(found('apps/a.ts', 'export function a(\n  { db }: Installation,\n) {}'), [
      '2 { db }: Installation,',
    ]);
    assert.deepEqual(found('people/a.ts', 'interface A {\n  run(installation: Installation): void;\n}'), [
      '2 run(installation: Installation): void;',
    ]);
  });

  it('leaves alone who takes parts, the rooms that join everything, comments and tests', () => {
    assert.deepEqual(
      found('codes/a.ts', "const a = (b: Pick<Installation, 'db'>, c: Installation['facts']) => [b, c];"),
      [],
    );
    assert.deepEqual(found('nodes/a.ts', 'const a = (installation: Installation) => installation;'), []);
    assert.deepEqual(found('codes/a.ts', '// a: Installation\nconst b = 1;'), []);
    assert.deepEqual(found('codes/a.test.ts', 'const a = (b: Installation) => b;'), []);
  });
});
