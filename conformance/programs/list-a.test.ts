// The public clients run unmodified below `hallpass exec`, in both of its ways. Not tried: the React button and the
// types of the browser SDK, because the script of the SDK is not served.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exec, ways } from './exec.ts';

const program = [
  process.execPath,
  '--conditions=source',
  '--test',
  '--test-reporter=tap',
  'conformance/programs/list-a.ts',
];

describe('the public clients, unmodified', () => {
  for (const { name, options, skip } of ways)
    it(`all do what they do with Meta (${name})`, { skip }, async () => {
      const { code, out, summary } = await exec(options, program);
      const failed = [...out.matchAll(/^not ok \d+ - (.*)$/gm)].map(([, client]) => client);
      assert.deepEqual([code, failed], [0, []], out);
      assert.ok(out.includes('# pass 8'), out);
      assert.ok(summary.calls > 25);
      assert.deepEqual(summary.hosts, []);
    });
});
