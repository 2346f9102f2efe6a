import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { commands, exitCodes } from '../src/index.ts';
import { hallpass } from './command.ts';

test('every command says how it is used, with an example', async () => {
  for (const { name, summary } of commands) {
    const { code, out } = await hallpass([name, '--help']);
    assert.equal(code, 0, name);
    assert.match(out, new RegExp(`Usage: hallpass ${name}`));
    assert.ok(summary.endsWith('.'));
  }
  const { code, out } = await hallpass(['keys', 'withdraw', '--help']);
  assert.equal(code, 0);
  assert.match(out, /Example:\n {2}\$ hallpass keys withdraw/);
});

test('wrong use ends with 2 and says what to do, on standard error', async () => {
  const cases: [string[], RegExp][] = [
    [[], /Usage: hallpass/],
    [['sevre'], /Did you mean serve\?/],
    [['sevre', '--help'], /Did you mean serve\?/],
    [['person', 'lok', '--help'], /Did you mean lock\?[\s\S]*hallpass person --help/],
    [['dev', '--prot', '1'], /Did you mean --port\?[\s\S]*hallpass dev --help/],
    [['dev', '--port', 'x'], /A port is a number/],
    [['dev', '--at', 'yesterday'], /--at: write a time/],
    [['token'], /Usage: hallpass token/],
    [['token', 'debug'], /missing required argument 'token'/],
    [['token', 'debug', '-'], /no token on standard input/],
    [['api', 'PUT', 'me'], /GET, POST, DELETE/],
    [['api', 'GET', 'me', '-F', 'x'], /name=value/],
    [['keys', 'withdraw', 'first'], /Give the number of a key/],
  ];
  for (const [args, words] of cases) {
    const { code, out, err } = await hallpass(args);
    assert.deepEqual([code, out], [exitCodes.wrongUse.code, ''], args.join(' '));
    assert.match(err, words);
  }
});

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  assert.equal((await hallpass(['--version'])).out, `${version}\n`);
});

test('the program in bin starts the same command line and passes its exit code on', () => {
  const bin = fileURLToPath(new URL('../../hallpass/bin/hallpass.js', import.meta.url));
  const run = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
  assert.equal(run('nothing').status, 2);
});
