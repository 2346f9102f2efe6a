// These tests are about the log of a process whose reader does not read.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { text } from 'node:stream/consumers';

const LINES = 20_000;
const program = `
  import { createLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)};
  const { log, flush } = createLog('info');
  log('info', 'first');
  await new Promise(setImmediate);
  for (let line = 0; line < ${LINES}; line++) log('info', 'x'.repeat(200));
  await new Promise(setImmediate);
  process.stdout.write('written');
  process.stdin.once('data', async () => {
    log('info', 'last');
    await flush();
    process.exit(0);
  });
`;

test('RL-16: a log that nobody reads holds nothing up: lines are dropped, and the next one counts them', async (t) => {
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  assert.equal(said.toString(), 'written');
  const read = text(child.stderr);
  child.stdin.write('go on');
  await once(child, 'exit');
  const lines = (await read)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; dropped?: number });
  const last = lines.at(-1);
  assert.ok(lines.length < LINES / 2, `${lines.length} lines were kept`);
  assert.equal(last?.msg, 'last');
  assert.equal(lines.length + (last?.dropped ?? 0), LINES + 2);
});
