// These tests are about the page behind the link of a mail: it leads to the dialog that mends this connection, tells
// strangers nothing, and says why where there is nothing to do.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Secret } from '@hallpass/protocol';
import { places } from '../../db/test/databases.ts';
import { reconnectUrl } from '../src/connections/reconnect-link.ts';
import { createService } from '../src/service/service.ts';
import type { ConnectionFacts } from '../src/store/connections.ts';
import { DAY, peopleScene } from './people-scene.ts';

const newPlace = places['SQLite in memory'] ?? assert.fail('There is no such place.');
const base = 'https://vault.example';

async function scene(t: TestContext) {
  const people = await peopleScene(t, newPlace());
  const service = createService({ vault: people.vault });
  await people.vault.apps.set({
    appId: '17',
    secret: new Secret('0123456789abcdef'),
    graphBase: 'https://graph.example',
    dialogBase: 'https://www.example/dialog/oauth',
  });
  await people.connection('shop', { wanted_scopes: '["email","pages_show_list"]', granted_scopes: '["email"]' });
  const path = (): string =>
    (reconnectUrl(people.vault.parts, { tenant: 'main', id: 'shop', token_version: 0 }) ?? '').slice(base.length);
  const ask = (at: string, init: RequestInit = {}) => service.fetch(new Request(`${base}${at}`, init));
  const stands = (facts: ConnectionFacts) => people.change('shop', facts);
  return { ...people, path, ask, stands };
}

test('the way on is the dialog with the auth_type and the permissions that mend it', async (t) => {
  const { ask, path, stands } = await scene(t);
  for (const [facts, authType] of [
    [{ state: 'needs_person', advice: 'log_in_again' }, null],
    [{ state: 'needs_permission', advice: 'ask_permission' }, 'rerequest'],
    [{ state: 'expiring', advice: 'reauthorize' }, 'reauthorize'],
  ] as const) {
    await stands(facts);
    const looked = await ask(path());
    assert.equal(looked.status, 200);
    assert.match(looked.headers.get('content-security-policy') ?? '', /form-action 'self' https:\/\/www\.example;/);
    const { status, headers } = await ask(path(), { method: 'POST' });
    assert.equal(status, 303);
    const { origin, pathname, searchParams } = new URL(headers.get('location') ?? '');
    assert.deepEqual([origin, pathname], ['https://www.example', '/dialog/oauth']);
    assert.deepEqual(
      [searchParams.get('auth_type'), searchParams.get('scope'), searchParams.get('redirect_uri')],
      [authType, 'email,pages_show_list', `${base}/callback`],
    );
  }
});

test('the page names the expected person by a first name and a letter, in the language of the connection', async (t) => {
  const { ask, path, stands } = await scene(t);
  await stands({ state: 'needs_person', advice: 'log_in_again', language: 'de' });
  const text = await (await ask(path(), { headers: { 'accept-language': 'en' } })).text();
  assert.match(text, /<html lang="de">/);
  assert.match(text, /Nur <bdi>Ann B\.(?:<wbr>)?<\/bdi> kann das erneuern\./);
  assert.doesNotMatch(text, /Bergström|ann@example\.com/);
});

test('looking uses nothing up; a renewed one, a changed link and one after its day lead nowhere', async (t) => {
  const { ask, path, stands, world, vault } = await scene(t);
  await stands({ state: 'needs_person', advice: 'log_in_again' });
  const link = path();
  for (let n = 0; n < 3; n++) assert.equal((await ask(link)).status, 200);
  for (const bad of [
    `${link.slice(0, -1)}_`,
    link.replace('main', 'other'),
    '/reconnect/x',
    '/callback?state=x&code=y',
  ])
    assert.equal((await ask(bad)).status, 404, bad);
  await stands({ state: 'healthy', advice: null });
  await vault.parts.db.act(({ tx }) => tx.updateTable('connections').set({ token_version: 1 }).execute());
  vault.parts.forget({ tenant: 'main', id: 'shop' });
  assert.match(await (await ask(link)).text(), /This has already been renewed/);
  assert.equal((await ask(link, { method: 'POST' })).headers.get('location'), null);
  await world.clock.advance(16 * DAY);
  assert.equal((await ask(link)).status, 404);
});

test('where the platform holds a connection back, nobody is sent to a dialog', async (t) => {
  const { ask, path, stands } = await scene(t);
  await stands({ state: 'blocked_at_meta', advice: 'visit_site' });
  for (const method of ['GET', 'POST']) {
    const answer = await ask(path(), { method });
    assert.equal(answer.headers.get('location'), null);
    assert.match(await answer.text(), /Facebook has blocked this/);
  }
});
