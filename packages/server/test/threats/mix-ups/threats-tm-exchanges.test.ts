// These tests are about token mix-ups in exchanges: apps of type Native/Desktop, exchanges that gain nothing, and
// grants that are not offered.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { appRow, callback, digest, settings } from '../../acts.ts';
import { ways } from './channels.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { change } from '../../../src/liveness/change.ts';
import { ana, bakery, ben, cleo, draft, error, form, own, phone, shop } from './threats-tm-scene.ts';
import { deleteFrom } from '../../../src/store/facts/fact-writes.ts';

describe('TM-04: an app of type Native/Desktop', () => {
  test('its app tokens are refused in every place, also those of before it became one; a secret opens nothing', async (context) => {
    const t = await testWorld();
    context.after(() => t.close());
    const generated = (await t.post('/oauth/access_token', { ...own, grant_type: 'client_credentials' })).body
      .access_token as string;
    assert.equal((await t.get(`/${shop.id}/roles?${form({ access_token: generated })}`)).status, 200);
    await appRow(t, shop.id, () => ({ type: 'native' }));
    for (const [app, token] of [
      [phone, `${phone.id}|${phone.secret}`],
      [shop, `${shop.id}|${shop.secret}`],
      [shop, generated],
    ] as const)
      for (const [place, way] of Object.entries(ways)) {
        assert.deepEqual(
          error(await way(t, { method: 'GET', path: `/${app.id}/roles` }, token)),
          [400, 15, undefined],
          place,
        );
        assert.deepEqual(
          error(await way(t, { method: 'POST', path: `/${app.id}/accounts/test-users` }, token)),
          [400, 15, undefined],
          place,
        );
        assert.deepEqual(
          error(await way(t, { method: 'GET', path: `/${bakery.id}` }, token)),
          [400, 15, undefined],
          place,
        );
        assert.deepEqual(error(await way(t, { method: 'GET', path: '/me' }, token)), [400, 15, undefined], place);
      }
    const user = await t.login(phone.id, ana.id);
    for (const client_secret of [phone.secret, 'wrong']) {
      const shown = { client_id: phone.id, client_secret };
      for (const reply of [
        await t.post('/oauth/access_token', { ...shown, grant_type: 'fb_exchange_token', fb_exchange_token: user }),
        await t.post('/oauth/access_token', { ...shown, grant_type: 'fb_attenuate_token', fb_exchange_token: user }),
        await t.post('/oauth/client_code', { ...shown, redirect_uri: callback, access_token: user }),
        await t.post('/oauth/revoke', { ...shown, revoke_token: user, access_token: user }),
      ])
        assert.equal(reply.body.error.message, 'The request is invalid because the app is configured as a desktop app');
      for (const path of ['/oauth/introspect', '/oauth/revocation'])
        assert.equal((await t.post(path, { ...shown, token: user })).body.error, 'invalid_client', path);
    }
    assert.equal((await t.get(`/me?${form({ access_token: user })}`)).status, 200);
  });
});

describe('TM-09: an exchange gains nothing', () => {
  let t: TestWorld;
  before(async () => {
    t = await testWorld();
  });
  after(() => t.close());
  const exchange = (app: { id: string; secret: string }, token: string, more: Record<string, string> = {}) =>
    t.post('/oauth/access_token', {
      client_id: app.id,
      client_secret: app.secret,
      grant_type: 'fb_exchange_token',
      fb_exchange_token: token,
      ...more,
    });
  const scopes = async (token: string) =>
    (
      (await t.get(`/debug_token?${form({ input_token: token, access_token: `${shop.id}|${shop.secret}` })}`)).body.data
        .scopes as string[]
    ).sort();

  test('permissions that were taken back meanwhile are not in the new token', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email', 'user_birthday'] });
    assert.equal((await t.delete(`/me/permissions/email?access_token=${token}`)).text, 'true');
    const made = (
      await exchange(shop, token, {
        scope: 'email,pages_manage_posts',
        permissions: 'email',
        expires_in: '999999999',
        expires_at: '0',
        set_token_expires_in_60_days: 'false',
      })
    ).body;
    assert.deepEqual(await scopes(made.access_token), ['public_profile', 'user_birthday']);
    assert.equal((await t.get(`/me?fields=email&access_token=${made.access_token}`)).body.email, undefined);
    assert.ok(made.expires_in <= 60 * 86_400);
  });

  test('advanced access that the app lost meanwhile is not in it', async () => {
    const token = await t.login(shop.id, cleo.id, { permissions: ['user_gender'] });
    const before = (await t.server.installation.facts.app(shop.id))?.settings.advancedAccess ?? [];
    await settings(t, shop.id, { advancedAccess: before.filter((name) => name !== 'user_gender') });
    assert.deepEqual(await scopes((await exchange(shop, token)).body.access_token), ['public_profile']);
    await settings(t, shop.id, { advancedAccess: before });
  });

  test('somebody who lost the role on an app in development exchanges nothing', async () => {
    const token = await t.login(draft.id, ben.id);
    assert.equal((await exchange(draft, token)).status, 200);
    await change(t.server.installation, ({ tx }) =>
      deleteFrom(tx, 'app_roles', (rows) => rows.where('app_id', '=', draft.id).where('person_id', '=', ben.id)),
    );
    assert.equal((await exchange(draft, token)).body.error.code, 190);
    assert.equal((await t.get(`/me?access_token=${token}`)).body.error.code, 190);
  });

  test('a dead token is not exchanged, whatever killed it', async () => {
    const token = await t.login(shop.id, ben.id);
    await t.delete(`/me/permissions?access_token=${token}`);
    assert.deepEqual(error(await exchange(shop, token)), [400, 190, 458]);
  });
});

describe('TM-10: grants that are not offered give nothing', () => {
  test('a nonce, a password, a refresh token, a device code', async (context) => {
    const t = await testWorld();
    context.after(() => t.close());
    const state = await digest(t);
    for (const grant of [
      'fb_exchange_nonce',
      'password',
      'refresh_token',
      'device_code',
      'urn:ietf:params:oauth:grant-type:device_code',
      'ig_exchange_token',
      'implicit',
      '__proto__',
      'toString',
      'authorization_code ',
      'FB_EXCHANGE_TOKEN',
    ])
      for (const given of [own, { client_id: shop.id }]) {
        const reply = await t.post('/oauth/access_token', {
          ...given,
          grant_type: grant,
          fb_exchange_nonce: 'n',
          username: ana.email,
          password: ana.password,
          refresh_token: 'x',
          code: 'x',
        });
        // A grant that there is not counts as none, and then an address to redirect to comes before the code.
        assert.deepEqual(error(reply), [400, grant === 'fb_exchange_nonce' ? 100 : 191, undefined], grant);
      }
    assert.equal(await digest(t), state);
  });
});
