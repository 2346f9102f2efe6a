// These tests are about the counting of `npm test` itself: whatever goes wrong in a test file ends up in the count.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { Suite } from './test/suite.ts';

/** Runs `text` as a test file and gives back each outcome with its name. */
async function outcomes(text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-runner-'));
  const suite = new Suite();
  try {
    const file = join(folder, 'x.test.mts');
    writeFileSync(file, `import test, { describe, it, before } from 'node:test';\n${text}`);
    return (await suite.run(file, 0)).map(({ name, outcome }) => `${outcome}: ${name}`);
  } finally {
    await suite.end();
    rmSync(folder, { recursive: true });
  }
}

it('counts passed, failed and skipped tests by their full names, and no suite', async () => {
  const text =
    "describe('a', () => { it('b', () => {}); it('c', () => { throw new Error('no'); }); it('d', (t) => t[`sk${'ip'}`]('why')); });";
  assert.deepEqual(await outcomes(text), ['passed: a › b', 'failed: a › c', 'skipped: a › d']);
});

it('counts a file that cannot be loaded as failed', async () => {
  assert.deepEqual(await outcomes("throw new Error('boom');"), ['failed: the file']);
});

it('counts a file without a test as failed', async () => {
  assert.deepEqual(await outcomes('test;'), ['failed: the file']);
});

it('counts a file that ends the process early as failed', async () => {
  assert.deepEqual(await outcomes("test('a', () => process.exit(3)); test('b', () => {});"), ['failed: the file']);
});

it('counts a hook that fails', async () => {
  const found = await outcomes(
    "describe('a', () => { before(() => { throw new Error('no'); }); it('b', () => {}); });",
  );
  assert.ok(found.some((line) => line.startsWith('failed:')));
  assert.ok(found.every((line) => !line.startsWith('passed:')));
});

it('counts a failure that comes after the last test', async () => {
  const found = await outcomes("test('a', () => { setTimeout(() => { throw new Error('late'); }, 50); });");
  assert.ok(
    found.some((line) => line.startsWith('failed:')),
    found.join(),
  );
});

it('counts an error that is thrown beside a running test', async () => {
  const wait = 'await new Promise((done) => setTimeout(done, 50));';
  const found = await outcomes(
    `test('a', async () => { void (async () => { await null; throw new Error('beside'); })(); ${wait} }); test('b', () => {});`,
  );
  assert.deepEqual(found, ['passed: a', 'passed: b', 'failed: an error that no test caught']);
});

it('shows tests neither a DATABASE_URL nor settings of the product from outside', async () => {
  process.env['HALLPASS_PLATFORM_NAME'] = 'x';
  assert.deepEqual(
    await outcomes(
      "test('a', () => { if (process.env.HALLPASS_PLATFORM_NAME || process.env.DATABASE_URL) throw new Error('seen'); });",
    ),
    ['passed: a'],
  );
});
