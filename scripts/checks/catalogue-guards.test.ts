// The guards of the catalogue of threats and of run-time packages can fail.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings as dependencies, reasons as dependencyReasons, unused } from './check-dependencies.ts';
import { findings as threats, reasons } from './check-threats.ts';
import { guardingTests, threatsOf } from '../guards/threats.ts';

// Ids are put together here, so that the guard does not take them for what this repository cites.
const id = (number: number): string => `${'I'}V-${String(number).padStart(2, '0')}`;
const catalogue = [
  `| ${id(1)} | one | refused |`,
  `| ${id(2)} | Not yet (vault): two | refused |`,
  `${id(3)} to ${id(5)} are rows of a table.`,
].join('\n');
const testFile = (title: string) => ({ path: 'packages/server/test/a.test.ts', text: `test('${title}', () => {});` });
const guarded = [testFile(`${id(1)}: one`), testFile(`${id(3)} to ${id(5)}: three more`)];

describe('the guard of threats', () => {
  it('reads rows and ranges', () => {
    assert.deepEqual(
      threatsOf(catalogue).map((threat) => [threat.id, threat.notYet]),
      [
        [id(1), false],
        [id(2), true],
        [id(3), false],
        [id(4), false],
        [id(5), false],
      ],
    );
  });

  it('finds the tests by their titles, also several ids in one', () => {
    const ids = guardingTests([testFile(`${id(1)}, ${id(7)}: both`)]).map((one) => one.id);
    assert.deepEqual(ids, [id(1), id(7)]);
    assert.deepEqual(guardingTests([{ path: 'packages/server/src/a.ts', text: `'${id(1)}: no test'` }]), []);
  });

  it('takes a promise for a row too, also where a title names nothing else', () => {
    const promise = `| ${'P'}-1 | a promise |`;
    const because = (title: string) =>
      threats(`${catalogue}\n${promise}`, [...guarded, testFile(title)]).map((one) => one.because);
    assert.deepEqual(because('a test'), [reasons.unguarded]);
    for (const title of [`${'P'}-1: kept`, `${id(1)}, ${'P'}-1: kept`]) assert.deepEqual(because(title), []);
  });

  it('accepts a catalogue whose rows have tests, or wait', () => assert.deepEqual(threats(catalogue, guarded), []));

  it('finds a row without a test, a row that stands twice, and an id that does not exist', () => {
    const because = (text: string, files = guarded) => threats(text, files).map((one) => one.because);
    assert.deepEqual(because(`${catalogue}\n| ${id(6)} | six | refused |`), [reasons.unguarded]);
    assert.deepEqual(because(`${catalogue}\n| ${id(1)} | again | refused |`), [reasons.twice]);
    const citing = { path: 'packages/server/src/a.ts', text: `// a rule (threats ${id(9)})` };
    assert.deepEqual(because(catalogue, [...guarded, citing]), [reasons.unknown]);
  });
});

describe('the guard of run-time packages', () => {
  const manifests = new Map([['packages/a/package.json', { dependencies: { kysely: '1', '@hallpass/db': '1' } }]]);

  it('SC-02: a package that runs beside tokens needs its paragraph', () => {
    assert.deepEqual(dependencies(manifests, '**`kysely`** (db) builds SQL.'), []);
    assert.deepEqual(
      dependencies(manifests, 'kysely is mentioned').map((one) => [one.what, one.because]),
      [['kysely', dependencyReasons.absent]],
    );
  });

  it('finds a paragraph about a package that is gone', () =>
    assert.deepEqual(
      dependencies(manifests, '**`kysely`** (db) builds SQL.\n\n**`left-pad`** pads.').map((one) => one.because),
      [dependencyReasons.gone],
    ));

  it('finds a package that is named and that no file imports', () => {
    const named = new Map([
      ['packages/a/package.json', { devDependencies: { vite: '1', '@types/react': '1', dayjs: '1' } }],
    ]);
    const imported = new Map([
      ['packages/a/vite.config.ts', ['vite']],
      ['packages/a/src/page.tsx', ['react/jsx-runtime']],
      ['packages/b/src/date.ts', ['dayjs']],
    ]);
    assert.deepEqual(
      unused(named, imported).map((one) => [one.what, one.because]),
      [['dayjs', dependencyReasons.unused]],
    );
  });
});
