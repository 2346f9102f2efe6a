// A restored backup is noticed and fenced, and nothing secret comes out of a running platform (ST-02, ST-05).
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { overHttp } from '@hallpass/emulator';
import { HeadlessBrowser } from '@hallpass/server/testing';
import { hallpass, type Running, running, stopped, temporary } from '../command.ts';

const serve = (data: string, ...more: string[]): Promise<Running> =>
  running(['serve', '--data', data, '--port', '0', '--open-sign-up', 'true', ...more]);

/** Stops it in good order. */
async function stop(server: Running): Promise<{ out: string; err: string }> {
  const { code, out, err } = await stopped(server);
  assert.equal(code, 0, err);
  return { out, err };
}

const client = (url: string): HeadlessBrowser => new HeadlessBrowser(overHttp(url), { host: new URL(url).host });

async function signUp(browser: HeadlessBrowser, name: string): Promise<void> {
  await browser.open('/signup');
  const email = `${name}@example.com`;
  const form = browser.form('/signup', { name, email, password: `canary-password-of-${name}` });
  const made = await browser.post(form);
  assert.equal(made.status, 303, made.innerText);
}

const isLoggedIn = async (browser: HeadlessBrowser): Promise<boolean> =>
  (await browser.ask('/settings/sessions')).status === 200;

test('ST-05: a restored backup is refused until it is fenced, and whoever was logged in before logs in again', async (t) => {
  const data = join(temporary(t), 'data');
  const [file, backup, mark] = [join(data, 'hallpass.db'), join(data, 'backup'), join(data, 'last-seen')];
  let server = await serve(data);
  const before = client(server.ready.url);
  await signUp(before, 'before');
  await stop(server);
  assert.equal(statSync(mark).mode & 0o777, 0o600);
  copyFileSync(file, backup);

  // Yesterday's state is the present one as long as nothing has happened.
  server = await serve(data);
  await signUp(client(server.ready.url), 'after');
  await stop(server);

  const restore = (): void => {
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    copyFileSync(backup, file);
  };
  for (const time of ['the first time', 'a second time']) {
    restore();
    const refused = await hallpass(['serve', '--data', data, '--port', '0']);
    assert.deepEqual(
      [refused.code, refused.out, refused.err.trimEnd().split('\n').length],
      [3, '', 1],
      `${time}: ${refused.err}`,
    );
    assert.match(refused.err, /older than this node last saw it.*hallpass fence/);
    const fenced = await hallpass(['fence', '--data', data, '--json']);
    assert.deepEqual([fenced.code, JSON.parse(fenced.out).fenced], [0, true], fenced.err);
    server = await serve(data);
    const browser = client(server.ready.url);
    assert.equal(await isLoggedIn(browser), false);
    await browser.logIn({ email: 'before@example.com', password: 'canary-password-of-before' });
    assert.equal(await isLoggedIn(browser), true, `${time}: with the password of the backup`);
    await stop(server);
  }
  const audit = await hallpass(['audit', 'verify', '--data', data, '--json']);
  assert.equal(JSON.parse(audit.out).ok, true, audit.out);
});

test('ST-05: a session of before a fence is dead after it', async (t) => {
  const data = join(temporary(t), 'data');
  let server = await serve(data);
  const { port } = new URL(server.ready.url);
  const browser = client(server.ready.url);
  await signUp(browser, 'before');
  assert.equal(await isLoggedIn(browser), true);
  await stop(server);
  // The same port, so that it is the same address to the browser.
  server = await running(['serve', '--data', data, '--port', port, '--open-sign-up', 'true']);
  assert.equal(await isLoggedIn(browser), true, 'a restart alone ends nothing');
  await stop(server);
  assert.equal((await hallpass(['fence', '--data', data])).code, 0);
  server = await running(['serve', '--data', data, '--port', port, '--open-sign-up', 'true']);
  assert.equal(await isLoggedIn(browser), false);
  await stop(server);
});

test('ST-05: a damaged mark is refused by name, and a lost one is made anew', async (t) => {
  const data = join(temporary(t), 'data');
  const mark = join(data, 'last-seen');
  await stop(await serve(data));
  writeFileSync(mark, 'nonsense', { mode: 0o600 });
  const refused = await hallpass(['serve', '--data', data, '--port', '0']);
  assert.equal(refused.code, 3);
  assert.match(refused.err, /last-seen is damaged/);
  rmSync(mark);
  await stop(await serve(data));
  assert.equal(existsSync(mark), true);
  assert.match(readFileSync(mark, 'utf8'), /^\d+ [\w-]* \d+\n$/);
});

test('ST-02, P-8: nothing that was presented stands in what a running platform prints, at the most talkative level', async (t) => {
  const data = join(temporary(t), 'data');
  const server = await serve(data, '--log-level', 'debug');
  const { url, administrator_link: link } = server.ready;
  const browser = client(url);
  await signUp(browser, 'printed');
  const token = `EAA${'canaryToken'.repeat(12)}`;
  const canaries = [
    token,
    'canary-secret-0123456789abcdef01',
    'canary-password-of-printed',
    'canary-wrong-password',
    `AQ${'canaryCode'.repeat(21)}cana`,
    'c0ffee'.repeat(10).padEnd(64, '0'),
  ];
  const [, secret = '', , wrong = '', code = '', proof = ''] = canaries;
  await client(url).logIn({ email: 'printed@example.com', password: wrong });
  for (const path of [
    `/me?access_token=${token}&appsecret_proof=${proof}`,
    `/me?access_token=1%7C${secret}`,
    `/${token}`,
    `/oauth/access_token?client_id=1&client_secret=${secret}&code=${code}&redirect_uri=https://a.example/`,
    `/debug_token?input_token=${token}&access_token=1%7C${secret}`,
    `/dialog/oauth?client_id=1&redirect_uri=https://a.example/&access_token=${token}`,
  ])
    await fetch(new URL(path, url));
  await fetch(new URL('/me', url), { headers: { authorization: `Bearer ${token}` } });
  await fetch(new URL('/oauth/access_token', url), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`1:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ code }),
  });
  const { out, err } = await stop(server);
  assert.ok(err.split('\n').length > 5, 'it does write a log');
  // The link of the first administrator is printed once, for whoever started it.
  const printed = `${out.replace(link, '')}${err}`;
  for (const canary of [
    ...canaries,
    Buffer.from(`1:${secret}`).toString('base64'),
    new URL(link).searchParams.get('key') as string,
  ])
    assert.ok(!printed.includes(canary), canary);
});
