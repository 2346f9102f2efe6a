// The pages of the console give orders through a door of their own, which opens for a page of this origin with a key.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Emulator } from '../../src/index.ts';
import { overHttp } from '../../src/index.ts';
import { control, emulator } from '../outside.ts';

let it: Emulator;
let key = '';
before(async () => {
  it = await emulator();
  await it.worlds.create('there');
});
after(() => it.close());

/** Sends what a browser sends for a page of this origin, with what `headers` change. */
async function send(path: string, headers: Record<string, string> = {}, form?: Record<string, string>) {
  const {
    status,
    text,
    headers: answered,
  } = await overHttp(it.url)({
    method: form === undefined ? 'GET' : 'POST',
    path: `/console/control/${path}`,
    headers: {
      host: `localhost:${it.port}`,
      'sec-fetch-site': 'same-origin',
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    body: form === undefined ? '' : new URLSearchParams(form).toString(),
  });
  return { status, text, headers: answered };
}

const ticketOf = (link: string): string => new URL(link).hash.replace('#ticket=', '');

test('a link opens the pages once, for one browser, and its key gives every order of the control interface', async () => {
  const { body } = await control(it, 'console', {});
  assert.ok(body.url.startsWith(`${it.url}/console/emulator#ticket=`), 'what makes it work stands behind the #');
  const ticket = ticketOf(body.url);
  const opened = await send('open', {}, { ticket });
  key = JSON.parse(opened.text).key;
  assert.equal(opened.status, 200);
  assert.equal((await send('open', {}, { ticket })).status, 401);
  const clock = await send('clock', { 'x-hallpass-console-key': key }, { advance: '1h' });
  assert.equal(JSON.parse(clock.text).happened.length >= 0, true);
  const other = await send('state', { 'x-hallpass-console-key': key, 'x-hallpass-world': 'there' });
  assert.equal(JSON.parse(other.text).name, 'there');
});

test('EM-07: no page of another origin, of another port of this machine, and no program without the key gives an order', async () => {
  const good = { 'x-hallpass-console-key': key };
  const order = (headers: Record<string, string>) => send('clock', headers, { advance: '1h' });
  assert.equal((await order(good)).status, 200);
  const before = it.clock.now();
  for (const [what, headers, status] of [
    ['no key', {}, 401],
    ['another key', { 'x-hallpass-console-key': '0'.repeat(64) }, 401],
    [
      'the control token',
      { 'x-hallpass-console-key': it.controlToken, authorization: `Bearer ${it.controlToken}` },
      401,
    ],
    ['another site', { ...good, 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of this machine', { ...good, 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }, 403],
    [
      'another origin, in a browser that tells no site',
      { ...good, 'sec-fetch-site': '', origin: 'https://evil.example' },
      403,
    ],
    ['a sandboxed frame', { ...good, origin: 'null' }, 403],
    ['an address that somebody typed', { ...good, 'sec-fetch-site': 'none' }, 403],
    ['another host', { ...good, host: 'evil.example' }, 421],
    ['a world that is not there', { ...good, 'x-hallpass-world': 'nowhere' }, 404],
  ] as const)
    assert.equal((await order({ ...headers })).status, status, what);
  assert.ok(it.clock.now() - before < 60, 'the clock stands where it stood');
});

test('EM-07: nothing invites another origin to read, and no cookie is set', async () => {
  const { headers } = await send('state', { 'x-hallpass-console-key': key });
  assert.equal(headers['access-control-allow-origin'], undefined);
  assert.equal(headers['set-cookie'], undefined);
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
  const asked = await overHttp(it.url)({
    method: 'OPTIONS',
    path: '/console/control/clock',
    headers: { host: `localhost:${it.port}`, origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
    body: '',
  });
  assert.equal(asked.status, 403);
});

test('EM-07: after twenty more links the first one opens nothing', async () => {
  const first = ticketOf(it.consoleLink());
  for (let made = 0; made < 20; made++) it.consoleLink();
  assert.equal((await send('open', {}, { ticket: first })).status, 401);
  assert.equal((await send('open', {}, { ticket: '' })).status, 401);
});
