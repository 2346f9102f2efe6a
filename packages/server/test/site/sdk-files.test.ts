// These tests are about what a page of an app loads of the JavaScript SDK, and about the relay page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Browser } from '../browser.ts';
import { testWorld, type TestWorld } from '../world.ts';

const sdk = { script: 'FB("__HALLPASS_SERVER__")', debug: 'debug("__HALLPASS_SERVER__")', relay: 'post()' };

async function sent(world: TestWorld, host: string, path: string, headers: Record<string, string> = {}) {
  const answer = await world.send({ host, scheme: 'https', path, headers: { host, ...headers } });
  const bytes = Buffer.from(answer.body);
  const text = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes).toString() : bytes.toString();
  const facts = /\("([\w=+/]+)"\)/.exec(text)?.[1] ?? '';
  return { answer, text, facts: facts === '' ? undefined : JSON.parse(decodeURIComponent(atob(facts))) };
}

test('the file is served under its names, in any language, with the addresses of the host that was asked', async () => {
  const world = await testWorld({ world: { sdk } });
  for (const path of ['/en_US/sdk.js', '/de_DE/sdk.js', '/fil_PH/all.js', '/pt_BR/sdk/xfbml.customerchat.js']) {
    const { answer, text, facts } = await sent(world, 'localhost:4000', path);
    assert.equal(answer.status, 200, path);
    assert.match(text, /^FB/);
    const one = 'https://localhost:4000';
    assert.deepEqual(facts, { graph: one, www: one, static: one, name: 'Hallpass' });
    assert.equal(answer.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(answer.headers['set-cookie'], undefined);
  }
  assert.match((await sent(world, 'localhost:4000', '/en_US/sdk/debug.js')).text, /^debug/);
  const zipped = await sent(world, 'localhost:4000', '/en_US/sdk.js', { 'accept-encoding': 'gzip, br' });
  assert.equal(zipped.answer.headers['content-encoding'], 'gzip');
  assert.match(zipped.text, /^FB/);
  for (const path of ['/english/sdk.js', '/en_US/sdk.css', '/en_US/../sdk.js', '/sdk.js'])
    assert.notEqual((await sent(world, 'localhost:4000', path)).answer.status, 200, path);
  await world.close();
});

test('a page that loads it from Meta’s host is led to the other hosts of Meta, wherever those lead', async () => {
  const settings = { baseDomain: 'facebook.com', extraHosts: ['connect.facebook.net'] };
  const world = await testWorld({ world: { sdk }, settings });
  for (const host of ['connect.facebook.net', 'www.facebook.com', 'connect.facebook.com']) {
    const { facts } = await sent(world, host, '/en_US/sdk.js');
    assert.deepEqual(facts, {
      graph: 'https://graph.facebook.com',
      www: 'https://www.facebook.com',
      static: 'https://staticxx.facebook.com',
      name: 'Hallpass',
    });
  }
  await world.close();
});

test('a name of the platform with quotes and angle brackets ends no string of the file', async () => {
  const name = `</script>'"\\ Ünited`;
  const world = await testWorld({ world: { sdk }, settings: { platformName: name } });
  const { facts, text } = await sent(world, 'localhost:4000', '/en_US/sdk.js');
  assert.equal(facts.name, name);
  assert.match(text, /^FB\("[\w=+/]+"\)$/);
  await world.close();
});

test('a server without the built SDK says that there is no such page', async () => {
  const world = await testWorld();
  for (const path of ['/en_US/sdk.js', '/x/connect/xd_arbiter/'])
    assert.equal((await sent(world, 'localhost:4000', path)).answer.status, 404);
  await world.close();
});

test('WP-14: the relay page runs its one script, sees its opener, and is framed by nobody', async () => {
  const world = await testWorld({ world: { sdk } });
  const browser = new Browser(world);
  for (const path of ['/x/connect/xd_arbiter/?version=46', '/x/connect/xd_arbiter?version=46']) {
    const { headers, innerText } = await browser.ask(path);
    const policy = String(headers['content-security-policy']);
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? '';
    assert.match(policy, /^default-src 'none'; .*frame-ancestors 'none'$/);
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-opener-policy'], undefined);
    assert.match(innerText, /You can close this page/);
    const { text } = await sent(world, 'localhost:4000', path.split('?')[0] ?? '');
    assert.equal(text.match(/<script/g)?.length, 1);
    assert.match(text, /<script nonce="[\w-]{22}">post\(\)<\/script><\/body>/);
    assert.notEqual(nonce, '');
  }
  await world.close();
});
