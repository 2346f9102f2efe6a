// The examples run below `hallpass exec`, in both of its ways, each with its usual test runner.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { exec, ways } from './exec.ts';

const examples = [
  {
    name: 'the Express app',
    command: [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--no-color', '--root=examples/express'],
    passes: /Tests +5 passed \(5\)/,
  },
  {
    name: 'the Python script',
    command: ['/usr/bin/python3', '-B', '-m', 'unittest', 'discover', '-s', 'examples/python'],
    passes: /^OK$/m,
  },
  {
    name: 'the PHP page',
    command: ['/usr/bin/phpunit', '--do-not-cache-result', 'examples/php/PageTest.php'],
    passes: /^OK \(2 tests/m,
  },
];
process.env['APP_ID'] = '1384720956120447';
process.env['APP_SECRET'] = '8f1c5be29d7340a6b1e7c45d02f9a36b';

describe('examples', () => {
  for (const { name, command, passes } of examples)
    for (const way of ways) {
      const missing = existsSync(command[0] ?? '') ? false : `not tried: there is no ${command[0]} on this machine`;
      it(`${name} passes its tests (${way.name})`, { skip: way.skip || missing }, async () => {
        const { code, out, err } = await exec(way.options, command);
        assert.equal(code, 0, out + err);
        assert.match(out + err, passes);
      });
    }
});
