// These tests are about OpenID Connect discovery and keys, and token_deprecation_check.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { change } from '../../src/liveness/change.ts';
import * as signingKeys from '../../src/store/installation/signing-keys.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { shop, ana, ben } = cast;
const appToken = encodeURIComponent(`${shop.id}|${shop.secret}`);
let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

test('discovery answers with and without a final slash, and its issuer is the address of the pages', async () => {
  const { status, headers, body } = await t.get('/.well-known/openid-configuration');
  assert.equal(status, 200);
  assert.match(String(headers['content-type']), /^application\/json/);
  assert.equal(body.issuer, 'http://localhost:4000');
  assert.equal(body.token_endpoint, 'http://localhost:4000/oauth/access_token');
  assert.deepEqual(body.id_token_signing_alg_values_supported, ['RS256']);
  for (const name of ['authorization_endpoint', 'jwks_uri', 'response_types_supported', 'subject_types_supported'])
    assert.ok(body[name], name);
  assert.deepEqual((await t.get('/.well-known/openid-configuration/')).body, body);
});

test('with a base domain the addresses follow its names', async () => {
  const world = await testWorld({ settings: { baseDomain: 'facebook.com' } });
  const ask = async (host: string) =>
    JSON.parse(
      String(
        (await world.send({ path: '/.well-known/openid-configuration/', host, scheme: 'https', headers: { host } }))
          .body,
      ),
    );
  const document = await ask('www.facebook.com');
  assert.equal(document.issuer, 'https://www.facebook.com');
  assert.equal(document.token_endpoint, 'https://graph.facebook.com/oauth/access_token');
  await world.close();
});

test('the same key is published as a set and as PEM, under an id that stays, without its private half', async () => {
  const { keys } = (await t.get('/.well-known/oauth/openid/jwks/')).body;
  const map = (await t.get('/.well-known/oauth/openid/keys/')).body;
  assert.equal(keys.length, 1);
  const [key] = keys;
  assert.deepEqual([key.kty, key.alg, key.use], ['RSA', 'RS256', 'sig']);
  for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) assert.equal(key[secret], undefined);
  assert.deepEqual(Object.keys(map), [key.kid]);
  assert.equal(createPublicKey(map[key.kid]).export({ format: 'jwk' }).n, key.n);
  assert.deepEqual((await t.get('/.well-known/oauth/openid/jwks')).body.keys, keys);
});

test('ST-01: the private key does not stand in the database', async () => {
  const [row] = await t.server.installation.db.read.selectFrom('oidc_keys').selectAll().execute();
  assert.ok(row && !row.private_jwk.includes('"d"'));
});

test('token_deprecation_check is empty in a fresh installation and takes only an app token', async () => {
  const user = await t.login(shop.id, ana.id);
  assert.deepEqual((await t.get(`/token_deprecation_check?access_token=${appToken}`)).body, { data: [] });
  const refused = await t.get(`/token_deprecation_check?access_token=${user}`);
  assert.deepEqual([refused.status, refused.body.error.code], [400, 15]);
  assert.equal((await t.get('/token_deprecation_check')).body.error.code, 104);
});

test('after a token key was withdrawn, token_deprecation_check lists who must log in again, page by page', async () => {
  const world = await testWorld();
  for (const person of [ana, ben]) await world.login(shop.id, person.id);
  const loggedInAt = world.clock.now();
  await world.clock.advance(3600);
  const { installation } = world.server;
  await change(installation, async ({ tx }) => {
    await signingKeys.setStatus(tx, 1, 'withdrawn', world.clock.now());
    await signingKeys.insert(tx, installation.sealer, {
      id: 2,
      status: 'active',
      secret: installation.world.random.bytes(32),
      at: world.clock.now(),
    });
  });
  await installation.reloadRing();
  const first = (await world.get(`/v25.0/token_deprecation_check?limit=1&access_token=${appToken}`)).body;
  const second = (await world.get(new URL(first.paging.next).pathname + new URL(first.paging.next).search)).body;
  assert.equal(second.paging.next, undefined);
  const both = [...first.data, ...second.data];
  assert.equal(new Set(both.map((one) => one.user_id)).size, 2);
  for (const one of both)
    assert.deepEqual(one, { user_id: one.user_id, issued_at: loggedInAt, reason: 'token_key_withdrawn' });
  await world.clock.advance(1);
  await world.login(shop.id, ana.id);
  assert.equal((await world.get(`/token_deprecation_check?access_token=${appToken}`)).body.data.length, 1);
  await world.close();
});
