// `hallpass record` keeps what a service answers to an unchanged program, and `hallpass drift` compares it with Hallpass.
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hallpass, running, type Running, stopped, temporary } from '../command.ts';
import { modes } from './exec-modes.ts';

const app = '1384720956120447';
const secret = '8f1c5be29d7340a6b1e7c45d02f9a36b';
const program = `curl -sS 'https://graph.facebook.com/v25.0/app?access_token=${app}|${secret}'; curl -sS https://graph.facebook.com/v25.0/me`;

let service: Running;
let data: string;
const cleaned: (() => void)[] = [];
before(async () => {
  data = temporary({ after: (task) => void cleaned.push(task) });
  service = await running(['dev', '--port', '0'], { env: { XDG_DATA_HOME: data } });
});
after(async () => {
  await stopped(service);
  for (const task of cleaned) task();
});

for (const { name, options, skip } of modes)
  test(`ST-02: calls are recorded without a credential, for the eyes of one person, and compared (${name})`, {
    skip,
  }, async (t) => {
    const file = join(temporary(t), 'recording.json');
    const args = ['record', file, '--service', service.ready.url, ...options, '--', 'sh', '-c', program];
    const { code, out, err } = await hallpass(args);
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`"id":"${app}"[\\s\\S]*2500`));
    assert.match(err, /^2 calls were recorded in \S+recording\.json\.\nhallpass record: 2 calls, exit code 0/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.doesNotMatch(readFileSync(file, 'utf8'), new RegExp(secret));
    const same = await hallpass(['drift', file]);
    assert.deepEqual([same.code, same.out], [0, '2 calls, and none is answered differently.\n']);
    const changed = readFileSync(file, 'utf8').replace('"status": 400', '"status": 401');
    writeFileSync(file, changed);
    const other = await hallpass(['drift', file, '--json']);
    assert.equal(other.code, 1);
    const { calls, differing, compared } = JSON.parse(other.out);
    assert.deepEqual(
      [calls, differing, compared[1].differences],
      [2, 1, [{ path: '', what: 'status', recorded: '401', ours: '400' }]],
    );
  });

test('a file that cannot be written or is no recording, a service that is away and a command that is missing are told', async (t) => {
  const folder = temporary(t);
  const unwritable = await hallpass(['record', join(folder, 'none', 'x.json'), '--', 'echo', 'started']);
  assert.deepEqual([unwritable.code, unwritable.out], [3, '']);
  assert.match(unwritable.err, /x\.json cannot be written\.\n$/);
  const file = join(folder, 'x.json');
  const away = await hallpass([
    'record',
    file,
    '--quiet',
    '--env-only',
    '--service',
    'http://localhost:9',
    '--',
    'sh',
    '-c',
    program,
  ]);
  assert.match(away.out, /http:\/\/localhost:9 cannot be reached\./);
  assert.equal((await hallpass(['record', file])).code, 2);
  writeFileSync(file, '{}');
  const none = await hallpass(['drift', file]);
  assert.deepEqual([none.code, none.err], [3, `${file} is no recording: hallpass record writes one.\n`]);
  assert.equal((await hallpass(['drift', join(folder, 'missing.json')])).code, 3);
});
