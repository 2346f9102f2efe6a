// Each guard can fail: what it forbids is found, and what looks like it but is allowed is not.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings as clock } from './check-clock.ts';
import { importsOf, judge, type Listed, misplaced } from './check-imports.ts';
import { lists, lockGaps, notListed, reasons as listReasons, testsAstray } from './check-lists.ts';
import { findings as patterns } from './check-patterns.ts';
import { findingsOf, outOfOrder, reasons as statementReasons } from './check-statements.ts';
import { absentFiles, findings as words, rules } from './check-words.ts';
import { findings as folders } from './check-folders.ts';
import { findings as lengths } from './check-length.ts';
import type { Case, Coverage } from '@hallpass/conformance';
import { stale } from '../generate/write.ts';
import { packageRules, reasons } from '../guards/import-rules.ts';
import { layers } from '../guards/lexer.ts';

const listed = (folder: string): Listed =>
  folder === ''
    ? { devDependencies: { 'fast-check': '1' } }
    : { dependencies: { '@hallpass/protocol': '1', '@hallpass/db': '1', '@hallpass/vault': '1', kysely: '1' } };

const judgedInConsole = (from: string, to: string) => judge(`packages/console/src/${from}`, to, () => ({}));

describe('the import guard', () => {
  const server = 'packages/server/src';
  const verdicts: [string, string, string | undefined][] = [
    [`${server}/store/apps.ts`, '../graph/render.ts', reasons.level],
    [`${server}/graph/render.ts`, '../store/apps.ts', undefined],
    [`${server}/tokens/mint.ts`, './seal.ts', undefined],
    [`${server}/graph/engine.ts`, '../login/steps.ts', reasons.level],
    [`${server}/nodes/page/page.ts`, '../user/user.ts', reasons.rooms],
    [`${server}/nodes/page/page.ts`, './page-feed.ts', undefined],
    [`${server}/nodes/page/page.ts`, '../shared/picture.ts', undefined],
    [`${server}/nodes/shared/picture.ts`, '../page/page.ts', reasons.rooms],
    [`${server}/nodes/page/page-people.ts`, '../../graph/authorisation/authorise.ts', reasons.engine],
    [`${server}/operations/debug-token.ts`, '../graph/authorisation/authorise.ts', reasons.engine],
    [`${server}/nodes/index.ts`, './user/user.ts', undefined],
    [`${server}/nodes/page/page.ts`, '../../operations/batch.ts', reasons.level],
    [`${server}/grants/client-credentials.ts`, './fb-exchange-token.ts', reasons.declarations],
    [`${server}/world.ts`, './wire/call.ts', undefined],
    [`${server}/store/apps.ts`, '../http/parse.ts', reasons.level],
    [`${server}/wire/call.ts`, '../store/apps/apps.ts', reasons.level],
    [`${server}/extras/new.ts`, '../store/apps.ts', reasons.noLevel],
    [`${server}/store/apps.test.ts`, '../graph/render.ts', undefined],
    [`${server}/store/apps.ts`, '../../../db/src/index.ts', reasons.door],
    ['packages/server/test/nodes.db.test.ts', '../../db/test/tcp-gate.ts', undefined],
    ['packages/server/test/nodes.db.test.ts', '../../db/test/away.test.ts', reasons.door],
    ['packages/db/test/away.test.ts', '../../server/test/world.ts', reasons.door],
    [`${server}/store/apps.ts`, '../../../db/test/tcp-gate.ts', reasons.door],
    [`${server}/store/apps.ts`, './people', reasons.extension],
    [`${server}/store/apps.ts`, '@hallpass/db/src/open.ts', reasons.door],
    [`${server}/store/apps.ts`, '@hallpass/db', undefined],
    [`${server}/store/apps.ts`, '@hallpass/vault', packageRules['server']?.because],
    [`${server}/store/apps.ts`, '@hallpass/pages', reasons.listed],
    ['packages/vault/src/store/apps/apps.ts', '../../keys/keyring.ts', reasons.vaultLevel],
    ['packages/vault/src/keys/keyring.ts', '../store/keys/keys.ts', undefined],
    ['packages/vault/src/extras/new.ts', '../store/keys/keys.ts', reasons.vaultLevel],
    ['packages/vault/src/client/client.ts', 'node:crypto', reasons.browser],
    ['packages/vault/src/keys/keyring.ts', 'node:crypto', undefined],
    ['packages/vault/src/remote/inspect.ts', '@hallpass/server', packageRules['vault']?.because],
    ['packages/vault/test/vault.test.ts', '@hallpass/server', reasons.listed],
    [`${server}/store/apps.ts`, 'kysely/helpers', undefined],
    [`${server}/store/apps.ts`, 'left-pad', reasons.listed],
    [`${server}/store/apps.ts`, 'fast-check', reasons.listed],
    [`${server}/store/apps.test.ts`, 'fast-check', undefined],
    [`${server}/store/apps.ts`, 'fs', reasons.builtin],
    ['packages/protocol/src/errors/errors.ts', 'node:crypto', reasons.browser],
    ['packages/protocol/src/errors/errors.ts', '@hallpass/db', packageRules['protocol']?.because],
    ['conformance/login.test.ts', '@hallpass/emulator', undefined],
    ['conformance/login.test.ts', '../../packages/server/src/index.ts', reasons.door],
  ];
  for (const [from, name, because] of verdicts) {
    it(`${because === undefined ? 'allows' : 'forbids'} ${from} to import ${name}`, () =>
      assert.equal(judge(from, name, listed), because));
  }

  it('finds a package that is checked with the types of another place', () => {
    const of = (path: string): string => (/\/(?:console|sdk)\//.test(path) ? 'browser' : 'node');
    const read = (path: string): string => JSON.stringify({ extends: [`../../tsconfig.${of(path)}.json`] });
    const anywhere = Object.keys(packageRules).filter((name) => packageRules[name]?.runs === 'anywhere');
    assert.deepEqual(
      misplaced(read).map(({ path }) => path),
      anywhere.map((name) => `packages/${name}/tsconfig.json`),
    );
    assert.equal(misplaced(() => undefined).length, Object.keys(packageRules).length);
  });

  it('sees every way to import, and none in comments and strings', () => {
    const text = [
      "import type { A } from 'a';",
      "import {\n  b,\n} from 'b';",
      "export * from 'c';",
      "import 'd';",
      "const e = await import('e');",
      "let f: import('f').F;",
      "const g = require('g');",
      "// import x from 'no'",
      'const text = "import x from \'no\'";',
    ].join('\n');
    assert.deepEqual(
      importsOf({ path: 'x.ts', text }).map(({ name }) => name),
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    );
  });

  it('a page of the console imports parts, and no part or other page imports it', () => {
    assert.equal(judgedInConsole('pages/versions/versions.tsx', '../../parts/page.tsx'), undefined);
    assert.equal(judgedInConsole('pages/versions/versions.tsx', './version-dates.tsx'), undefined);
    assert.equal(judgedInConsole('why/why-query.ts', '../pages/explorer/state.ts'), reasons.consoleLevel);
    assert.equal(judgedInConsole('pages/versions/versions.tsx', '../explorer/state.ts'), reasons.consoleLevel);
    assert.equal(judgedInConsole('graph/query.ts', '../parts/page.tsx'), reasons.consoleLevel);
    assert.equal(judgedInConsole('unheard-of/file.ts', '../graph/query.ts'), reasons.consoleLevel);
  });
});

describe('the clock guard', () => {
  const found = (text: string, path = 'packages/server/src/x.ts'): string[] =>
    clock([{ path, text }]).map(({ what }) => what);
  const forbidden = [
    'Date.now()',
    'new Date()',
    'new Date;',
    'performance.now()',
    'Math.random()',
    'setTimeout(f, 1)',
    'setImmediate(f)',
    "import { setTimeout } from 'node:timers/promises'",
    'process.env.HOME',
    'process.argv[2]',
    'console.log(1)',
    'process.exit(1)',
    'process.hrtime()',
    'randomBytes(8)',
    'crypto.getRandomValues(a)',
    '`${Date.now()}`',
    'sql`select now()`',
    "'current_timestamp'",
    '"order by RANDOM()"',
  ];
  for (const text of forbidden) it(`forbids ${text}`, () => assert.notDeepEqual(found(text), []));
  const fine = [
    'new Date(moment * 1000)',
    'clock.now()',
    '// Date.now()',
    "'see Date.now()'",
    'updateNow()',
    '/Date.now()/',
    'Date.parse(text)',
    'a / Date.UTC(1) / b',
  ];
  for (const text of fine) it(`allows ${text}`, () => assert.deepEqual(found(text), []));

  it('allows the one door of the command line, and tests', () => {
    assert.deepEqual(found('Date.now()', 'packages/cli/src/surroundings/outside.ts'), []);
    assert.deepEqual(found('Date.now()', 'packages/server/src/x.test.ts'), []);
    assert.deepEqual(found('Date.now()', 'packages/cli/src/main.ts'), ['Date.now']);
  });
});

describe('the list guard', () => {
  it('finds a declaration that is not in the list of its folder', () => {
    const paths = ['index', 'page/page', 'page/page-words', 'user/user', 'user/user.test', 'shared/picture'].map(
      (name) => `packages/server/src/nodes/${name}.ts`,
    );
    const texts: Readonly<Record<string, string>> = {
      'packages/server/src/nodes/index.ts':
        "import { page } from './page/page.ts';\n// import { user } from './user/user.ts';",
      'packages/server/src/nodes/page/page.ts': "import { words } from './page-words.ts';",
    };
    const found = notListed(paths, (path) => ({ path, text: texts[path] ?? '' }));
    assert.deepEqual(
      found.map(({ path }) => path),
      ['packages/server/src/nodes/user/user.ts'],
    );
    assert.equal(found[0]?.because, lists[0]?.because);
  });

  it('finds a package that the lock file needs and does not have', () => {
    const tool = { optionalDependencies: { 'tool-linux': '1', 'tool-darwin': '1' } };
    assert.deepEqual(
      lockGaps({ packages: { 'node_modules/tool': tool, 'node_modules/tool-linux': {} } }).map(({ what }) => what),
      ['lacks tool-darwin'],
    );
  });

  it('finds a test that no step reaches', () => {
    assert.equal(testsAstray(['tools/x.test.ts'])[0]?.because, listReasons.noStep);
    assert.deepEqual(
      testsAstray([
        'packages/db/src/a/x.test.ts',
        'packages/db/test/x.db.test.ts',
        'packages/db/test/x.test.ts',
        'e2e/x.test.ts',
      ]),
      [],
    );
  });
});

it('the guard of generated documents finds a stale and a missing one', async () => {
  const documents = [{ path: 'README.md', source: 'a.ts', make: () => 'new' }];
  const write = `<!-- Generated by \`npm run generate\` from a.ts. Change it there. -->\n\nnew\n`;
  assert.deepEqual((await stale(documents, () => write)).length, 0);
  assert.equal((await stale(documents, () => write.replace('new', 'old')))[0]?.what, 'is stale');
  assert.equal((await stale(documents, () => undefined))[0]?.what, 'is missing');
});

describe('the word guard', () => {
  const samples = [
    ['/wo', 'rk/main/x'],
    ['registry.', 'npmjs.org'],
    ['as the C', 'EO wants'],
    ['// TO', 'DO: later'],
    ['it.', "skip('x', f)"],
    ['// @ts-', 'ignore'],
  ];
  it('has a sample for every rule', () => assert.equal(samples.length, rules.length));
  for (const [index, parts] of samples.entries()) {
    it(`forbids ${parts.join('·')}`, () =>
      assert.equal(words([{ path: 'a.ts', text: parts.join('') }])[0]?.because, rules[index]?.because));
  }
  it('forbids to name a file that is not here', () => {
    const named = (name: string): string[] =>
      absentFiles([{ path: 'a.ts', text: `// see ${name}.` }], ['docs/words.md', 'packages/db/src/open.ts']).map(
        ({ what }) => what,
      );
    assert.deepEqual(named(['nowhere', 'md'].join('.')), [['nowhere', 'md'].join('.')]);
    assert.deepEqual([...named('words.md'), ...named('docs/words.md'), ...named('../../docs/words.md')], []);
    const gone = ['packages', 'db', 'gone.ts'].join('/');
    assert.deepEqual([...named(gone), ...named('`db/gone.ts`')], [gone, 'db/gone.ts']);
    assert.deepEqual([...named('packages/db/src/open.ts'), ...named('`src/open.ts`'), ...named('open.ts')], []);
  });
  it('allows what only looks like it', () => {
    assert.deepEqual(
      words([{ path: 'a.ts', text: "cursor.skip(3); 'https://x/work/y'; mastodon(); { method: 'only' }" }]),
      [],
    );
  });
});

describe('the guard of folders', () => {
  const heap = Array.from({ length: 20 }, (_, index) => `packages/db/src/file-${index}.ts`);
  const whats = (...given: Parameters<typeof folders>): string[] =>
    folders(...given).map(({ path, what }) => `${path} ${what}`);

  it('finds a folder of twenty files, and an exception that is no longer needed', () => {
    assert.deepEqual(whats(heap, {}), ['packages/db/src has 20 files']);
    assert.deepEqual(whats(heap.slice(1), {}), []);
    assert.deepEqual(whats(heap, { 'packages/db/src': 'for a reason' }), []);
    assert.deepEqual(whats(heap.slice(1), { 'packages/db/src': 'for a reason' }), ['packages/db/src is an exception']);
  });
});

describe('the guard of length', () => {
  const fileOf = (path: string, lines: number) => [{ path, text: 'a line\n'.repeat(lines) }];
  const whats = (...given: Parameters<typeof lengths>): string[] =>
    lengths(...given).map(({ path, what }) => `${path} ${what}`);

  it('finds a file of more than four hundred lines, and an exception that is no longer needed', () => {
    const path = 'packages/db/src/database.ts';
    assert.deepEqual(whats(fileOf(path, 401), {}), [`${path} has 401 lines`]);
    assert.deepEqual(whats(fileOf(path, 400), {}), []);
    assert.deepEqual(whats(fileOf('packages/console/src/style/base.css', 500), {}).length, 1);
    assert.deepEqual(whats(fileOf('docs/reference/errors.md', 5000), {}), [], 'documents are as long as their tables');
    assert.deepEqual(whats(fileOf(path, 401), { [path]: 'for a reason' }), []);
    assert.deepEqual(whats(fileOf(path, 400), { [path]: 'for a reason' }), [`${path} is an exception`]);
  });
});

it('code, strings and comments are told apart', () => {
  const text = "a('b\\'c') / d; /* e */ x = /f'g/u; `h${i({ j: `k` })}l` // m";
  const { code, strings, bare } = layers(text);
  assert.equal(code.replace(/\s+/g, ' '), "a(' ') / d; x = ; ` ${i({ j: ` ` })} ` ");
  assert.equal(strings.replace(/\s+/g, ' ').trim(), "b\\'c h k l");
  assert.equal(bare.length, text.length);
  assert.ok(bare.includes("/f'g/u") && !bare.includes('m'));
});

describe('the guard of statements', () => {
  const one: Case = {
    source: '000',
    statements: ['000:3.1'],
    sentence: 'A token.',
    behaviour: 'So it is.',
    check: () => Promise.resolve(),
  };
  const row = (more: Partial<Coverage>): Coverage => ({ key: '000:3.1', says: 'A token.', cases: [], ...more });
  const because = (coverage: Coverage, prints = false): string[] =>
    findingsOf(coverage, prints).map((found) => found.because);

  it('wants exactly one of a case, a step in a browser and a reason', () => {
    assert.deepEqual(because(row({})), [statementReasons.none]);
    assert.deepEqual(because(row({ cases: [one], inBrowser: 'A page.' })), [statementReasons.two]);
    assert.deepEqual(because(row({ inBrowser: 'A page.', nothingToTest: 'A link.' })), [statementReasons.two]);
    for (const fine of [{ cases: [one, one] }, { inBrowser: 'A page.' }, { nothingToTest: 'A link.' }])
      assert.deepEqual(because(row(fine)), []);
  });

  it('wants every case of a printed answer to compare all of it', () => {
    assert.deepEqual(because(row({ cases: [one, { ...one, comparesAnswer: true }] }), true), [statementReasons.less]);
    assert.deepEqual(because(row({ cases: [{ ...one, comparesAnswer: true }] }), true), []);
  });

  it('wants the order of the document', () => {
    const keys = (['000:9.1', '000:9.2', '000:3.1', '001:1'] as const).map((key) => row({ key }));
    assert.deepEqual(
      outOfOrder(keys).map(({ what }) => what),
      ['000:3.1  A token.'],
    );
  });
});

describe('the guard of patterns', () => {
  const found = (pattern: string) =>
    patterns([{ path: 'packages/server/src/x.ts', text: `\nexport const form = ${pattern};\n` }]);

  it('IV-16: finds patterns whose time grows faster than their text', () => {
    for (const slow of ['/(a+)+$/', '/^\\s+|\\s+$/g', '/=+$/', '/,\\s*(.*),.*;/', '/^(?:[a-z]+,?)+;$/']) {
      const [first, ...others] = found(slow);
      assert.ok(first, slow);
      assert.deepEqual([first.line, others.length], [2, 0]);
    }
  });

  it('leaves patterns alone that have one way to match', () => {
    for (const quick of ['/^[\\w-]{43}$/', '/^(?:[a-z]+\\.)+x$/', '/%[0-9A-Fa-f]{2}/g', '/\\s*/y', '/[{,\\s]url\\s*:/'])
      assert.deepEqual(found(quick), [], quick);
  });
});
