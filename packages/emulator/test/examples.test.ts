// The examples that use the library run with their own test runner, as their authors would run them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

for (const [name, file, tests] of [
  ['a Next-style route handler', 'examples/next/app/api/profile/route.test.mjs', 4],
  ['a server on node:http', 'examples/node/server.test.mjs', 5],
] as const)
  test(`${name} passes its tests`, async () => {
    // A test that runs tests would hand on the channel of its own runner.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = await run(process.execPath, ['--conditions=source', '--test', file], { cwd: root, env });
    assert.match(stdout, new RegExp(`pass ${tests}\\n`), stdout);
    assert.match(stdout, /fail 0\n/);
  });
