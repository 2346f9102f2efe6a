// Logging in from the command line: by a browser, whose part a headless one plays, and by a code on another device.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { goThrough, HeadlessBrowser, logInOn } from '@hallpass/server/testing';
import { hallpass, running, type Running, start, stopped } from './command.ts';

/** The native app and a person of the demo world. */
const app = { id: '2068815734920671', clientToken: '6ac81f94e07d4d3bb52e9f0c7d4a1836' };
const ana = { email: 'ana@demo.example', password: 'ana-in-the-demo' };

let server: Running;
let url: string;
let home: string;
let env: Record<string, string>;
/** A command whose log-in a failed test left half-way would wait for it. */
const children: ChildProcess[] = [];

before(async () => {
  server = await running(['dev', '--port', '0']);
  ({ url } = server.ready);
  home = mkdtempSync(join(tmpdir(), 'hallpass-'));
  env = { HALLPASS_URL: url, XDG_DATA_HOME: home, PATH: '/nowhere' };
});
after(async () => {
  for (const child of children) child.kill();
  rmSync(home, { recursive: true, force: true });
  await stopped(server);
});

/** A browser of the person, with the host of the server alone. */
function browserOf(): HeadlessBrowser {
  const host = new URL(url).host;
  return new HeadlessBrowser(
    async ({ method, path, headers, body }) => {
      const answer = await fetch(`${url}${path}`, { method, headers, body: body || undefined, redirect: 'manual' });
      const cookies = answer.headers.getSetCookie();
      const rest = Object.fromEntries(answer.headers);
      return { status: answer.status, headers: { ...rest, 'set-cookie': cookies }, text: await answer.text() };
    },
    { host, follows: (location) => new URL(location, url).host === host },
  );
}

/** Runs `hallpass login`, and goes through the dialog that it names. */
async function login(args: readonly string[], { cancel = false } = {}) {
  const { child, ended } = start(['login', '--no-open', ...args], { env });
  children.push(child);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (part: string) => {
      said += part;
      const found = /(http\S+)\n/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('close', () => reject(new Error(said)));
  });
  const browser = browserOf();
  await browser.open(address);
  await logInOn(browser, ana);
  const page = await goThrough(browser, ana, { cancel });
  return { page, ended };
}

test('login by the browser keeps the token, api uses it, and logout forgets it', async () => {
  const { page, ended } = await login(['--app-id', app.id, '--scope', 'email', '--json']);
  const answer = await fetch(page.left ?? '');
  assert.match(await answer.text(), /You can close this window/);
  const { code, out, err } = await ended;
  assert.equal(code, 0, err);
  const data = JSON.parse(out);
  assert.deepEqual(
    [data.app_id, data.permissions, data.source],
    [app.id, ['public_profile', 'email'], 'CHROME_CUSTOM_TAB'],
  );
  assert.ok(data.expires_at - Date.now() / 1000 > 59 * 86_400, 'a native log-in gives a long-lived token');
  assert.ok(data.data_access_expires_at > data.expires_at);
  assert.doesNotMatch(out + err, /EAA/);
  const me = await hallpass(['api', 'GET', 'me', '-F', 'fields=id,email'], { env });
  assert.deepEqual(JSON.parse(me.out), { id: data.user_id, email: ana.email });
  const folder = join(home, 'hallpass', 'log-ins');
  for (const name of readdirSync(folder)) {
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
    assert.doesNotMatch(readFileSync(join(folder, name), 'latin1'), /EAA/);
  }
  const logout = await hallpass(['logout'], { env });
  assert.deepEqual([logout.code, logout.out], [0, 'Logged out on this machine.\n']);
  assert.equal((await hallpass(['api', 'GET', 'me'], { env })).code, 1);
  assert.equal((await hallpass(['logout'], { env })).out, `You weren't logged in at ${url}.\n`);
});

test('the person says no: the command says so and keeps nothing', async () => {
  const { page, ended } = await login(['--app-id', app.id, '--scope', 'user_hometown'], { cancel: true });
  await fetch(page.left ?? '');
  const { code, err } = await ended;
  assert.equal(code, 1);
  assert.match(err, /^The log-in was cancelled\.$/m);
});

test('RU-01: an answer with another state, host or path is not taken, and the log-in goes on', async () => {
  const { page, ended } = await login(['--app-id', app.id]);
  const answer = new URL(page.left ?? '');
  const forged = new URL(answer);
  forged.searchParams.set('state', 'another');
  assert.equal((await fetch(forged)).status, 400);
  assert.equal((await fetch(new URL('/elsewhere', answer))).status, 404);
  const posted = await fetch(new URL(answer.pathname, answer), {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
    body: answer.search.slice(1),
  });
  assert.equal(posted.status, 403);
  assert.equal((await fetch(answer)).status, 200);
  assert.equal((await ended).code, 0);
});

test('logout removes the app from the account where that is wanted', async () => {
  const { page, ended } = await login(['--app-id', app.id]);
  await fetch(page.left ?? '');
  await ended;
  const kept = await hallpass(['api', 'GET', 'me/permissions', '--json'], { env });
  assert.equal(kept.code, 0);
  const removed = await hallpass(['logout', '--remove-app', '--json'], { env });
  assert.deepEqual(JSON.parse(removed.out), { logged_out: true, app_removed: true });
});

test('Limited Login: the fragment reaches the program by its page, and the id_token is checked', async () => {
  const { page, ended } = await login(['--app-id', app.id, '--limited', '--json']);
  const [address = '', fragment = ''] = (page.left ?? '').split('#');
  const script = await (await fetch(address)).text();
  assert.match(script, /history\.replaceState\(null, '', location\.pathname\)/);
  const { origin, pathname } = new URL(address);
  const sent = await fetch(`${origin}${pathname}`, { method: 'POST', headers: { origin }, body: fragment });
  assert.equal(sent.status, 200);
  const { code, out, err } = await ended;
  assert.equal(code, 0, err);
  const data = JSON.parse(out);
  assert.deepEqual([data.limited, data.app_id, data.claims.aud], [true, app.id, app.id]);
  assert.equal((await hallpass(['api', 'GET', 'me'], { env })).code, 1, 'it opens nothing of the Graph');
});

test('what is missing is said', async () => {
  const elsewhere = { ...env, XDG_DATA_HOME: join(home, 'other') };
  const none = await hallpass(['login'], { env: elsewhere });
  assert.deepEqual([none.code, none.err], [2, 'Give --app-id (or HALLPASS_APP_ID) to say which app to log in to.\n']);
  const device = await hallpass(['login', '--device', '--app-id', app.id], { env: elsewhere });
  assert.match(device.err, /^Give --client-token/);
});
