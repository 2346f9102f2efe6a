// The helpers of the library for a suite of tests, under the runners that are not Node's own: one suite, with the hooks
// that vitest and jest have by the same names.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';

const folder = fileURLToPath(new URL('runners', import.meta.url));
const jest = process.env['JEST'] ?? '';

const runners = [
  {
    name: 'vitest',
    command: [fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url)), 'run', '--no-color'],
    options: '--conditions=source',
    passes: /Tests +2 passed \(2\)/,
    skip: false,
  },
  {
    name: 'jest',
    command: [jest, '--no-color'],
    // The packages are ES modules.
    options: '--conditions=source --experimental-vm-modules',
    passes: /Tests: +2 passed, 2 total/,
    skip: jest === '' ? 'not tried: jest could not be installed' : false,
  },
];

describe('an emulator for a suite, its world put back before each test', () => {
  for (const { name, command, options, passes, skip } of runners)
    it(`under ${name}`, { skip }, () => {
      const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('NODE_TEST')));
      const { status, stdout, stderr } = spawnSync(process.execPath, command, {
        cwd: folder,
        env: { ...env, NODE_OPTIONS: options },
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout + stderr, passes);
    });
});
