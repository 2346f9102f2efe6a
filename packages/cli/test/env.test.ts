// `hallpass env` brings the programs of a shell to an emulator that runs, by the authority of this machine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { commandLine } from './command-line.ts';
import { hallpass, running, type Running, stopped, temporary } from './command.ts';

const appToken = '1384720956120447|8f1c5be29d7340a6b1e7c45d02f9a36b';
const ask = `curl -sS 'https://graph.facebook.com/v25.0/app?access_token=${appToken}'`;

describe('hallpass env', () => {
  let emulator: Running;
  let home: string;
  const clean: (() => void)[] = [];
  before(async () => {
    home = temporary({ after: (task) => clean.push(task) });
    emulator = await running(['dev', '--port', '0'], { env: { XDG_DATA_HOME: home } });
  });
  after(async () => {
    await stopped(emulator);
    for (const task of clean) task();
  });
  const env = (options: readonly string[] = [], more = {}) =>
    hallpass(['env', '--join', emulator.ready.url, ...options], { env: { XDG_DATA_HOME: home, ...more } });
  const inShell = (line: string, more = {}) =>
    spawnSync('sh', ['-c', line], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], XDG_DATA_HOME: home, ...more },
    });
  const take = (): string => `eval "$(${process.execPath} ${commandLine.join(' ')} env --join ${emulator.ready.url})"`;

  test('a shell that takes it in reaches the emulator under the names of Meta', () => {
    const { stdout, stderr } = inShell(`${take()}; ${ask}`);
    assert.match(stdout, /"id":"1384720956120447"/, stderr);
  });

  test('taking it in twice changes nothing more', () => {
    const once = inShell(`${take()}; env | sort`);
    const twice = inShell(`${take()}; ${take()}; env | sort`);
    assert.equal(twice.stdout, once.stdout);
  });

  test('is written for fish, PowerShell and programs too', async () => {
    const fish = await env(['--shell', 'fish']);
    assert.match(fish.out, /^set -gx HTTPS_PROXY 'http:\/\/localhost:\d+'$/m);
    const power = await env(['--shell', 'powershell']);
    assert.match(power.out, /^\$env:HTTPS_PROXY = 'http:\/\/localhost:\d+'$/m);
    const json = JSON.parse((await env(['--json'])).out);
    assert.equal(json.HTTPS_PROXY, emulator.ready.url);
    const fishByShell = await env([], { SHELL: '/usr/bin/fish' });
    assert.equal(fishByShell.out, fish.out);
  });

  test('EM-01: the key is made on this machine at its first use, and no one else may read it', async () => {
    await env();
    const file = join(home, 'hallpass/authority/authority.key');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const before = readFileSync(file, 'utf8');
    await env();
    assert.equal(readFileSync(file, 'utf8'), before);
    chmodSync(file, 0o644);
    const refused = await env();
    assert.deepEqual([refused.code, refused.out], [3, '']);
    assert.match(refused.err, /Others may have read the key in .+\. Run hallpass untrust/);
    chmodSync(file, 0o600);
  });

  test('EM-06: a file that is broken, or for other hosts, is replaced by a new authority, which the emulator takes', async () => {
    const file = join(home, 'hallpass/authority/authority.key');
    await env();
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'broken');
    const { stdout, stderr } = inShell(`${take()}; ${ask}`);
    assert.match(stdout, /"id":"1384720956120447"/, stderr);
    assert.notEqual(readFileSync(file, 'utf8'), before);
  });

  test('EM-02: the emulator tunnels to nobody, and logs it', () => {
    const { stdout } = inShell(`${take()}; curl -s -o /dev/null -w '%{http_connect}' https://example.org/`);
    assert.equal(stdout, '403');
  });

  test('EM-04: a web page reaches neither the proxy nor, under a name of Meta, the control interface', () => {
    const { url, control } = emulator.ready;
    const status = (options: string): string =>
      inShell(`${take()}; curl -s -o /dev/null -w '%{http_code}' ${options}`).stdout;
    assert.equal(status(`--noproxy '*' -H 'Host: page.example' ${url}/`), '421');
    const bearer = `-H 'Authorization: Bearer ${control.token}'`;
    const ask = `${bearer} https://www.facebook.com/_/emulator/state`;
    assert.equal(status(ask), '200');
    assert.equal(status(`-H 'Origin: https://page.example' ${ask}`), '403');
    assert.equal(status('https://www.facebook.com/_/emulator/state'), '401');
  });

  test('without an emulator it says how to start one', async () => {
    const { code, out, err } = await hallpass(['env', '--join', 'http://localhost:1'], {
      env: { XDG_DATA_HOME: home },
    });
    assert.deepEqual([code, out], [3, '']);
    assert.match(err, /^No emulator answers at http:\/\/localhost:1: start one with `hallpass dev`/);
  });
});
